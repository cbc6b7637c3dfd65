/** `callsift analyze`: the main job. */
import { resolve } from "node:path"
import { AnalyzeError, reportText, type AnalyzeOptions, type Report } from "@callsift/core"
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { CliError } from "../cli-error.ts"
import { exitCodeOf } from "../exit-code.ts"
import { faultOf } from "../fault.ts"
import { Interruption } from "../interruption.ts"
import { ReportFiles } from "../output/report-files.ts"
import { Stdout } from "../output/stdout.ts"
import { hintLines } from "../render/hints.ts"
import { layoutFor } from "../render/style.ts"
import { summaryLines } from "../render/summary.ts"
import { optionsOf, runAnalysis } from "./run-analysis.ts"

export interface AnalyzeFlags extends ReadingFlags {
  readonly output?: string
  readonly json?: true
}

/** Analyzes, writes the outputs, prints the summary. Returns the exit code. */
export function analyzeCommand(inputs: readonly string[], flags: AnalyzeFlags): Promise<number> {
  return Interruption.during(async (interruption) => {
    const options = { ...(await optionsOf(flags)), signal: interruption.signal }
    const report =
      flags.output === undefined
        ? (await runAnalysis(inputs, options, flags.quiet === true)).report
        : await analyzeInto(flags.output, inputs, options, flags, interruption)
    await print(report, flags)
    return exitCodeOf(report, flags.failOn)
  })
}

async function analyzeInto(
  folder: string,
  inputs: readonly string[],
  options: AnalyzeOptions,
  flags: AnalyzeFlags,
  interruption: Interruption,
): Promise<Report> {
  const files = await ReportFiles.open(folder)
  try {
    const additions = { onReject: files.addReject, excludedPaths: [resolve(folder)] }
    const analysis = await runAnalysis(inputs, { ...options, ...additions }, flags.quiet === true)
    await files.write(analysis, () => interruption.check())
    return analysis.report
  } catch (cause) {
    if (!(cause instanceof CliError || cause instanceof AnalyzeError)) await files.writeFault(faultOf(cause))
    throw cause
  } finally {
    await files.close()
  }
}

async function print(report: Report, flags: AnalyzeFlags): Promise<void> {
  const stdout = new Stdout()
  if (flags.json === true) return stdout.write(reportText(report))
  if (flags.quiet === true) return
  const layout = layoutFor(process.stdout, flags.color)
  await stdout.writeLines([...summaryLines(report, layout), ...hintLines(report, flags.output ?? null, layout)])
}
