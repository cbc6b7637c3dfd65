/** What holds of partials, however an archive is split, and in whatever order its parts are merged. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { MergeOptions, Merged } from "#core/merge.ts"
import { mergePartials } from "#core/start.ts"
import { openRecorder } from "#core/open-recorder.ts"
import { resolvePlan, type AnalyzeOptions } from "#core/options.ts"
import type { RejectLine } from "#core/report/schema.ts"
import { archiveFiles } from "./arbitraries/archive.ts"
import { analyzePaths, textsOf, type WholeAnalysis } from "./in-process.ts"

const limits: fc.Arbitrary<AnalyzeOptions> = fc.record(
  {
    maxEvidence: fc.constantFrom(0, 1, 3),
    maxRecordBytes: fc.constantFrom(1024, 4096),
    maxDepth: fc.constantFrom(8, 16),
    hash: fc.boolean(),
  },
  { requiredKeys: [] },
)
const blockBytes = fc.constantFrom(1, 100, 3000, 1 << 20)

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "callsift-test-"))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function writePartial(path: string, inputs: readonly string[], options: AnalyzeOptions): Promise<WholeAnalysis> {
  const parts: Uint8Array[] = []
  const analysis = await analyzePaths(inputs, { ...options, onPartial: (bytes) => parts.push(Buffer.from(bytes)) })
  writeFileSync(path, Buffer.concat(parts))
  return analysis
}

async function merge(
  paths: readonly string[],
  options: MergeOptions = {},
): Promise<Merged & { rejects: readonly RejectLine[] }> {
  const rejects: RejectLine[] = []
  const merged = await mergePartials(paths, { ...options, onReject: (reject) => rejects.push(reject) })
  return { ...merged, rejects }
}

/** Writes a partial of each of four parts of some files; parts without files have none. */
async function writeParts(
  folder: string,
  paths: readonly string[],
  partOf: readonly number[],
  optionsOf: (part: number) => AnalyzeOptions,
): Promise<string[]> {
  const partials: string[] = []
  for (const part of [0, 1, 2, 3]) {
    const inputs = paths.filter((_, index) => partOf[index % partOf.length] === part)
    if (inputs.length === 0) continue
    const path = join(folder, `${part}.partial`)
    await writePartial(path, inputs, optionsOf(part))
    partials.push(path)
  }
  return partials
}

async function mergeTo(path: string, paths: readonly string[]): Promise<void> {
  const parts: Uint8Array[] = []
  await mergePartials(paths, { onPartial: (bytes) => parts.push(Buffer.from(bytes)) })
  writeFileSync(path, Buffer.concat(parts))
}

const parts = fc.array(fc.nat(3), { minLength: 12, maxLength: 12 })

