/** The outputs that `analyze` and `merge` have in common: the report's folder, the partial, and what is printed. */
import { resolve } from "node:path"
import { AnalyzeError, type Analysis, type AnalyzeOptions } from "@callsift/core"
import { CliError } from "../cli-error.ts"
import { faultOf } from "../fault.ts"
import type { Interruption } from "../interruption.ts"
import { OutputFile } from "../output/output-file.ts"
import type { PrintFlags } from "./print-report.ts"

/** Flags that say where outputs go. */
export interface OutputFlags extends PrintFlags {
  readonly partial?: string
}

/** What a run needs to know of its outputs. */
export type OutputOptions = Pick<AnalyzeOptions, "onReject" | "onPartial" | "excludedPaths">

/**
 * Runs an analysis, writes what the flags name and prints. Outputs are put in place when all of them are written; where
 * one cannot be, nothing is. Throws a `CliError` then, and whatever the run throws.
 */
export async function withOutputs<Result extends Analysis>(
  flags: OutputFlags,
  interruption: Interruption,
  run: (options: OutputOptions) => Promise<Result>,
): Promise<Result> {
  const partial = flags.partial === undefined ? null : await OutputFile.create(resolve(flags.partial))
  try {
    const options = partialOptions(partial)
    const running =
      flags.output === undefined
        ? runAlone(partial, () => run(options))
        : runInto(flags.output, partial, interruption, (additions) => run(merged(options, additions)))
    // Loaded while workers start.
    const [result, { printReport }] = await Promise.all([running, import("./print-report.ts")])
    interruption.check()
    await partial?.place()
    await printReport(result.report, flags)
    return result
  } finally {
    await partial?.clear()
  }
}

function partialOptions(partial: OutputFile | null): OutputOptions {
  if (partial === null) return {}
  return { onPartial: (bytes) => partial.write(bytes), excludedPaths: partial.ownPaths }
}

function merged(a: OutputOptions, b: OutputOptions): OutputOptions {
  return { ...a, ...b, excludedPaths: [...(a.excludedPaths ?? []), ...(b.excludedPaths ?? [])] }
}

async function runAlone<Result>(partial: OutputFile | null, run: () => Promise<Result>): Promise<Result> {
  const result = await run()
  await partial?.end()
  return result
}

async function runInto<Result extends Analysis>(
  folder: string,
  partial: OutputFile | null,
  interruption: Interruption,
  run: (options: OutputOptions) => Promise<Result>,
): Promise<Result> {
  const { ReportFiles } = await import("../output/report-files.ts")
  const files = await ReportFiles.open(folder)
  try {
    const result = await run({ onReject: files.addReject, excludedPaths: [resolve(folder)] })
    await partial?.end()
    await files.write(result, () => interruption.check())
    return result
  } catch (cause) {
    if (!(cause instanceof CliError || cause instanceof AnalyzeError)) await files.writeFault(faultOf(cause))
    throw cause
  } finally {
    await files.close()
  }
}
