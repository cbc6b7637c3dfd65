/** `callsift merge`: one report of partials. */
import { mergePartials, type Merged, type MergeOptions, type RefusedPartial } from "@callsift/core"
import type { ReportFlags } from "../arguments/reading-options.ts"
import { ExitCode, exitCodeOf } from "../exit-code.ts"
import { Interruption } from "../interruption.ts"
import { escapeText } from "../render/escape.ts"
import { withOutputs, type OutputFlags } from "./report-outputs.ts"
import { asCliError, reportOptionsOf } from "./run-analysis.ts"

export type MergeFlags = ReportFlags & OutputFlags

/** Merges, writes the outputs, prints the summary. Returns the exit code. */
export function mergeCommand(partials: readonly string[], flags: MergeFlags): Promise<number> {
  return Interruption.during(async (interruption) => {
    const options = { ...(await reportOptionsOf(flags)), signal: interruption.signal }
    const { report, refused } = await withOutputs(flags, interruption, ({ onReject, onPartial }) =>
      merge(partials, { ...options, ...(onReject && { onReject }), ...(onPartial && { onPartial }) }),
    )
    for (const each of refused) process.stderr.write(`${refusalLine(each)}\n`)
    return refused.length > 0 ? ExitCode.incomplete : exitCodeOf(report, flags.failOn)
  })
}

async function merge(partials: readonly string[], options: MergeOptions): Promise<Merged> {
  try {
    return await mergePartials(partials, options)
  } catch (cause) {
    throw asCliError(cause)
  }
}

function refusalLine({ path, message }: RefusedPartial): string {
  return escapeText(`callsift: ${path} is left out: ${message}`)
}
