/**
 * The pool of workers that decode blocks.
 *
 * Every block that goes in comes out as results in stream order, whatever happens to a worker: a block whose
 * worker failed is tried once more, then record by record, so that only the record that kills its worker is
 * lost, and that one is a reject (`worker/failed`). What is tried again is alone with its worker.
 */
import type { KernelMemory } from "@callsift/kernel/memory"
import type { Block } from "../framing/block.ts"
import { HandOut } from "./hand-out.ts"
import type { BlockResult, BlockTask, DecodeLimits } from "./protocol.ts"
import { receivedResult } from "./sent-result.ts"
import { Threads, type ThreadPlan } from "./threads.ts"

/** What a pool is made of. */
export interface PoolPlan extends ThreadPlan {
  readonly limits: DecodeLimits
  /** How long one block may take before its worker counts as hung. In milliseconds. */
  readonly blockTimeoutMs: number
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

/** A pool of threads that are started now, or have been started before. */
export function openPool(plan: PoolPlan, threads: Threads = new Threads(plan)): BlockPool {
  let retriedBlockCount = 0
  let handedOverCount = 0
  let hasDecoded = false
  let isClosed = false

  const handOut = new HandOut(threads.piscina, plan.workerCount, plan.blockTimeoutMs)
  const attempt = async (work: BlockWork): Promise<Attempt> => {
    try {
      const sent = await handOut.run({ ...work, limits: plan.limits, engine: plan.engine })
      hasDecoded = true
      handedOverCount += sent.handedOverCount
      return { result: receivedResult(sent) }
    } catch (cause) {
      if (isClosed) throw cause
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
      return threads.kernelMemory
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
      isClosed = true
      handOut.close()
      return threads.close()
    },
  }
}
