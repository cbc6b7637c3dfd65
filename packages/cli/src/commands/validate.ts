/**
 * `callsift validate`: checks only, one line for each problem. Rejects come while the inputs are read, so that memory
 * does not grow with them; then the inputs that are not complete, then the findings. Each kind is in the order of
 * inputs and bytes.
 */
import {
  AnalyzeError,
  type FindingLine,
  type RejectLine,
  type Report,
  type ReportInput,
  type Severity,
} from "@callsift/core"
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { ExitCode, exitCodeOf } from "../exit-code.ts"
import { Interruption } from "../interruption.ts"
import { Stdout } from "../output/stdout.ts"
import { escapeText } from "../render/escape.ts"
import { count, counted } from "../render/quantity.ts"
import { paintFor, type Paint, type Style } from "../render/style.ts"
import { optionsOf, runAnalysis } from "./run-analysis.ts"

/** Checks, prints. Returns the exit code. */
export function validateCommand(inputs: readonly string[], flags: ReadingFlags): Promise<number> {
  return Interruption.during((interruption) => validate(inputs, flags, interruption))
}

async function validate(inputs: readonly string[], flags: ReadingFlags, interruption: Interruption): Promise<number> {
  const stdout = new Stdout()
  const paint = paintFor(process.stdout, flags.color)
  const onReject = (reject: RejectLine): void => {
    stdout.addLine(problemLine(reject, paint))
    if (stdout.isClosed) interruption.abort()
  }
  const options = { ...(await optionsOf(flags)), signal: interruption.signal, onReject }
  try {
    const { report, findings } = await runAnalysis(inputs, options, flags.quiet === true)
    await stdout.writeLines(faulty(report).map((input) => inputLine(input, paint)))
    await stdout.writeLines(lines(findings, paint))
    if (flags.quiet !== true) process.stderr.write(`${closingLine(report)}\n`)
    return exitCodeOf(report, flags.failOn)
  } catch (cause) {
    if (!(stdout.isClosed && cause instanceof AnalyzeError && cause.code === "aborted")) throw cause
    interruption.check()
    // What the reader has not waited for was a reject.
    return ExitCode.incomplete
  }
}

function faulty({ inputs }: Report): readonly ReportInput[] {
  return inputs.filter(({ status }) => status !== "complete")
}

function* lines(findings: Iterable<FindingLine>, paint: Paint): Generator<string> {
  for (const finding of findings) yield problemLine(finding, paint)
}

const STYLES: Readonly<Record<Severity | "reject", Style>> = {
  reject: "red",
  error: "red",
  warning: "yellow",
  note: "dim",
}

/** `path:line: severity code pointer: message (offset, length)`, as editors and grep like it. */
export function problemLine(line: RejectLine | FindingLine, paint: Paint): string {
  const severity = "severity" in line ? line.severity : "reject"
  const pointer = line.pointer === undefined ? "" : ` ${escapeText(line.pointer)}`
  const what = `${paint(STYLES[severity], severity)} ${line.code}${pointer}: ${escapeText(line.message)}`
  return `${placeOf(line.input, line.entry)}:${line.line}: ${what} (offset ${line.offset}, length ${line.length})`
}

/** `path: input code: message (offset)`. */
export function inputLine({ path, entry, error }: ReportInput, paint: Paint): string {
  const what = error === undefined ? "" : ` ${error.code}: ${escapeText(error.message)}`
  const offset = error?.offset === undefined ? "" : ` (offset ${error.offset})`
  return `${placeOf(path, entry)}: ${paint("red", "input")}${what}${offset}`
}

function placeOf(path: string, entry: string | undefined): string {
  return escapeText(entry === undefined ? path : `${path}:${entry}`)
}

function closingLine(report: Report): string {
  const found = report.findings.reduce((sum, finding) => sum + finding.count, 0)
  return [
    `${counted(report.totals.sessions, "session")}: ${count(report.rejects.count)} rejected`,
    counted(found, "finding"),
    `${count(faulty(report).length)} of ${counted(report.totals.inputs, "input")} not complete`,
  ].join(", ")
}
