/** `callsift export`: the facts as a table, for SQL and data frames. */
import { AnalyzeError, exportFacts, type Export, type ExportFormat, type ExportOptions } from "@callsift/core"
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { CliError } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"
import { Interruption } from "../interruption.ts"
import { fileTarget, stdoutTarget, type ExportTarget } from "../output/export-target.ts"
import { ProgressLine } from "../render/progress-line.ts"
import { count, counted } from "../render/quantity.ts"
import { asCliError, optionsOf } from "./run-analysis.ts"
import { withState } from "./with-state.ts"

export interface ExportFlags extends ReadingFlags {
  readonly to: ExportFormat
  readonly output?: string
}

const STANDARD_OUTPUT = "-"

/** Reads, writes the facts. Returns the exit code. */
export function exportCommand(inputs: readonly string[], flags: ExportFlags): Promise<number> {
  return Interruption.during(async (interruption) => {
    const options = { ...(await optionsOf(flags)), format: flags.to, signal: interruption.signal }
    const target = await openTarget(flags, interruption)
    try {
      const result = await runExport(inputs, options, flags.quiet === true, target)
      if (target.isClosed()) return ExitCode.ok
      await target.commit()
      if (flags.quiet !== true) process.stderr.write(`${closingLine(result, target.name)}\n`)
      return result.complete && result.rejectCount === 0 ? ExitCode.ok : ExitCode.incomplete
    } catch (cause) {
      if (!(target.isClosed() && cause instanceof AnalyzeError && cause.code === "aborted")) throw cause
      interruption.check()
      return ExitCode.ok
    } finally {
      await target.clear()
    }
  })
}

async function openTarget({ to, output }: ExportFlags, interruption: Interruption): Promise<ExportTarget> {
  if (output !== undefined && output !== STANDARD_OUTPUT) return fileTarget(output, interruption)
  if (process.stdout.isTTY && (to === "parquet" || to === "arrow")) {
    const message = `${to} is no text for a terminal; name a file with -o, or pipe it to a program`
    throw new CliError(ExitCode.usage, message)
  }
  return stdoutTarget(interruption)
}

async function runExport(
  inputs: readonly string[],
  options: ExportOptions,
  isQuiet: boolean,
  target: ExportTarget,
): Promise<Export> {
  const progress = new ProgressLine(process.stderr, isQuiet)
  const ownOptions = { excludedPaths: target.ownPaths, onProgress: progress.update.bind(progress) }
  try {
    return await withState(options, () => exportFacts(inputs, { ...options, ...ownOptions }, target.write))
  } catch (cause) {
    throw asCliError(cause)
  } finally {
    progress.clear()
  }
}

function closingLine({ rowCount, inputs, rejectCount }: Export, where: string): string {
  const incomplete = inputs.filter(({ status }) => status !== "complete").length
  const losses = [
    ...(rejectCount === 0 ? [] : [`${counted(rejectCount, "session")} rejected`]),
    ...(incomplete === 0 ? [] : [`${count(incomplete)} of ${counted(inputs.length, "input")} not complete`]),
  ]
  const told = losses.length === 0 ? "" : `; ${losses.join(", ")}: callsift validate says which and why`
  return `${counted(rowCount, "row")} written to ${where}${told}`
}
