import { describe, expect, it } from "vitest"
import type { Report, Severity } from "@callsift/core"
import { ExitCode, exitCodeOf, FAIL_ON, type FailOn } from "#cli/exit-code.ts"
import { EMPTY_REPORT, FULL_REPORT } from "./example-report.ts"

const withFindings = (...severities: Severity[]): Report => ({
  ...EMPTY_REPORT,
  findings: severities.map((severity) => ({ code: "session/duplicate", severity, count: 1, title: "", examples: [] })),
})
const REJECT: Report["rejects"] = { count: 1, byCode: [{ code: "json/malformed", count: 1 }] }

describe("exit codes", () => {
  it("are those that other programs rely on", () =>
    expect(ExitCode).toEqual({
      ok: 0,
      findings: 1,
      usage: 2,
      incomplete: 3,
      failed: 4,
      interrupted: 130,
      terminated: 143,
    }))

  const cases: [string, Report, Record<FailOn, number>][] = [
    ["no findings", EMPTY_REPORT, { never: 0, note: 0, warning: 0, error: 0 }],
    ["a note", withFindings("note"), { never: 0, note: 1, warning: 0, error: 0 }],
    ["a warning", withFindings("warning", "note"), { never: 0, note: 1, warning: 1, error: 0 }],
    ["an error", withFindings("error", "warning", "note"), { never: 0, note: 1, warning: 1, error: 1 }],
    ["a reject", { ...EMPTY_REPORT, rejects: REJECT }, { never: 3, note: 3, warning: 3, error: 3 }],
    ["an incomplete input", { ...EMPTY_REPORT, complete: false }, { never: 3, note: 3, warning: 3, error: 3 }],
    ["all of it", FULL_REPORT, { never: 3, note: 3, warning: 3, error: 3 }],
  ]
  it.each(cases)("with %s", (_name, report, expected) =>
    expect(Object.fromEntries(FAIL_ON.map((failOn) => [failOn, exitCodeOf(report, failOn)]))).toEqual(expected),
  )
})
