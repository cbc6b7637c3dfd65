/**
 * The whole way of the data: source → framing → workers → facts → figures → report.
 */
import { computeFigures } from "./aggregate/figures.ts"
import { findingRule } from "./check/rules.ts"
import { collectGarbage } from "./collect-garbage.ts"
import { collectFindings } from "./facts/findings.ts"
import type { Guesses } from "./guesses.ts"
import type { Plan } from "./options.ts"
import type { ReadInputs } from "./read-inputs.ts"
import { buildReport, type ReportParts } from "./report/build.ts"
import { findingLines } from "./report/evidence-line.ts"
import type { FindingLine, Report } from "./report/schema.ts"
import type { ReportTable } from "./report/table.ts"
import { reportTables } from "./report/tables.ts"
import { makeRoomForFigures, readPlanned, resolveRead, runCounts } from "./run.ts"
import type { FinishRun, RunDocument } from "./run-document.ts"
import { TOOL } from "./version.ts"
import { withWorkSpace } from "./with-work-space.ts"
import type { BlockPool } from "./worker/pool.ts"

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

/** Carries out a plan with workers that are there; it holds as far as the guesses are right. */
export function carryOut(plan: Plan, pool: BlockPool, guesses: Guesses, finishRun: FinishRun): Promise<Analysis> {
  return withWorkSpace(plan, async (space) => {
    const read = await readPlanned(plan, pool, space, guesses)
    await makeRoomForFigures(read)
    const analysis = conclude(read, plan, finishRun)
    // Whoever writes tables is to have what figures had.
    if (space.isSpilled) await collectGarbage()
    return analysis
  })
}

/** From what was joined, whoever read it, to the outcome: resolve → figures → findings → report. */
export function conclude(read: ReadInputs, plan: Plan, finishRun: FinishRun): Analysis {
  const resolved = resolveRead(read)
  const figures = computeFigures(resolved.facts, plan)
  resolved.facts.space.forgetSlabs()
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
  const run = finishRun(runCounts(plan, read, resolved))
  return { report, findings: findingLines(findings.listed), tables: reportTables(report, parts), run }
}
