/** Results as Markdown: the figures to reach first, then a table for each suite. */
import {
  cpuOf,
  measureOf,
  othersOf,
  peakOf,
  secondsOf,
  speedOf,
  spreadOf,
  type CaseResult,
  type SuiteResult,
} from "./result.ts"
import type { Suite, Target } from "./suite.ts"

/** A suite and what it measured. */
export interface Measured {
  readonly suite: Suite
  readonly result: SuiteResult
}

/** All results as one document; figures of suites that were not run are named too. */
export function document(measured: readonly Measured[], notRun: readonly Suite[]): string {
  return `# Results

Medians; ratios only ever compare runs of one suite, made in one go, in fresh processes and alternating order, files in
the page cache. Wall time includes the start of the process. Peak memory and CPU time are those of the whole process
tree. "spread" is how far the runs lie apart, by the median; "others" is the greatest share of the processors that other
programs had in a run: a run in which that was much is made again. DuckDB answers the same questions in SQL, and its answers
are compared with callsift's report; it hashes nothing, names no place of what it refuses and checks only what it reads.

## Figures to reach

${targetTable(measured, notRun)}

${measured.map(suiteSection).join("\n\n")}
`
}

/** The table of figures of these suites, and of those that were not run. */
export function targetTable(measured: readonly Measured[], notRun: readonly Suite[] = []): string {
  const all = [...measured, ...notRun.map((suite) => ({ suite, result: { cases: [] } }))]
  const rows = all.flatMap(({ suite, result }) => suite.targets.map((target) => targetRow(target, suite, result)))
  return table(["figure", "suite", "at least", "aim", "measured", "met"], "lrrrrl", rows)
}

/** The value of a target, or null where a case of it did not run. */
export function reached(target: Target, { cases }: Pick<SuiteResult, "cases">): number | null {
  const valueOf = (name: string): number | null => {
    const found = cases.find((each) => each.name === name)
    return found === undefined ? null : measureOf(found, target.measure)
  }
  const value = valueOf(target.of)
  const divisor = target.against === null ? 1 : valueOf(target.against)
  return value === null || divisor === null ? null : value / divisor
}

function targetRow(target: Target, suite: Suite, result: Pick<SuiteResult, "cases">): string[] {
  const value = reached(target, result)
  const sign = target.isAtLeast ? "≥" : "≤"
  return [
    target.what,
    suite.name,
    `${sign} ${target.required}`,
    `${sign} ${target.aim}`,
    value === null ? "not measured" : digits(value),
    value === null ? "" : verdict(target, value) + noise(target, result),
  ]
}

/** Runs that lie this far apart were disturbed. */
const NOISY_SPREAD = 0.2

/** Says so where runs of a target's cases lie far apart. */
function noise({ of, against, measure }: Target, { cases }: Pick<SuiteResult, "cases">): string {
  const spreads = cases.filter(({ name }) => name === of || name === against).map(spreadOf)
  const isNoisy = measure !== "peak" && measure !== "disk" && spreads.some((spread) => spread > NOISY_SPREAD)
  return isNoisy ? " (noisy: measure again)" : ""
}

function verdict({ isAtLeast, required, aim }: Target, value: number): string {
  const reaches = (bound: number): boolean => (isAtLeast ? value >= bound : value <= bound)
  if (reaches(aim)) return "aim"
  if (reaches(required)) return "yes"
  return `no, by ${Math.round(Math.abs(value / required - 1) * 100)} %`
}

/** One suite: what made it, its table, what was left out. */
export function suiteSection({ suite, result }: Measured): string {
  const made = `Made on ${result.day} by \`${result.command}\`${result.commit === null ? "" : ` at ${result.commit}`}, on ${result.machine}.`
  const equal =
    result.equalAnswers === null ? "" : ` DuckDB's answers to ${result.equalAnswers} questions are callsift's.`
  const skipped = result.skipped.map(({ name, reason }) => `\n- ${name}: not run, ${reason}`).join("")
  return `## ${suite.name}

${suite.about}. ${made}${equal}

${caseTable(result.cases)}
${skipped}`.trimEnd()
}

function caseTable(cases: readonly CaseResult[]): string {
  const first = cases[0] === undefined ? null : speedOf(cases[0])
  const unit = cases.find(({ units }) => units !== undefined)?.units?.name ?? "MB"
  const rows = cases.map((each) => {
    const speed = speedOf(each)
    return [
      each.name,
      secondsOf(each).toFixed(3),
      speed === null ? "" : digits(speed),
      speed === null || first === null ? "" : digits(speed / first),
      cpuOf(each)?.toFixed(2) ?? "",
      peakOf(each)?.toFixed(0) ?? "",
      percent(spreadOf(each)),
      percent(othersOf(each)),
      String(each.runs.length),
    ]
  })
  return table(
    ["case", "seconds", `${unit}/s`, "of the first", "CPU s", "peak MB", "spread", "others", "runs"],
    "lrrrrrrrr",
    rows,
  )
}

function percent(share: number | null): string {
  return share === null ? "" : `${(share * 100).toFixed(0)} %`
}

function table(head: readonly string[], alignment: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`
  const rule = line([...alignment].map((side) => (side === "r" ? "---:" : "---")))
  return [line(head), rule, ...rows.map(line)].join("\n")
}

/** Three significant digits, or whole numbers above. */
function digits(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
