/** The outputs that `analyze` and `merge` have in common: the report's folder, the partial, and what is printed. */
import { resolve } from "node:path"
import { AnalyzeError, reportText, type Analysis, type AnalyzeOptions, type Report } from "@callsift/core"
import { CliError } from "../cli-error.ts"
import { faultOf } from "../fault.ts"
import type { Interruption } from "../interruption.ts"
import { OutputFile } from "../output/output-file.ts"
import { ReportFiles } from "../output/report-files.ts"
import { Stdout } from "../output/stdout.ts"
import { hintLines } from "../render/hints.ts"
import { layoutFor } from "../render/style.ts"
import { summaryLines } from "../render/summary.ts"

/** Flags that say where outputs go. */
export interface OutputFlags {
  readonly output?: string
  readonly partial?: string
  readonly json?: true
  readonly quiet?: true
  readonly color: boolean
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
    const result =
      flags.output === undefined
        ? await runAlone(partial, () => run(options))
        : await runInto(flags.output, partial, interruption, (additions) => run(merged(options, additions)))
    interruption.check()
    await partial?.place()
    await print(result.report, flags)
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

async function print(report: Report, flags: OutputFlags): Promise<void> {
  const stdout = new Stdout()
  if (flags.json === true) return stdout.write(reportText(report))
  if (flags.quiet === true) return
  const layout = layoutFor(process.stdout, flags.color)
  await stdout.writeLines([...summaryLines(report, layout), ...hintLines(report, flags.output ?? null, layout)])
}
