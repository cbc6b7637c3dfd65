/** The benchmarks run: every program that is installed once, over next to nothing. How fast is not looked at. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { differences } from "../../benchmarks/src/audit/compare.ts"
import { reached } from "../../benchmarks/src/render.ts"
import type { SuiteResult } from "../../benchmarks/src/result.ts"
import { SUITES } from "../../benchmarks/src/suites/all.ts"
import { root } from "../end-to-end/run-callsift.ts"

const bench = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [join(root, "benchmarks/dist/run.js"), ...args], { encoding: "utf8", stdio: "pipe" })

describe("the benchmarks", () => {
  it("run every program, and find DuckDB's answers equal", () => {
    const text = bench("--suite", "smoke", "--quick")
    for (const name of ["callsift", "DuckDB", "DuckDB, gzip", "SHA-256", "JSON.parse", "stream-json", "aggregate"])
      expect(text).toMatch(new RegExp(`^\\| ${name} \\| \\d`, "m"))
    expect(text).toMatch(/DuckDB's answers to \d+ questions are callsift's/)
  })

  it("name cases once, and only cases that there are", () => {
    for (const { cases, targets } of SUITES) {
      const names = cases.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      const named = [
        ...targets.flatMap(({ of, against }) => [of, against ?? of]),
        ...cases.flatMap(({ answers }) => (answers === undefined ? [] : [answers.of])),
      ]
      for (const name of named) expect(names).toContain(name)
    }
    expect(new Set(SUITES.map(({ name }) => name)).size).toBe(SUITES.length)
  })

  it("say what a figure is, in the unit of the target", () => {
    const run = (wallSeconds: number) => ({ wallSeconds, cpuSeconds: null, peakBytes: wallSeconds * 1e6 })
    const cases = [
      { name: "ours", sample: { name: "a", bytes: 8e6 }, runs: [run(3), run(1), run(2)] },
      { name: "theirs", sample: { name: "a", bytes: 8e6 }, runs: [run(4), run(8)] },
    ]
    const result = { cases } as unknown as SuiteResult
    const target = { what: "", of: "ours", against: "theirs", isAtLeast: true, required: 1, aim: 2 }
    expect(reached({ ...target, measure: "speed" }, result)).toBe(3)
    expect(reached({ ...target, measure: "wall" }, result)).toBe(1 / 3)
    expect(reached({ ...target, measure: "peak", against: null }, result)).toBe(2)
    expect(reached({ ...target, measure: "speed", against: "others" }, result)).toBeNull()
  })
})

describe("a comparison of answers", () => {
  const question = { name: "q", sql: "", expected: () => [{ count: 3, share: 0.1, name: "x" }] }
  const found = (...rows: Readonly<Record<string, string | number | null>>[]) =>
    differences({} as never, { q: rows }, [question])

  it("lets roundings pass, and nothing else", () => {
    expect(found({ count: 3, share: 0.1 + 1e-12, name: "x" })).toEqual([])
    expect(found({ count: 4, share: 0.1, name: "x" })).toEqual(["q, row 0, count: callsift 3, DuckDB 4"])
    expect(found({ count: 3, share: 0.1001, name: "x" })).toHaveLength(1)
    expect(found({ count: 3, share: null, name: "y" })).toHaveLength(2)
    expect(found()).toEqual(["q: 1 rows of callsift, 0 of DuckDB"])
  })
})
