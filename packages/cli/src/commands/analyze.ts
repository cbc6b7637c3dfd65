/** `callsift analyze`: the main job. */
import { resolve } from "node:path"
import { reportText } from "@callsift/core"
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { exitCodeOf } from "../exit-code.ts"
import { Interruption } from "../interruption.ts"
import { ReportFiles } from "../output/report-files.ts"
import { Stdout } from "../output/stdout.ts"
import { paintFor } from "../render/style.ts"
import { summaryLines } from "../render/summary.ts"
import { runAnalysis } from "./run-analysis.ts"

export interface AnalyzeFlags extends ReadingFlags {
  readonly output?: string
  readonly json?: true
}

const MAX_WIDTH = 110
const MIN_WIDTH = 60

/** Analyzes, writes the outputs, prints the summary. Returns the exit code. */
export function analyzeCommand(inputs: readonly string[], flags: AnalyzeFlags): Promise<number> {
  return Interruption.during((interruption) => analyzeInto(inputs, flags, interruption))
}

async function analyzeInto(
  inputs: readonly string[],
  flags: AnalyzeFlags,
  interruption: Interruption,
): Promise<number> {
  const stdout = new Stdout()
  const files = flags.output === undefined ? null : await ReportFiles.open(flags.output)
  try {
    const analysis = await runAnalysis(inputs, flags, interruption, {
      ...(files === null ? {} : { onReject: files.addReject }),
      ...(flags.output === undefined ? {} : { excludedPaths: [resolve(flags.output)] }),
    })
    await files?.write(analysis, () => interruption.check())
    if (flags.json === true) await stdout.write(reportText(analysis.report))
    else if (flags.quiet !== true) await stdout.writeLines(summaryLines(analysis.report, layout(flags.color)))
    await stdout.finish()
    return exitCodeOf(analysis.report, flags.failOn)
  } catch (cause) {
    interruption.check()
    throw cause
  } finally {
    await files?.close()
  }
}

function layout(color: boolean): Parameters<typeof summaryLines>[1] {
  const columns = process.stdout.isTTY ? process.stdout.columns : 100
  return { paint: paintFor(process.stdout, color), width: Math.max(MIN_WIDTH, Math.min(columns, MAX_WIDTH)) }
}
