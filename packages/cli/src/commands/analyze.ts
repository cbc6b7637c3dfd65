/** `callsift analyze`: the main job. */
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { exitCodeOf } from "../exit-code.ts"
import { Interruption } from "../interruption.ts"
import { withOutputs, type OutputFlags } from "./report-outputs.ts"
import { optionsOf, runAnalysis } from "./run-analysis.ts"

export type AnalyzeFlags = ReadingFlags & OutputFlags

/** Analyzes, writes the outputs, prints the summary. Returns the exit code. */
export function analyzeCommand(inputs: readonly string[], flags: AnalyzeFlags): Promise<number> {
  return Interruption.during(async (interruption) => {
    const options = { ...(await optionsOf(flags)), signal: interruption.signal }
    const { report } = await withOutputs(flags, interruption, (additions) =>
      runAnalysis(inputs, { ...options, ...additions }, flags.quiet === true),
    )
    return exitCodeOf(report, flags.failOn)
  })
}
