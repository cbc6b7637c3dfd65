/**
 * `run.json`: what changes from run to run and therefore is in no report: times, the machine, versions, where
 * every byte went, and what happened to workers.
 */
import { availableParallelism, hostname, release } from "node:os"
import { performance } from "node:perf_hooks"
import type { Engine } from "./worker/protocol.ts"
import type { ByteAccount } from "./framing/block.ts"

/** Written as `run.json`. */
export interface RunDocument {
  readonly format: "callsift-run"
  readonly tool: { readonly name: string; readonly version: string }
  /** RFC 3339, UTC. */
  readonly startedAt: string
  readonly elapsedSeconds: number
  readonly machine: {
    readonly host: string
    readonly platform: string
    readonly release: string
    readonly arch: string
    readonly cores: number
    readonly node: string
  }
  readonly workers: number
  /** Share of the time in which the main thread was not waiting. From 0 to 1. */
  readonly mainThreadBusyShare: number
  /** CPU time of all threads. */
  readonly cpuSeconds: number
  /** The largest resident set of the process. */
  readonly peakMemoryBytes: number
  readonly blocks: number
  /** Blocks whose worker failed and that were tried again. */
  readonly retriedBlocks: number
  readonly engine: Engine
  /** Records and sessions that the fast engine left to the reference; and their share of all sessions. */
  readonly handedOver: number
  readonly handedOverShare: number
  /** Of a run over partials: those that were left out, and why. */
  readonly refusedPartials?: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  /** Of a run with a state folder: how many files were taken from it, made for it and gone on with; what of it was damaged. */
  readonly state?: {
    readonly reused: number
    readonly made: number
    readonly resumed: number
    readonly damaged: readonly { readonly path: string; readonly message: string }[]
  }
  /** Where the bytes of each input went; the four numbers of an account sum to `decodedBytes`. */
  readonly inputs: readonly InputRun[]
}

/** The bytes of one input. */
export interface InputRun extends ByteAccount {
  readonly path: string
  readonly entry?: string
  readonly decodedBytes: number
  /** NUL bytes after the last record, which count as separators. */
  readonly nulTailBytes: number
}

/** Makes the document at the end of a run. */
export type FinishRun = (
  counts: Pick<
    RunDocument,
    | "tool"
    | "workers"
    | "blocks"
    | "retriedBlocks"
    | "engine"
    | "handedOver"
    | "handedOverShare"
    | "refusedPartials"
    | "state"
    | "inputs"
  >,
) => RunDocument

/** Starts the clock of a run. */
export function startRun(): FinishRun {
  const startedAt = new Date()
  const startMs = performance.now()
  const startUtilization = performance.eventLoopUtilization()
  const startCpu = process.cpuUsage()
  return ({ tool, ...counts }) => {
    const cpu = process.cpuUsage(startCpu)
    return {
      format: "callsift-run",
      tool,
      startedAt: startedAt.toISOString(),
      elapsedSeconds: (performance.now() - startMs) / 1000,
      machine: {
        host: hostname(),
        platform: process.platform,
        release: release(),
        arch: process.arch,
        cores: availableParallelism(),
        node: process.version,
      },
      mainThreadBusyShare: performance.eventLoopUtilization(startUtilization).utilization,
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      ...counts,
    }
  }
}
