/**
 * The way of the data to a table of facts: source → framing → workers → facts → one row a session.
 */
import { factRows } from "./export/fact-rows.ts"
import { loadWriter, type ExportFormat } from "./export/format.ts"
import type { ByteSink, FileDescription } from "./export/output.ts"
import type { WorkSpace } from "./facts/work-space.ts"
import type { Guesses } from "./guesses.ts"
import type { AnalyzeOptions, Plan } from "./options.ts"
import { reportOptions } from "./report/build.ts"
import type { ReportInput } from "./report/schema.ts"
import { readPlanned, resolveRead, runCounts } from "./run.ts"
import { startRun, type RunDocument } from "./run-document.ts"
import { TOOL } from "./version.ts"
import { withWorkSpace } from "./with-work-space.ts"
import type { BlockPool } from "./worker/pool.ts"

/** What a caller may decide: as for `analyze`, and the format. */
export interface ExportOptions extends AnalyzeOptions {
  readonly format: ExportFormat
}

/** What an export gives beside its bytes. */
export interface Export {
  /** Rows that were written: accepted sessions, duplicates and superseded ones within the filters. */
  readonly rowCount: number
  /** Every input, as the report has it. */
  readonly inputs: readonly ReportInput[]
  /** Whether every input is complete. */
  readonly complete: boolean
  /** Sessions that were rejected, and so are no rows. */
  readonly rejectCount: number
  /** What changes from run to run: times, the machine, where every byte went. */
  readonly run: RunDocument
}

/** Carries out an export with workers that are there. Nothing is written before the guesses are known to be right. */
export function carryOutExport(
  plan: Plan,
  pool: BlockPool,
  guesses: Guesses,
  format: ExportFormat,
  sink: ByteSink,
): Promise<Export> {
  return withWorkSpace(plan, (space) => exportIn(space, guesses, plan, pool, format, sink))
}

async function exportIn(
  space: WorkSpace,
  guesses: Guesses,
  plan: Plan,
  pool: BlockPool,
  format: ExportFormat,
  sink: ByteSink,
): Promise<Export> {
  const finishRun = startRun()
  const read = await readPlanned(plan, pool, space, guesses)
  // What is written is not taken back.
  await guesses.confirm()
  const resolved = resolveRead(read)
  const write = await loadWriter(format)
  const rowCount = await write(factRows(resolved, plan), describe(plan), sink)
  const inputs = read.entries(resolved.inputs)
  return {
    rowCount,
    inputs,
    complete: inputs.every(({ status }) => status === "complete"),
    rejectCount: inputs.reduce((sum, { rejected }) => sum + rejected, 0),
    run: finishRun(runCounts(plan, read, resolved)),
  }
}

function describe(plan: Plan): FileDescription {
  const document = { format: "callsift-facts", formatVersion: "1.0", tool: TOOL, options: reportOptions(plan) }
  return { createdBy: `${TOOL.name} version ${TOOL.version}`, properties: { callsift: JSON.stringify(document) } }
}
