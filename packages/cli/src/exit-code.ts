/** Exit codes, which other programs rely on. */
import type { Report, Severity } from "@callsift/core"

export const ExitCode = {
  ok: 0,
  /** Everything was read, and findings reach `--fail-on`. */
  findings: 1,
  /** The command line is wrong; nothing was read or written. */
  usage: 2,
  /** The report is there, but not everything was taken. */
  incomplete: 3,
  /** No report. */
  failed: 4,
  /** SIGINT and SIGTERM: 128 and the signal's number. */
  interrupted: 130,
  terminated: 143,
} as const

export const FAIL_ON = ["never", "note", "warning", "error"] as const
export type FailOn = (typeof FAIL_ON)[number]

const RANK: Readonly<Record<Severity, number>> = { note: 1, warning: 2, error: 3 }

/** The exit code of a run that gave a report. That not everything was taken weighs more than any finding. */
export function exitCodeOf(report: Report, failOn: FailOn): number {
  if (!report.complete || report.rejects.count > 0) return ExitCode.incomplete
  if (failOn === "never") return ExitCode.ok
  return report.findings.some(({ severity }) => RANK[severity] >= RANK[failOn]) ? ExitCode.findings : ExitCode.ok
}
