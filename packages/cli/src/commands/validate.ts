/** `callsift validate`: checks only, one line for each reject and finding, in the order of inputs and bytes. */
import type { FindingLine, RejectLine, Severity } from "@callsift/core"
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { exitCodeOf } from "../exit-code.ts"
import { Interruption } from "../interruption.ts"
import { Stdout } from "../output/stdout.ts"
import { escapeText } from "../render/escape.ts"
import { count, counted } from "../render/quantity.ts"
import { paintFor, type Paint } from "../render/style.ts"
import { runAnalysis } from "./run-analysis.ts"

type Line = RejectLine | FindingLine

/** Checks, prints. Returns the exit code. */
export function validateCommand(inputs: readonly string[], flags: ReadingFlags): Promise<number> {
  return Interruption.during(async (interruption) => {
    try {
      return await validate(inputs, flags, interruption)
    } catch (cause) {
      interruption.check()
      throw cause
    }
  })
}

async function validate(inputs: readonly string[], flags: ReadingFlags, interruption: Interruption): Promise<number> {
  const stdout = new Stdout()
  const rejects: RejectLine[] = []
  const { report, findings } = await runAnalysis(inputs, flags, interruption, {
    onReject: (reject) => rejects.push(reject),
  })
  const paint = paintFor(process.stdout, flags.color)
  const faulty = report.inputs.filter(({ status }) => status !== "complete")
  await stdout.writeLines(faulty.map((input) => inputLine(input, paint)))
  await stdout.writeLines(merged(rejects, findings, (line) => validationLine(line, paint)))
  await stdout.finish()
  if (flags.quiet !== true) {
    const { totals } = report
    const found = report.findings.reduce((sum, finding) => sum + finding.count, 0)
    process.stderr.write(
      `${counted(totals.sessions, "session")}: ${count(totals.rejected)} rejected, ${counted(found, "finding")}, ${counted(faulty.length, "input")} not complete\n`,
    )
  }
  return exitCodeOf(report, flags.failOn)
}

function inputLine(
  { path, entry, error }: Awaited<ReturnType<typeof runAnalysis>>["report"]["inputs"][number],
  paint: Paint,
): string {
  const place = escapeText(entry === undefined ? path : `${path}:${entry}`)
  return `${place}: ${paint("red", "input")} ${error?.code ?? ""} ${error?.message ?? ""}`
}

/** Both are in order; a reject and a finding never share their first byte. */
function* merged(
  rejects: readonly RejectLine[],
  findings: Iterable<FindingLine>,
  show: (line: Line) => string,
): Generator<string> {
  let next = 0
  for (const finding of findings) {
    for (let reject = rejects[next]; reject !== undefined && isBefore(reject, finding); reject = rejects[++next])
      yield show(reject)
    yield show(finding)
  }
  for (const reject of rejects.slice(next)) yield show(reject)
}

function isBefore(a: Line, b: Line): boolean {
  const order =
    Buffer.compare(Buffer.from(a.input), Buffer.from(b.input)) ||
    Buffer.compare(Buffer.from(a.entry ?? ""), Buffer.from(b.entry ?? ""))
  return order < 0 || (order === 0 && a.offset < b.offset)
}

const STYLES: Readonly<Record<Severity | "reject", "red" | "yellow" | "dim">> = {
  reject: "red",
  error: "red",
  warning: "yellow",
  note: "dim",
}

/** `path:line: severity code pointer: message (offset, length)`, as editors and grep like it. */
function validationLine(line: Line, paint: Paint): string {
  const severity = "severity" in line ? line.severity : "reject"
  const place = escapeText(line.entry === undefined ? line.input : `${line.input}:${line.entry}`)
  const pointer = line.pointer === undefined ? "" : ` ${escapeText(line.pointer)}`
  return `${place}:${line.line}: ${paint(STYLES[severity], severity)} ${line.code}${pointer}: ${escapeText(line.message)} (offset ${line.offset}, length ${line.length})`
}
