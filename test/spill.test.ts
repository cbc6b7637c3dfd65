/** A budget of memory never changes a result, and nothing is left of what lay in temporary files. */
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { hostname, tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { removeStale } from "#core/facts/temporary-folder.ts"
import { damage, damaged } from "./arbitraries/damage.ts"
import { exportModel } from "./arbitraries/export.ts"
import { LAYOUTS } from "./arbitraries/layout.ts"
import { PLAIN_STYLE } from "./arbitraries/text-style.ts"
import { analyzeBytes, analyzeFiles, type WholeAnalysis } from "./in-process.ts"

const layout = fc.constantFrom(...LAYOUTS)
const budget = fc.oneof(fc.constantFrom(0, 600, 1200, 5000), fc.nat(20_000))
const blockBytes = fc.constantFrom(1, 300, 1 << 20)

const texts = ({ report, rejects, findings }: WholeAnalysis): string =>
  JSON.stringify([report, rejects, [...findings]]).replaceAll(/callsift-test-\w+/g, "folder")

const tables = ({ tables: all }: WholeAnalysis): string =>
  JSON.stringify(all.map(({ name, rows }) => [name, [...rows]])).replaceAll(/callsift-test-\w+/g, "folder")

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Sessions, each of which is another one. */
const lines = (count: number): Buffer =>
  Buffer.from(
    Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        id: `${index}`,
        modalities: ["audio"],
        startDateTime: "2026-01-01T00:00:00Z",
        endDateTime: "2026-01-01T00:00:01Z",
        caller: { identity: { user: { id: `person ${index % 7}` } } },
      }),
    ).join("\n"),
  )

describe("any budget", () => {
  it("gives the same report, rejects, findings and tables", async () => {
    await fc.assert(
      fc.asyncProperty(
        exportModel,
        exportModel,
        layout,
        fc.option(damage),
        budget,
        blockBytes,
        async (model, other, { files }, change, memoryBytes, size) => {
          const all = [model, other, model].flatMap((each, index) =>
            files(each, PLAIN_STYLE).map(({ name, bytes }) => ({
              name: `${index}-${name}`,
              bytes: change === null ? bytes : damaged(bytes, change),
            })),
          )
          if (all.length === 0) return
          const options = { tuning: { blockBytes: size } }
          const whole = await analyzeFiles(all, options)
          const spilled = await analyzeFiles(all, { ...options, memoryBytes, tempDir: folder })
          expect(texts(spilled)).toBe(texts(whole))
          expect(tables(spilled)).toBe(tables(whole))
          expect(readdirSync(folder)).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe("findings", () => {
  it("can be read when the run is over, where what is known of duplicates lay in a file and rows did not", async () => {
    const sessions = Array.from({ length: 40_000 }, (_, index) =>
      JSON.stringify({
        id: `00000000-0000-4000-8000-${`${index % 20_000}`.padStart(12, "0")}`,
        modalities: ["audio"],
        startDateTime: "2026-01-01T00:00:00Z",
        endDateTime: "2026-01-01T00:00:01Z",
      }),
    )
    const bytes = Buffer.from(sessions.join("\n"))
    const whole = await analyzeBytes(bytes)
    const spilled = await analyzeBytes(bytes, { memoryBytes: 2 ** 23, tempDir: folder })
    expect(texts(spilled)).toBe(texts(whole))
    expect([...spilled.findings].length).toBe(10_000)
  })
})

describe("a folder for temporary files", () => {
  it("that is none gives a clear error", async () => {
    const file = join(folder, "file")
    writeFileSync(file, "")
    const refused = analyzeBytes(lines(20_000), { memoryBytes: 10_000, tempDir: file })
    await expect(refused).rejects.toMatchObject({ code: "temporary-space", message: expect.stringContaining(file) })
    await expect(
      analyzeBytes(lines(20_000), { memoryBytes: 10_000, tempDir: join(folder, "none") }),
    ).rejects.toMatchObject({
      code: "temporary-space",
    })
  })

  it("is not touched where there is memory enough", async () => {
    await analyzeBytes(lines(20_000), { tempDir: join(folder, "none") })
    expect(readdirSync(folder)).toEqual([])
  })

  it("that is full gives a clear error, and is empty afterwards", async (context) => {
    const small = join(folder, "small")
    mkdirSync(small)
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", small], { stdio: "ignore" })
    } catch {
      return context.skip("mounting is not allowed here")
    }
    try {
      await expect(analyzeBytes(lines(20_000), { memoryBytes: 10_000, tempDir: small })).rejects.toMatchObject({
        code: "temporary-space",
        message: expect.stringMatching(/no space is left/),
      })
      expect(readdirSync(small)).toEqual([])
    } finally {
      execFileSync("umount", [small])
    }
  })

  it("loses what a killed run left behind, and nothing else", () => {
    const [killed, running, elsewhere, other] = [
      "callsift-999999999-0123456789ab",
      `callsift-${process.pid}-0123456789ab`,
      "callsift-999999998-0123456789ab",
      "callsift-notes",
    ].map((name) => join(folder, name)) as [string, string, string, string]
    for (const path of [killed, running, elsewhere, other]) mkdirSync(path)
    writeFileSync(join(killed, "host"), hostname())
    writeFileSync(join(killed, "facts-0"), "x")
    writeFileSync(join(running, "host"), hostname())
    writeFileSync(join(elsewhere, "host"), "another machine")
    removeStale(folder)
    expect(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .toSorted(),
    ).toEqual([running, elsewhere, other].toSorted())
  })
})
