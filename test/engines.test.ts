/** Both engines give the same report, rejects and findings, whatever is read and however it is cut into blocks. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { reportText } from "#core/report/report-text.ts"
import { damage, damaged } from "./arbitraries/damage.ts"
import { exportModel } from "./arbitraries/export.ts"
import { LAYOUTS, type ExportFile } from "./arbitraries/layout.ts"
import { textStyle } from "./arbitraries/text-style.ts"
import { analyzeFiles } from "./in-process.ts"

/** What must not depend on the engine. */
async function outcome(
  files: readonly ExportFile[],
  engine: "fast" | "reference",
  blockBytes: number,
): Promise<unknown> {
  const { report, rejects, findings } = await analyzeFiles(files, { engine, tuning: { blockBytes } })
  const text = JSON.stringify({ report: reportText(report), rejects, findings: [...findings] })
  // Each run has a folder of its own.
  return JSON.parse(text.replaceAll(/callsift-test-\w+/g, "folder"))
}

async function expectSame(files: readonly ExportFile[], blockBytes: number): Promise<void> {
  expect(await outcome(files, "fast", blockBytes)).toEqual(await outcome(files, "reference", 1 << 20))
}

const blockBytes = fc.oneof(fc.integer({ min: 64, max: 4000 }), fc.constant(1 << 20))

describe("the engines agree on", () => {
  it("every layout, in every style and block size", async () => {
    await fc.assert(
      fc.asyncProperty(exportModel, textStyle, fc.constantFrom(...LAYOUTS), blockBytes, (model, style, layout, bytes) =>
        expectSame(layout.files(model, style), bytes),
      ),
      { numRuns: 150 },
    )
  })

  it("every layout with any damage", async () => {
    const changes = fc.array(damage, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(
        exportModel,
        textStyle,
        fc.constantFrom(...LAYOUTS),
        changes,
        blockBytes,
        (model, style, layout, list, bytes) =>
          expectSame(
            layout.files(model, style).map((file) => ({ ...file, bytes: list.reduce(damaged, file.bytes) })),
            bytes,
          ),
      ),
      { numRuns: 300 },
    )
  })
})
