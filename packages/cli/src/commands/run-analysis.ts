/** Runs the library from a command line: flags become options, signals end the run, progress goes to the terminal. */
import { readFile } from "node:fs/promises"
import {
  analyze,
  AnalyzeError,
  parseInstant,
  type Analysis,
  type AnalyzeOptions,
  type RejectLine,
} from "@callsift/core"
import type { ReadingFlags } from "../arguments/reading-options.ts"
import { CliError, systemCode } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"
import type { Interruption } from "../interruption.ts"
import { ProgressLine } from "../render/progress-line.ts"

/** What a command adds to the flags. */
export interface RunAdditions {
  readonly excludedPaths?: readonly string[]
  readonly onReject?: (reject: RejectLine) => void
}

/** Analyzes the inputs. Throws a `CliError` with the exit code for whatever keeps a report from being made. */
export async function runAnalysis(
  inputs: readonly string[],
  flags: ReadingFlags,
  { signal }: Interruption,
  additions: RunAdditions,
): Promise<Analysis> {
  const options = await optionsOf(flags)
  const progress = new ProgressLine(process.stderr, flags.quiet === true)
  try {
    return await analyze(inputs, { ...options, ...additions, signal, onProgress: (each) => progress.update(each) })
  } catch (cause) {
    throw asCliError(cause)
  } finally {
    progress.clear()
  }
}

function asCliError(cause: unknown): unknown {
  if (!(cause instanceof AnalyzeError) || cause.code === "aborted") return cause
  return new CliError(cause.code === "options" ? ExitCode.usage : ExitCode.failed, cause.message, { cause })
}

async function optionsOf(flags: ReadingFlags): Promise<AnalyzeOptions> {
  const options = {
    workers: flags.workers,
    hash: flags.hash,
    since: instantOf("--since", flags.since),
    until: instantOf("--until", flags.until),
    participant: flags.participant,
    modality: flags.modality,
    failed: flags.failed,
    includeTests: flags.includeTests,
    asOf: instantOf("--as-of", flags.asOf),
    maxDurationTicks: flags.maxDuration,
    maxRecordBytes: flags.maxRecord,
    maxDepth: flags.maxDepth,
    maxInflatedBytes: flags.maxInflated,
    maxEntries: flags.maxEntries,
    names: flags.names,
    pseudonymKey: flags.pseudonymKey === undefined ? undefined : await readKey(flags.pseudonymKey),
    maxEvidence: flags.maxEvidence,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as AnalyzeOptions
}

function instantOf(option: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant.ok) return instant.ticks
  throw new CliError(ExitCode.usage, `${option} is no instant; write one such as 2026-01-01T00:00:00Z`)
}

async function readKey(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new CliError(ExitCode.usage, `the pseudonym key cannot be read from ${path} (${systemCode(cause)})`, {
      cause,
    })
  }
}
