/** Workers that are started before a run: it uses them where they are what it needs, and they end with it in any case. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { analyze, reportText, type AnalyzeOptions } from "@callsift/core"
import { startWorkers } from "@callsift/core/workers"

const folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
afterAll(() => rmSync(folder, { recursive: true }))

const path = join(folder, "export.json")
writeFileSync(
  path,
  '{"id":"a","modalities":["audio"],"startDateTime":"2026-01-05T09:00:00Z","endDateTime":"2026-01-05T09:10:00Z"}\n',
)

const textOf = async (options: AnalyzeOptions): Promise<string> => reportText((await analyze([path], options)).report)

describe("started workers", () => {
  it.each<[string, AnalyzeOptions, boolean]>([
    ["are used by a run that needs such", {}, true],
    ["are ended where a run needs others", { workers: 3 }, false],
    ["are ended where another engine decodes", { engine: "reference" }, false],
    ["are ended where none may be needed", { state: { folder: join(folder, "state") } }, false],
  ])("%s, and the report is the same", async (_name, options, areUsed) => {
    const startedWorkers = startWorkers()
    expect(await textOf({ ...options, startedWorkers })).toBe(await textOf(options))
    await startedWorkers.close()
    expect(startedWorkers.kernelMemory).toBeNull()
    expect(startedWorkers.piscina.completed > 0).toBe(areUsed)
  })

  it("that have ended are not used again", async () => {
    const startedWorkers = startWorkers()
    const first = await textOf({ startedWorkers })
    expect(await textOf({ startedWorkers })).toBe(first)
    expect(startedWorkers.piscina.completed).toBe(1)
  })
})
