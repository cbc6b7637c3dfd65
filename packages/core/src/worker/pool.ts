/**
 * The pool of workers that decode blocks.
 *
 * Every block that goes in comes out as results in stream order, whatever happens to a worker: a block whose
 * worker failed is tried once more, then record by record, so that only the record that kills its worker is
 * lost, and that one is a reject (`worker/failed`). What is tried again is alone with its worker.
 */
import { openKernelMemory, type KernelMemory } from "@callsift/kernel/memory"
import { Piscina } from "piscina"
import type { Block } from "../framing/block.ts"
import { HandOut, TASKS_PER_THREAD } from "./hand-out.ts"
import type { BlockResult, BlockTask, DecodeLimits, Engine, WorkerData } from "./protocol.ts"
import { receivedResult, type SentResult } from "./sent-result.ts"

/** What a pool is made of. */
export interface PoolPlan {
  /** How many worker threads. */
  readonly workerCount: number
  readonly limits: DecodeLimits
  readonly engine: Engine
  /** How long one block may take before its worker counts as hung. In milliseconds. */
  readonly blockTimeoutMs: number
  /** The heap of one worker. In MiB. */
  readonly workerHeapMiB: number
  /** The worker's module: exports a function from `BlockTask` to `SentResult`. */
  readonly entry: URL
}

/** A block, and what belongs to it alone. */
export type BlockWork = Omit<BlockTask, "limits" | "engine">

/** Decodes blocks in worker threads. */
export interface BlockPool {
  /** The memory of the workers' kernels: a block that lies in it is not copied. Null when the pool was closed. */
  readonly kernelMemory: KernelMemory | null
  /** The results of a block, in stream order: one, or several where it had to be taken apart. Rejects only after `close`. */
  readonly decode: (work: BlockWork) => Promise<readonly BlockResult[]>
  /** How many blocks had to be tried again. */
  readonly retriedBlockCount: () => number
  /** How many records and sessions the fast engine left to the reference. */
  readonly handedOverCount: () => number
  /** Ends all workers; decoding under way is given up. Whoever asks again waits for the same end. */
  readonly close: () => Promise<void>
}

/** What became of handing a block out once. */
type Attempt =
  | { readonly result: BlockResult; readonly cause?: undefined }
  | { readonly result: null; readonly cause: unknown }

/** What loads the worker's entry, beside this module. */
export const DEFAULT_ENTRY = new URL("./loader.cjs", import.meta.url)

/** Starts the workers; they load their module while the first bytes are still being read. */
export function openPool(plan: PoolPlan, kernelMemory: KernelMemory = openKernelMemory()): BlockPool {
  // Let go of by `close`, though Piscina still holds its options: it is large.
  const workerData: Omit<WorkerData, "kernelMemory"> & { kernelMemory: KernelMemory | null } = {
    kernelMemory,
    engine: plan.engine,
  }
  const piscina = new Piscina<BlockTask, SentResult>({
    filename: plan.entry.href,
    minThreads: plan.workerCount,
    maxThreads: plan.workerCount,
    // Else Piscina ends a worker whenever it waits for a block, and starts another for the next.
    idleTimeout: Infinity,
    concurrentTasksPerWorker: TASKS_PER_THREAD,
    // Nobody asks for its histograms.
    recordTiming: false,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: plan.workerHeapMiB },
  })
  // A worker that dies between tasks has nobody waiting for it; Piscina starts another.
  piscina.on("error", () => {})
  let retriedBlockCount = 0
  let handedOverCount = 0
  let hasDecoded = false
  let closing: Promise<void> | null = null

  const handOut = new HandOut(piscina, plan.workerCount, plan.blockTimeoutMs)
  const attempt = async (work: BlockWork): Promise<Attempt> => {
    try {
      const sent = await handOut.run({ ...work, limits: plan.limits, engine: plan.engine })
      hasDecoded = true
      handedOverCount += sent.handedOverCount
      return { result: receivedResult(sent) }
    } catch (cause) {
      if (closing !== null) throw cause
      return { result: null, cause }
    }
  }
  const salvage = async (work: BlockWork): Promise<BlockResult[]> => {
    const { failedRecord, splitBlock } = await import("./salvage.ts")
    const attempts: (Attempt & { readonly part: Block })[] = []
    for (const part of splitBlock(work.block, plan.limits))
      attempts.push({ part, ...(await attempt({ ...work, block: part })) })
    // Workers that never decoded anything are not killed by records: they do not even start.
    const [first] = attempts
    if (!hasDecoded && attempts.length > 1) throw new Error("workers cannot be started", { cause: first?.cause })
    return attempts.map(({ part, result }) => result ?? failedRecord(part))
  }
  return {
    get kernelMemory() {
      return workerData.kernelMemory
    },
    decode: async (work) => {
      const first = await attempt(work)
      if (first.result !== null) return [first.result]
      retriedBlockCount += 1
      // The worker that failed may not have ended yet, and may still write to the memory.
      const again = { ...work, rowMemory: null }
      const second = await attempt(again)
      return second.result !== null ? [second.result] : salvage(again)
    },
    retriedBlockCount: () => retriedBlockCount,
    handedOverCount: () => handedOverCount,
    close: () => {
      workerData.kernelMemory = null
      handOut.close()
      return (closing ??= piscina.destroy())
    },
  }
}
