/**
 * Every decision of a run, made before anything is read: `resolvePlan` turns what a caller wrote into one frozen
 * `Plan`. Nothing after it has a default.
 */
import { tmpdir } from "node:os"
import { AnalyzeError } from "./analyze-error.ts"
import { lookUpMember, MODALITY } from "./model/enums.ts"
import { participantKey } from "./model/identity.ts"
import { MODALITIES } from "./model/modality.ts"
import type { Progress } from "./progress.ts"
import type { ReportPlan } from "./report/build.ts"
import type { RejectLine } from "./report/schema.ts"
import type { Engine } from "./worker/protocol.ts"
import { threadPlan } from "./thread-options.ts"
import type { PoolPlan } from "./worker/pool.ts"
import type { Threads } from "./worker/threads.ts"

/** Workers that wait for a run. */
export type StartedWorkers = Threads

const KIB = 1024
const MIB = 1024 * KIB
const TICKS_PER_HOUR = 36_000_000_000n

/** What a caller may decide. Everything may be left out. */
export interface AnalyzeOptions {
  /**
   * Worker threads. If left out, one a core, at most 8, and one core is left to reading, hashing and joining unless the
   * reference decodes. Never changes a figure.
   */
  readonly workers?: number
  /** Which engine decodes: "fast", or the slow and plain "reference". Default "fast"; never changes a figure. */
  readonly engine?: Engine
  /** Whether SHA-256 of the inputs is computed. Default true. */
  readonly hash?: boolean
  /** Counts only sessions that start at or after this instant, in ticks of 100 ns since 1970-01-01T00:00:00Z. */
  readonly since?: bigint
  /** Counts only sessions that start before this instant, in ticks. */
  readonly until?: bigint
  /** Counts only sessions with this participant id, as caller or callee. `8:orgid:` before a GUID and the case of a GUID are the same. */
  readonly participant?: string
  /** Counts only sessions with this modality, a member of the model in whatever letter case. */
  readonly modality?: string
  /** Counts only sessions that failed. Default false. */
  readonly failed?: boolean
  /** Whether test calls count in the figures. Default false. */
  readonly includeTests?: boolean
  /** Sessions that start later are `session/in-the-future`; left out: not checked. In ticks. */
  readonly asOf?: bigint
  /** A longer session is `session/implausible-duration`. In ticks; default 24 hours. */
  readonly maxDurationTicks?: bigint
  /** The most bytes of one session, rejected record, or envelope without its sessions. Default 16 MiB. */
  readonly maxRecordBytes?: number
  /** The most brackets open at once in one record. Default 128. */
  readonly maxDepth?: number
  /** The most bytes that one compressed input may inflate to; left out: no limit but the ratio of 500:1 past 1 GiB. */
  readonly maxInflatedBytes?: number
  /** The most entries of one zip archive. Default 10,000. */
  readonly maxEntries?: number
  /** Whether display names are shown. Default false. */
  readonly names?: boolean
  /** Key of the HMAC-SHA-256 that replaces every participant id. */
  readonly pseudonymKey?: Uint8Array
  /** How much evidence of each finding code is listed; never what is counted. Default 10,000. */
  readonly maxEvidence?: number
  /** Bytes of memory for facts and tables; what is more goes to temporary files. Never changes a figure. Default 256 MiB. */
  readonly memoryBytes?: number
  /** The folder in which temporary files may be made. Default that of the system. */
  readonly tempDir?: string
  /** Paths that are never read, such as the folder the report goes to. */
  readonly excludedPaths?: readonly string[]
  /** Gives the run up: `analyze` rejects with the code `aborted`, and no worker or handle is left. */
  readonly signal?: AbortSignal
  /** Told about ten times a second how far the run is. */
  readonly onProgress?: (progress: Progress) => void
  /** Given every reject, in input order. */
  readonly onReject?: (reject: RejectLine) => void
  /** Given the bytes of a partial of the run, in order: `mergePartials` makes reports of such. */
  readonly onPartial?: (bytes: Uint8Array) => void
  /** Keeps what is read in a folder, and takes from there what was read before. Never changes a figure. */
  readonly state?: StateOptions
  /**
   * Workers that `startWorkers` of `@callsift/core/workers` started. They end with the run, which uses them where they are
   * what it needs.
   */
  readonly startedWorkers?: StartedWorkers
  /** What never changes a figure and is there for tests and benchmarks. */
  readonly tuning?: Tuning
}

/** Where what was read is kept from run to run. One run at a time may use a folder. */
export interface StateOptions {
  readonly folder: string
  /** Takes a file for unchanged if its size and time of change are, instead of hashing it. Default false. */
  readonly trustMtime?: boolean
}

/** Knobs of the machinery. Results are the same for all values. */
export interface Tuning {
  /** About how many bytes one block holds. Default 4 MiB. */
  readonly blockBytes?: number
  /** How long one block may take before its worker counts as hung, in milliseconds. Default 120,000. */
  readonly blockTimeoutMs?: number
  /** Another module for the workers. */
  readonly workerEntry?: URL
  /** The heap of one worker, in MiB. Default 1024. */
  readonly workerHeapMiB?: number
}

/** All decisions of a run. What a report names of them stands on `ReportPlan`. */
export interface Plan extends ReportPlan {
  readonly inputs: readonly string[]
  readonly workerCount: number
  readonly engine: Engine
  readonly maxEvidence: number
  readonly memoryBytes: number
  readonly tempDir: string
  readonly excludedPaths: readonly string[]
  readonly signal: AbortSignal | null
  readonly onProgress: ((progress: Progress) => void) | null
  readonly onReject: ((reject: RejectLine) => void) | null
  readonly onPartial: ((bytes: Uint8Array) => void) | null
  /** Null: nothing is kept. */
  readonly state: { readonly folder: string; readonly trustsMtime: boolean } | null
  readonly blockBytes: number
  readonly blockTimeoutMs: number
  readonly workerEntry: URL
  readonly workerHeapMiB: number
  readonly startedWorkers: Threads | null
}

