/**
 * Where runs begin: options become a plan, threads that decode or hash are started, and only then the stages are loaded,
 * for a thread takes about as long to start as they take to load.
 */
import { AnalyzeError } from "./analyze-error.ts"
import type { Analysis } from "./analyze.ts"
import { EXPORT_FORMATS } from "./export/format.ts"
import type { ByteSink } from "./export/output.ts"
import type { Export, ExportOptions } from "./export-facts.ts"
import { withGuesses } from "./guesses.ts"
import type { Merged, MergeOptions } from "./merge.ts"
import { resolvePlan, type AnalyzeOptions } from "./options.ts"
import { startRun } from "./run-document.ts"
import { withPool } from "./with-pool.ts"

/**
 * Reads exports of call records and reports what is in them. `inputs` are files, folders, globs, or `-` for standard
 * input. Bad data never makes it fail: they are in the report. Rejects with an `AnalyzeError` where the options
 * cannot be carried out, where no input could be opened, where facts cannot be kept in a temporary file, or when the
 * signal ends the run.
 */
export async function analyze(inputs: readonly string[], options: AnalyzeOptions = {}): Promise<Analysis> {
  const plan = resolvePlan(inputs, options)
  const finishRun = startRun()
  return withPool(plan, (pool) =>
    withGuesses(plan, async (guesses) => (await import("./analyze.ts")).carryOut(plan, pool, guesses, finishRun)),
  )
}

/**
 * Reads exports of call records and writes their facts as a table, one row a session; docs/queries.md has its columns.
 * The same inputs and options give the same bytes. Rejects with an `AnalyzeError` as `analyze` does, and with whatever
 * the sink throws.
 */
export async function exportFacts(inputs: readonly string[], options: ExportOptions, sink: ByteSink): Promise<Export> {
  const { format } = options
  if (!EXPORT_FORMATS.includes(format))
    throw new AnalyzeError("options", `format is none of ${EXPORT_FORMATS.join(", ")}`)
  const plan = resolvePlan(inputs, options)
  return withPool(plan, (pool) =>
    withGuesses(plan, async (guesses) =>
      (await import("./export-facts.ts")).carryOutExport(plan, pool, guesses, format, sink),
    ),
  )
}

/**
 * Makes the report that one run over all inputs of the partials would have given, whatever their order. An input in
 * several of them counts once. The first partial that can be used says with which options the others must have been
 * made. Rejects with an `AnalyzeError` where none can be used, or the options ask for what they do not hold.
 */
export async function mergePartials(paths: readonly string[], options: MergeOptions = {}): Promise<Merged> {
  return (await import("./merge.ts")).merge(paths, options)
}
