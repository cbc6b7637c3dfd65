/** Every rule's example breaks that rule and no other. */
import { describe, expect, it } from "vitest"
import { FINDING_CODES, findingRule, REJECT_CODES, rejectRule, type RuleExample } from "#core/check/rules.ts"
import { parseInstant } from "#core/model/instant.ts"
import type { AnalyzeOptions } from "#core/options.ts"
import { analyzeBytes, type WholeAnalysis } from "../../in-process.ts"

const instant = parseInstant("2026-01-01T00:00:00Z")
if (!instant.ok) throw new Error("the instant of the examples cannot be read")

/** The options that examples name. */
const OPTIONS: Readonly<Record<string, AnalyzeOptions>> = {
  "--as-of=2026-01-01T00:00:00Z": { asOf: instant.ticks },
  "--max-record=1KiB": { maxRecordBytes: 1024 },
  "--max-depth=8": { maxDepth: 8 },
}

async function analyzed({ text, option, encoding }: RuleExample): Promise<WholeAnalysis> {
  const options = option === undefined ? {} : OPTIONS[option]
  if (options === undefined) throw new Error(`${option} is unknown to this test`)
  return analyzeBytes(Buffer.from(text, encoding ?? "utf8"), options)
}

const examplesOf = <Code extends string>(
  codes: readonly Code[],
  ruleOf: (code: Code) => { example: RuleExample | null },
) =>
  codes.flatMap((code): [Code, RuleExample][] => {
    const { example } = ruleOf(code)
    return example === null ? [] : [[code, example]]
  })

describe("the example of a reject", () => {
  it.each(examplesOf(REJECT_CODES, rejectRule))("%s", async (code, example) => {
    const { rejects, report } = await analyzed(example)
    expect(rejects.map((reject) => reject.code)).toEqual([code])
    expect(report.findings).toEqual([])
    // What stands before it is kept.
    expect(report.totals.accepted).toBe(1)
  })
})

describe("the example of a finding", () => {
  it.each(examplesOf(FINDING_CODES, findingRule))("%s", async (code, example) => {
    const { rejects, report } = await analyzed(example)
    expect(rejects).toEqual([])
    expect(report.findings.map((finding) => [finding.code, finding.count])).toEqual([[code, 1]])
  })
})

describe("every rule", () => {
  it("has an example, but for the two that no single input shows", () => {
    const bare = [
      ...REJECT_CODES.filter((code) => rejectRule(code).example === null),
      ...FINDING_CODES.filter((code) => findingRule(code).example === null),
    ]
    expect(bare).toEqual(["worker/failed", "export/same-bytes"])
  })

  it("says in sentences what it means and what to do, and its title in few words", () => {
    for (const { title, meaning, advice } of [...REJECT_CODES.map(rejectRule), ...FINDING_CODES.map(findingRule)]) {
      expect(meaning).toMatch(/^[\p{L}@].*\.$/u)
      expect(advice).toMatch(/^[\p{L}@].*\.$/u)
      expect(title).toMatch(/^[\p{L}].*[^.]$/u)
      expect(title.length).toBeLessThanOrEqual(60)
    }
  })
})