/**
 * The plan that follows from what a caller wrote. Throws an `AnalyzeError` with the code `options` where a value
 * is out of range or two contradict each other.
 */
export function resolvePlan(inputs: readonly string[], options: AnalyzeOptions): Plan {
  const tuning = options.tuning ?? {}
  const threads = threadPlan(options)
  const plan: Plan = {
    inputs,
    workerCount: threads.workerCount,
    engine: threads.engine,
    hash: options.hash ?? true,
    since: options.since ?? null,
    until: options.until ?? null,
    participant: options.participant ?? null,
    modality: options.modality === undefined ? null : modalityName(options.modality),
    failed: options.failed ?? false,
    includeTests: options.includeTests ?? false,
    asOf: options.asOf ?? null,
    maxDurationTicks: options.maxDurationTicks ?? 24n * TICKS_PER_HOUR,
    maxRecordBytes: options.maxRecordBytes ?? 16 * MIB,
    maxDepth: options.maxDepth ?? 128,
    maxInflatedBytes: options.maxInflatedBytes ?? null,
    maxEntries: options.maxEntries ?? 10_000,
    names: options.names ?? false,
    pseudonymKey: options.pseudonymKey ?? null,
    maxEvidence: options.maxEvidence ?? 10_000,
    memoryBytes: options.memoryBytes ?? 256 * MIB,
    tempDir: options.tempDir ?? tmpdir(),
    excludedPaths: [...(options.excludedPaths ?? []), ...(options.state === undefined ? [] : [options.state.folder])],
    signal: options.signal ?? null,
    onProgress: options.onProgress ?? null,
    onReject: options.onReject ?? null,
    onPartial: options.onPartial ?? null,
    state:
      options.state === undefined
        ? null
        : { folder: options.state.folder, trustsMtime: options.state.trustMtime ?? false },
    blockBytes: tuning.blockBytes ?? 4 * MIB,
    blockTimeoutMs: tuning.blockTimeoutMs ?? 120_000,
    workerEntry: threads.entry,
    workerHeapMiB: threads.workerHeapMiB,
    startedWorkers: options.startedWorkers ?? null,
  }
  checkPlan(plan)
  return Object.freeze(plan)
}

/** What workers need of the plan. */
export function poolPlan(plan: Plan): PoolPlan {
  const { workerCount, engine, blockTimeoutMs, workerHeapMiB, workerEntry: entry } = plan
  const { maxRecordBytes, maxDepth, maxDurationTicks, asOf: asOfTicks, names: withNames } = plan
  return {
    workerCount,
    engine,
    blockTimeoutMs,
    workerHeapMiB,
    entry,
    limits: { maxRecordBytes, maxDepth, maxDurationTicks, asOfTicks, withNames },
  }
}

/** The member as the model writes it; a text that is none stays, for `checkPlan` to name. */
function modalityName(text: string): string {
  return lookUpMember(MODALITY, text)?.name ?? text
}

function checkPlan(plan: Plan): void {
  const fail = (message: string): never => {
    throw new AnalyzeError("options", message)
  }
  const whole = (name: string, value: number, least: number, most: number): void => {
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      fail(`${name} is ${value}; it must be a whole number from ${least} to ${most}`)
    }
  }
  if (plan.inputs.length === 0) fail("no input was named; name a file, a folder, a glob, or - for standard input")
  whole("workers", plan.workerCount, 1, 256)
  whole("maxRecordBytes", plan.maxRecordBytes, 1 * KIB, 256 * MIB)
  whole("maxDepth", plan.maxDepth, 8, 1000)
  whole("maxEntries", plan.maxEntries, 1, 10_000_000)
  whole("maxEvidence", plan.maxEvidence, 0, 100_000_000)
  whole("memoryBytes", plan.memoryBytes, 0, Number.MAX_SAFE_INTEGER)
  whole("blockBytes", plan.blockBytes, 1, 256 * MIB)
  if (plan.maxInflatedBytes !== null) whole("maxInflatedBytes", plan.maxInflatedBytes, 1, Number.MAX_SAFE_INTEGER)
  if (plan.maxDurationTicks < 0n) fail("maxDurationTicks is negative")
  if (plan.since !== null && plan.until !== null && plan.since >= plan.until) {
    fail("since is not before until, so no session could be counted")
  }
  if (plan.names && plan.pseudonymKey !== null) fail("names would undo pseudonymKey; leave one of them out")
  if (plan.state !== null && !plan.hash) fail("state knows inputs by their SHA-256; leave hash on")
  if (plan.pseudonymKey !== null && plan.onPartial !== null) {
    fail("a partial holds participant ids as they are; give pseudonymKey where partials are merged")
  }
  if (plan.pseudonymKey !== null && plan.pseudonymKey.length < 16) fail("pseudonymKey has fewer than 16 bytes")
  if (plan.participant !== null && participantKey(plan.participant) === null) {
    fail("participant stands for nobody in particular (empty, all zeros, masked or withheld), so no session has it")
  }
  if (plan.modality !== null && !(MODALITIES as readonly string[]).includes(plan.modality)) {
    fail(`modality is none of ${MODALITIES.join(", ")}`)
  }
}
