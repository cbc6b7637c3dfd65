/** Workers that fail: the record that makes them fail is lost, and nothing else. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { afterAll, describe, expect, it } from "vitest"
import { analyze, AnalyzeError, type RejectLine, type Tuning } from "@callsift/core"

const folder = mkdtempSync(join(tmpdir(), "callsift-pool-"))
afterAll(() => rmSync(folder, { recursive: true }))

const session = (id: string): string =>
  JSON.stringify({
    id,
    modalities: ["audio"],
    startDateTime: "2026-01-05T09:00:00Z",
    endDateTime: "2026-01-05T09:10:00Z",
  })
const SESSION_COUNT = 40

function archiveWith(marker: string, isArray: boolean): string {
  const records = Array.from({ length: SESSION_COUNT }, (_, index) => session(index === 17 ? marker : `s${index}`))
  const path = join(folder, `${marker}.json`)
  writeFileSync(path, isArray ? `[${records.join(",")}]` : `${records.join("\n")}\n`)
  return path
}

const misbehaving: Tuning = {
  workerEntry: new URL("./entries/misbehaving.cjs", import.meta.url),
  blockBytes: 1000,
  blockTimeoutMs: 2000,
  workerHeapMiB: 200,
}

describe("a worker that", () => {
  it.each([
    ["throws", "marker-throw", false, 2],
    ["throws, in a document", "marker-throw", true, 2],
    ["ends its process", "marker-exit", false, 2],
    ["loops for ever", "marker-loop", false, 1],
    ["loops for ever beside another", "marker-loop", false, 2],
    ["runs out of memory", "marker-memory", false, 2],
  ])("%s costs the record that makes it do so", async (_name, marker, isArray, workers) => {
    const rejects: RejectLine[] = []
    const { report, run } = await analyze([archiveWith(marker, isArray)], {
      workers,
      tuning: misbehaving,
      onReject: (reject) => rejects.push(reject),
    })
    expect(report.totals).toMatchObject({ sessions: SESSION_COUNT, accepted: SESSION_COUNT - 1, rejected: 1 })
    expect(rejects).toMatchObject([{ code: "worker/failed", record: 17 }])
    expect(run.retriedBlocks).toBeGreaterThanOrEqual(1)
  })
})

it("ends the run where no worker can be started", async () => {
  const running = analyze([archiveWith("marker-throw", false)], {
    workers: 1,
    tuning: { ...misbehaving, blockTimeoutMs: 40, workerEntry: new URL("./entries/dying.cjs", import.meta.url) },
  })
  await expect(running).rejects.toThrow("workers cannot be started")
})

/** What keeps a process alive; timers and the test's own requests come and go. */
const resources = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((name) => name !== "Timeout" && name !== "Immediate")
    .toSorted()

async function settled(): Promise<string[]> {
  await wait(200)
  return resources()
}

describe("an abort", () => {
  it("ends the run with an error that says so, and leaves nothing behind", async () => {
    const before = await settled()
    const controller = new AbortController()
    const running = analyze([archiveWith("marker-loop", false)], {
      workers: 2,
      signal: controller.signal,
      tuning: { ...misbehaving, blockTimeoutMs: 60_000 },
    })
    setTimeout(() => controller.abort(), 300)
    await expect(running).rejects.toMatchObject({ name: "AnalyzeError", code: "aborted" })
    await expect.poll(() => resources().length, { timeout: 10_000 }).toBeLessThanOrEqual(before.length)
  })

  it("before the run begins reads nothing", async () => {
    const running = analyze(["no such file"], { signal: AbortSignal.abort() })
    await expect(running).rejects.toBeInstanceOf(AnalyzeError)
    await expect(running).rejects.toMatchObject({ code: "aborted" })
  })
})
