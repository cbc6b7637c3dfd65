/**
 * The whole way of the data: source → framing → workers → facts → figures → report.
 */
import { computeFigures } from "./aggregate/figures.ts"
import { findingRule } from "./check/rules.ts"
import { AnalyzeError } from "./analyze-error.ts"
import { collectFindings } from "./facts/findings.ts"
import type { InputSummary } from "./facts/input.ts"
import { resolve } from "./facts/resolve.ts"
import { poolPlan, resolvePlan, type AnalyzeOptions, type Plan } from "./options.ts"
import { inputRuns, readInputs, type ReadInputs } from "./read-inputs.ts"
import { buildReport, type ReportParts } from "./report/build.ts"
import { findingLines } from "./report/evidence-line.ts"
import type { FindingLine, Report } from "./report/schema.ts"
import { reportTables, type ReportTable } from "./report/tables.ts"
import { startRun, type FinishRun, type RunDocument } from "./run-document.ts"
import { listSources } from "./source/source-list.ts"
import { TOOL } from "./version.ts"
import { openPool, type BlockPool } from "./worker/pool.ts"

/** What a run gives. */
export interface Analysis {
  /** The report document: the same for the same inputs and options, wherever and however it was made. */
  readonly report: Report
  /** The first findings of each code, by input, offset and code. Can be gone through more than once. */
  readonly findings: Iterable<FindingLine>
  /** The tables that go beside the report. */
  readonly tables: readonly ReportTable[]
  /** What changes from run to run: times, the machine, where every byte went. */
  readonly run: RunDocument
}

/**
 * Reads exports of call records and reports what is in them. `inputs` are files, folders, globs, or `-` for standard
 * input. Bad data never makes it fail: they are in the report. Rejects with an `AnalyzeError` where the options
 * cannot be carried out, where no input could be opened, or when the signal ends the run.
 */
export async function analyze(inputs: readonly string[], options: AnalyzeOptions = {}): Promise<Analysis> {
  const plan = resolvePlan(inputs, options)
  const pool = openPool(poolPlan(plan))
  const giveUp = (): void => void pool.close()
  plan.signal?.addEventListener("abort", giveUp)
  try {
    plan.signal?.throwIfAborted()
    return await carryOut(plan, pool)
  } catch (cause) {
    throw plan.signal?.aborted === true ? new AnalyzeError("aborted", "the run was interrupted", { cause }) : cause
  } finally {
    plan.signal?.removeEventListener("abort", giveUp)
    await pool.close()
  }
}

/** Carries out a plan with workers that are there. */
export async function carryOut(plan: Plan, pool: BlockPool): Promise<Analysis> {
  const finishRun = startRun()
  const list = await listSources(plan.inputs, plan.excludedPaths)
  if (list.sources.length === 0)
    throw new AnalyzeError("no-input", `there is nothing to read in ${plan.inputs.join(", ")}`)
  return conclude(await readInputs(list, plan, pool), plan, finishRun)
}

/** From what was joined, whoever read it, to the outcome: resolve → figures → findings → report. */
export function conclude(read: ReadInputs, plan: Plan, finishRun: FinishRun): Analysis {
  const resolved = resolve(read.joined)
  refuseNothing(resolved.inputs)
  const figures = computeFigures(resolved.facts, plan)
  const findings = collectFindings(resolved, figures.overlap.evidence, plan.maxEvidence)
  const parts: ReportParts = {
    ...read,
    ...resolved,
    inputs: read.entries(resolved.inputs),
    findings: findings.byCode,
    ruleOf: findingRule,
    tool: TOOL,
    plan,
    figures,
  }
  const report = buildReport(parts)
  const counts = read.counts()
  const run = finishRun({
    tool: TOOL,
    workers: plan.workerCount,
    engine: plan.engine,
    ...counts,
    handedOverShare: counts.handedOver / Math.max(report.totals.sessions, 1),
    inputs: inputRuns(resolved.inputs),
  })
  return { report, findings: findingLines(findings.listed), tables: reportTables(report, parts), run }
}

/** A report on nothing would look like one on an empty archive. */
function refuseNothing(inputs: readonly InputSummary[]): void {
  if (inputs.some(({ status }) => status !== "unreadable")) return
  const [first] = inputs
  const others = inputs.length > 1 ? `, and ${inputs.length - 1} more` : ""
  throw new AnalyzeError(
    "no-input",
    `no input could be opened: ${first?.path ?? ""}: ${first?.error?.message ?? ""}${others}`,
  )
}
