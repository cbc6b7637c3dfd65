/** Runs the library from a command line: flags become options, signals end the run, progress goes to the terminal. */
import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import {
  analyze,
  AnalyzeError,
  parseInstant,
  type Analysis,
  type AnalyzeOptions,
  type MergeOptions,
  type StateOptions,
} from "@callsift/core"
import type { ReadingFlags, ReportFlags } from "../arguments/reading-options.ts"
import { CliError, systemReason } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"
import { ProgressLine } from "../render/progress-line.ts"
import { withState } from "./with-state.ts"

/**
 * Analyzes the inputs, with progress on the terminal unless it is to be quiet. Throws a `CliError` with the exit code
 * where the options cannot be carried out or no input can be opened, and an `AnalyzeError` where the signal ended it.
 */
export async function runAnalysis(
  inputs: readonly string[],
  options: AnalyzeOptions,
  isQuiet: boolean,
): Promise<Analysis> {
  const progress = new ProgressLine(process.stderr, isQuiet)
  const { onReject } = options
  try {
    const run = (): Promise<Analysis> =>
      analyze(inputs, {
        ...options,
        onProgress: (each) => progress.update(each),
        ...(onReject === undefined
          ? {}
          : {
              onReject: (reject) => {
                // What is printed of it may come to the same terminal.
                progress.clear()
                onReject(reject)
              },
            }),
      })
    return await withState(options, run)
  } catch (cause) {
    throw asCliError(cause)
  } finally {
    progress.clear()
  }
}

/** An error of the library as one of the command; what the signal ended stays as it is. */
export function asCliError(cause: unknown): unknown {
  if (!(cause instanceof AnalyzeError) || cause.code === "aborted") return cause
  return new CliError(cause.code === "options" ? ExitCode.usage : ExitCode.failed, cause.message, { cause })
}

/** The library's options that the flags stand for. Throws a `CliError` for an instant or a key that cannot be read. */
export async function optionsOf(flags: ReadingFlags): Promise<AnalyzeOptions> {
  return {
    ...(await reportOptionsOf(flags)),
    ...written({
      workers: flags.workers,
      engine: flags.engine,
      hash: flags.hash,
      asOf: instantOf("--as-of", flags.asOf),
      maxDurationTicks: flags.maxDuration,
      maxRecordBytes: flags.maxRecord,
      maxDepth: flags.maxDepth,
      maxInflatedBytes: flags.maxInflated,
      maxEntries: flags.maxEntries,
      state: stateOf(flags),
      startedWorkers: flags.startedWorkers ?? undefined,
    }),
  }
}

/** Those of them that are about the report. */
export async function reportOptionsOf(flags: ReportFlags): Promise<MergeOptions> {
  return written({
    since: instantOf("--since", flags.since),
    until: instantOf("--until", flags.until),
    participant: flags.participant,
    modality: flags.modality,
    failed: flags.failed,
    includeTests: flags.includeTests,
    names: flags.names,
    pseudonymKey: flags.pseudonymKey === undefined ? undefined : await readKey(flags.pseudonymKey),
    maxEvidence: flags.maxEvidence,
    memoryBytes: flags.memory,
    tempDir: flags.tempDir,
  })
}

type Written<Options> = { readonly [Name in keyof Options]?: Exclude<Options[Name], undefined> }

/** What was not written is not there. */
function written<Options extends object>(options: Options): Written<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Written<Options>
}

function stateOf({ state, trustMtime }: ReadingFlags): StateOptions | undefined {
  if (state !== undefined) return { folder: resolve(state), trustMtime: trustMtime === true }
  if (trustMtime === true)
    throw new CliError(ExitCode.usage, "--trust-mtime is about --state; name a folder with --state")
  return undefined
}

function instantOf(option: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant.ok) return instant.ticks
  throw new CliError(ExitCode.usage, `${option} ${instant.reason}; write an instant such as 2026-01-01T00:00:00Z`)
}

async function readKey(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    const message = `the pseudonym key cannot be read from ${path}: ${systemReason(cause)}`
    throw new CliError(ExitCode.usage, message, { cause })
  }
}
