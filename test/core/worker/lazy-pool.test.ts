/** A pool that is opened when it is needed, again where all has to be read again; with real threads, those that hash too. */
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { afterAll, describe, expect, it } from "vitest"
import { analyze } from "@callsift/core"

const folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** Enough for a thread to hash it: some 10 MB. */
const SESSION_COUNT = 60_000

/** A file of sessions that all have one modality, with a time of change that says nothing. */
function write(name: string, count: number, modality: string): string {
  const path = join(folder, name)
  const session = (id: number): string =>
    `{"id":"00000000-0000-4000-8000-${String(id).padStart(12, "0")}","modalities":["${modality}"],"startDateTime":"2026-01-05T09:00:00Z","endDateTime":"2026-01-05T09:10:00Z"}\n`
  writeFileSync(path, Array.from({ length: count }, (_, id) => session(id)).join(""))
  utimesSync(path, 1000, 1000)
  return path
}

const resources = async (): Promise<string[]> => {
  await wait(200)
  return process.getActiveResourcesInfo().filter((name) => name !== "Timeout" && name !== "Immediate")
}

describe("a pool that is opened when it is needed", () => {
  it("decodes again after a guess about a file was wrong, and leaves nothing behind", async () => {
    const before = await resources()
    const state = { folder: join(folder, "state") }
    const large = write("large.ndjson", SESSION_COUNT, "audio")
    await analyze([large], { state })
    const sizeBytes = readFileSync(large).length
    write("large.ndjson", SESSION_COUNT, "video")
    expect(readFileSync(large)).toHaveLength(sizeBytes)
    // Read before the guess is known to be wrong.
    const paths = [write("a-new.ndjson", 10, "data"), large]
    const { report, run } = await analyze(paths, { state })
    expect(report).toEqual((await analyze(paths)).report)
    expect(run.state).toMatchObject({ made: 1, reused: 1, damaged: [] })
    const again = await analyze(paths, { state })
    expect(again.report).toEqual(report)
    expect(again.run.state).toMatchObject({ made: 0, reused: 2 })
    expect(await resources()).toEqual(before)
  })
})