describe("partials", () => {
  it("of any parts of an archive, merged in any order, give the report of one run", async () => {
    await fc.assert(
      fc.asyncProperty(
        archiveFiles,
        parts,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        limits,
        fc.array(blockBytes, { minLength: 5, maxLength: 5 }),
        (files, partOf, order, options, sizes) =>
          inFolder(async (folder) => {
            for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes)
            const paths = files.map(({ name }) => join(folder, name))
            const optionsOf = (part: number): AnalyzeOptions => ({
              ...options,
              tuning: { blockBytes: sizes[part] ?? 1 },
            })
            const whole = await analyzePaths(paths, optionsOf(4))
            const partials = await writeParts(folder, paths, partOf, optionsOf)
            const shuffled = order.flatMap((index) => partials[index] ?? [])
            expect(textsOf(await merge(shuffled))).toBe(textsOf(whole))
          }),
      ),
      { numRuns: 120 },
    )
  })

  it("with inputs in common give the report of one run, also through partials of partials in any grouping", async () => {
    await fc.assert(
      fc.asyncProperty(archiveFiles, archiveFiles, parts, limits, (files, others, partOf, options) =>
        inFolder(async (folder) => {
          for (const { name, bytes } of [...others, ...files]) writeFileSync(join(folder, name), bytes)
          const paths = [...new Set([...files, ...others].map(({ name }) => join(folder, name)))]
          const whole = textsOf(await analyzePaths(paths, options))
          const [a, b, c] = ["a", "b", "c"].map((name) => join(folder, `${name}.partial`)) as [string, string, string]
          const half = paths.filter((_, index) => (partOf[index % partOf.length] ?? 0) < 2)
          await writePartial(a, [paths[0] ?? "", ...half], options)
          await writePartial(b, paths, options)
          await writePartial(c, paths.slice(0, 1), options)
          const [ab, bc] = [join(folder, "ab.partial"), join(folder, "bc.partial")]
          await mergeTo(ab, [a, b])
          await mergeTo(bc, [c, b])
          const groups = [
            [a, b, c],
            [ab, c],
            [a, bc],
            [bc, ab],
          ]
          for (const group of groups) expect(textsOf(await merge(group))).toBe(whole)
        }),
      ),
      { numRuns: 40 },
    )
  })

  it("of nothing change nothing", async () => {
    await inFolder(async (folder) => {
      const [full, empty] = [join(folder, "full.partial"), join(folder, "empty.partial")]
      writeFileSync(join(folder, "a.json"), SESSION)
      const whole = await writePartial(full, [join(folder, "a.json")], {})
      const bytes: Uint8Array[] = []
      const plan = { ...resolvePlan(["x"], {}), onPartial: (each: Uint8Array) => void bytes.push(Buffer.from(each)) }
      ;(await openRecorder(plan))?.finish({ skipped: [], archives: [] })
      writeFileSync(empty, Buffer.concat(bytes))
      for (const order of [
        [full, empty],
        [empty, full],
      ])
        expect(textsOf(await merge(order))).toBe(textsOf(whole))
      await expect(merge([empty])).rejects.toMatchObject({ code: "no-input" })
    })
  })

  it("keep texts that no UTF-8 can hold, names, and evidence beyond what workers list", async () => {
    await inFolder(async (folder) => {
      const session = (id: number): string =>
        `{"id":"\\ud800${id}","modalities":["hologram"],"startDateTime":"2026-01-05T09:00:00+01:00","endDateTime":"2026-01-05T09:10:00Z","caller":{"identity":{"user":{"id":"\\udc00","displayName":"\\ud83d \\ude00"}}},"newThing":1}`
      const lines = (from: number): string =>
        Array.from({ length: 600 }, (_, index) => session(from + index)).join("\n")
      const paths = ["a.ndjson", "b.ndjson", "c.ndjson"].map((name) => join(folder, name))
      for (const [index, path] of paths.entries()) writeFileSync(path, lines(index * 1000))
      for (const maxEvidence of [0, 700, 10_000]) {
        const options = { names: true, maxEvidence }
        const whole = await analyzePaths(paths, options)
        const partials = await writeParts(folder, paths, [2, 0, 1], () => options)
        expect(textsOf(await merge(partials, { names: true }))).toBe(textsOf(whole))
        const withoutNames = await analyzePaths(paths, { maxEvidence: Math.min(maxEvidence, 3) })
        const fewer = await merge(partials, { maxEvidence: Math.min(maxEvidence, 3) })
        expect(textsOf(fewer)).toBe(textsOf(withoutNames))
      }
    })
  })
})

const SESSION =
  '[{"id":"s","modalities":[],"startDateTime":"2026-01-05T09:00:00Z","endDateTime":"2026-01-05T09:10:00Z"},{"id":7}]'

describe("a partial", () => {
  it("that is cut off anywhere, or has a flipped bit anywhere, is refused", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "a.json"), SESSION)
      const [path, changed] = [join(folder, "a.partial"), join(folder, "b.partial")]
      await writePartial(path, [join(folder, "a.json")], {})
      const whole = readFileSync(path)
      const expectRefused = async (bytes: Uint8Array): Promise<void> => {
        writeFileSync(changed, bytes)
        await expect(merge([changed])).rejects.toMatchObject({
          code: "no-input",
          message: expect.stringContaining(": it is "),
        })
      }
      for (let at = 0; at < whole.length; at++) {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (at & 7))
        await expectRefused(bytes)
        await expectRefused(whole.subarray(0, at))
      }
      await expectRefused(Buffer.concat([whole, Buffer.from([0])]))
    })
  })

  it("of another format is refused with the advice, and one of other options with the difference", async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "a.json"), SESSION)
      const names = ["good", "newer", "older", "other"]
      const [good, newer, older, other] = names.map((name) => join(folder, name)) as [string, string, string, string]
      await writePartial(good, [join(folder, "a.json")], {})
      await writePartial(other, [join(folder, "a.json")], { asOf: 5n, hash: false })
      const bytes = readFileSync(good)
      bytes.writeUInt32LE(3, 8)
      writeFileSync(newer, bytes)
      bytes.writeUInt32LE(1, 8)
      writeFileSync(older, bytes)
      const { refused } = await merge([good, newer, older, other])
      expect(refused).toEqual([
        { path: newer, code: "newer-format", message: expect.stringMatching(/format 3.*update callsift/) },
        { path: older, code: "older-format", message: expect.stringMatching(/format 1.*make it again/) },
        {
          path: other,
          code: "other-options",
          message: expect.stringContaining("hash false instead of true, asOf 5 instead of null"),
        },
      ])
    })
  })
})
