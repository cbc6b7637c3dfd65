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
  blockTimeoutMs: 3000,
  workerHeapMiB: 200,
}

describe("a worker that", () => {
  it.each([
    ["throws", "marker-throw", false],
    ["throws, in a document", "marker-throw", true],
    ["ends its process", "marker-exit", false],
    ["loops for ever", "marker-loop", false],
    ["runs out of memory", "marker-memory", false],
  ])("%s costs the record that makes it do so", async (_name, marker, isArray) => {
    const rejects: RejectLine[] = []
    const { report, run } = await analyze([archiveWith(marker, isArray)], {
      workers: 2,
      tuning: misbehaving,
      onReject: (reject) => rejects.push(reject),
    })
    expect(report.totals).toMatchObject({ sessions: SESSION_COUNT, accepted: SESSION_COUNT - 1, rejected: 1 })
    expect(rejects).toMatchObject([{ code: "worker/failed", record: 17 }])
    expect(run.retriedBlocks).toBeGreaterThanOrEqual(1)
  })
})

describe("an abort", () => {
  it("ends the run with an error that says so, and leaves nothing behind", async () => {
    const before = process.getActiveResourcesInfo().length
    const controller = new AbortController()
    const running = analyze([archiveWith("marker-loop", false)], {
      workers: 2,
      signal: controller.signal,
      tuning: { ...misbehaving, blockTimeoutMs: 60_000 },
    })
    setTimeout(() => controller.abort(), 300)
    await expect(running).rejects.toMatchObject({ name: "AnalyzeError", code: "aborted" })
    await wait(200)
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before)
  })

  it("before the run begins reads nothing", async () => {
    const running = analyze(["no such file"], { signal: AbortSignal.abort() })
    await expect(running).rejects.toBeInstanceOf(AnalyzeError)
    await expect(running).rejects.toMatchObject({ code: "aborted" })
  })
})
