/** What `generateExport` says it wrote wrongly is what an analysis finds, to the last one. */
import { describe, expect, it } from "vitest"
import { LAYOUT_NAMES, PROFILES, SHAPES, type LayoutName, type Profile, type ShapeName } from "#cli/generate/index.ts"
import { analyzeBytes, type WholeAnalysis } from "../../in-process.ts"
import { bytesOf } from "./reading.ts"

const SESSIONS = 160
const cases = LAYOUT_NAMES.flatMap((layout) =>
  PROFILES.flatMap((profile) => SHAPES.map((shapes): [LayoutName, Profile, ShapeName] => [layout, profile, shapes])),
)

/** Counts by code. Overlapping calls come by themselves, in sound data too. */
function foundIn({ report }: WholeAnalysis): Map<string, number> {
  const counts = [...report.findings, ...report.rejects.byCode].map(({ code, count }): [string, number] => [
    code,
    count,
  ])
  return new Map(counts.filter(([code]) => code !== "participant/overlapping-calls").toSorted(byCode))
}

const byCode = ([a]: readonly [string, number], [b]: readonly [string, number]): number => (a < b ? -1 : 1)

describe("an analysis of generated data", () => {
  it.each(cases)("finds what was made, and nothing else: %s, %s, %s", async (layout, profile, shapes) => {
    const made = new Map<string, number>()
    const bytes = bytesOf({
      sessions: SESSIONS,
      seed: 17,
      layout,
      profile,
      shapes,
      anomalyRate: 0.15,
      onAnomaly: ({ code }) => made.set(code, (made.get(code) ?? 0) + 1),
    })
    const analysis = await analyzeBytes(bytes)
    expect(foundIn(analysis)).toEqual(new Map([...made].toSorted(byCode)))
    expect(analysis.report.totals.sessions).toBe(SESSIONS)
    expect(analysis.report.inputs[0]?.status).toBe("complete")
  })

  it.each(cases)("finds nothing where nothing was made: %s, %s, %s", async (layout, profile, shapes) => {
    const analysis = await analyzeBytes(bytesOf({ sessions: 50, seed: 18, layout, profile, shapes }))
    expect(foundIn(analysis)).toEqual(new Map())
    expect(analysis.report.totals.accepted).toBe(50)
    expect(analysis.report.complete).toBe(true)
  })
})
