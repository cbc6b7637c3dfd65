/** What holds of partials, however an archive is split, and in whatever order its parts are merged. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { mergePartials, type MergeOptions, type Merged } from "#core/merge.ts"
import type { AnalyzeOptions } from "#core/options.ts"
import type { RejectLine } from "#core/report/schema.ts"
import { damage, damaged } from "./arbitraries/damage.ts"
import { exportModel } from "./arbitraries/export.ts"
import { LAYOUTS, type ExportFile } from "./arbitraries/layout.ts"
import { textStyle } from "./arbitraries/text-style.ts"
import { analyzePaths, type WholeAnalysis } from "./in-process.ts"

/** Files of several exports, some of them damaged. */
const archiveFiles: fc.Arbitrary<ExportFile[]> = fc
  .array(fc.tuple(exportModel, fc.constantFrom(...LAYOUTS), textStyle, fc.option(damage, { freq: 3 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((exports) =>
    exports.flatMap(([model, { files }, style, change], index) =>
      files(model, style).map(({ name, bytes }) => ({
        name: `${index}-${name}`,
        bytes: change === null ? bytes : damaged(bytes, change),
      })),
    ),
  )
  .filter((files) => files.length > 0)

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

/** Everything that a run gives and that never changes from run to run. */
function textsOf(analysis: WholeAnalysis | (Merged & { rejects: readonly RejectLine[] })): string {
  const { report, findings, rejects, tables } = analysis
  return JSON.stringify([report, [...findings], rejects, tables.map(({ name, rows }) => [name, [...rows]])])
}

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

describe("partials", () => {
  it("of any parts of an archive, merged in any order, give the report of one run", async () => {
    await fc.assert(
      fc.asyncProperty(
        archiveFiles,
        fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        limits,
        fc.array(blockBytes, { minLength: 5, maxLength: 5 }),
        (files, partOf, order, options, sizes) =>
          inFolder(async (folder) => {
            for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes)
            const paths = files.map(({ name }) => join(folder, name))
            const whole = await analyzePaths(paths, { ...options, tuning: { blockBytes: sizes[4] ?? 1 } })
            const partials: string[] = []
            for (const part of [0, 1, 2, 3]) {
              const inputs = paths.filter((_, index) => partOf[index % partOf.length] === part)
              if (inputs.length === 0) continue
              const path = join(folder, `${part}.partial`)
              const tuning = { blockBytes: sizes[part] ?? 1 }
              await writePartial(path, inputs, { ...options, tuning })
              partials.push(path)
            }
            const shuffled = partials
              .map((path, index) => ({ path, key: order[index] ?? 0 }))
              .toSorted((a, b) => a.key - b.key)
              .map(({ path }) => path)
            expect(textsOf(await merge(shuffled))).toBe(textsOf(whole))
          }),
      ),
      { numRuns: 150 },
    )
  })
})
