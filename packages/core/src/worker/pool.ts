/**
 * The pool of workers that decode blocks.
 *
 * Every block that goes in comes out as results in stream order, whatever happens to a worker: a block whose
 * worker failed is tried once more, then record by record, so that only the record that kills its worker is
 * lost, and that one is a reject (`worker/failed`). One task a worker at a time: an abort ends only its own task.
 */
import { Piscina } from "piscina"
import type { Block } from "../framing/block.ts"
import { failedRecord, splitBlock } from "./salvage.ts"
import type { BlockResult, BlockTask, DecodeLimits } from "./protocol.ts"

/** What a pool is made of. */
export interface PoolPlan {
  /** How many worker threads. */
  readonly workerCount: number
  readonly limits: DecodeLimits
  /** How long one block may take before its worker counts as hung. In milliseconds. */
  readonly blockTimeoutMs: number
  /** The heap of one worker. In MiB. */
  readonly workerHeapMiB: number
  /** The worker's module: exports a function from `BlockTask` to `BlockResult`. */
  readonly entry: URL
}

/** Decodes blocks in worker threads. */
export interface BlockPool {
  /** The results of a block, in stream order: one, or several where it had to be taken apart. Rejects only after `close`. */
  readonly decode: (block: Block, listedInFull: number) => Promise<readonly BlockResult[]>
  /** How many blocks had to be tried again. */
  readonly retriedBlockCount: () => number
  /** Ends all workers; decoding under way is given up. */
  readonly close: () => Promise<void>
}

/** What loads the worker's entry, beside this module. */
export const DEFAULT_ENTRY = new URL("./loader.cjs", import.meta.url)

/** Starts a worker, which loads its module while the first bytes are still being read; the others start when blocks wait. */
export function openPool(plan: PoolPlan): BlockPool {
  const piscina = new Piscina<BlockTask, BlockResult>({
    filename: plan.entry.href,
    minThreads: 1,
    maxThreads: plan.workerCount,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: plan.workerHeapMiB },
  })
  // A worker that dies between tasks has nobody waiting for it; Piscina starts another.
  piscina.on("error", () => {})
  let retriedBlockCount = 0
  let closed = false

  const attempt = async (block: Block, listedInFull: number): Promise<BlockResult | null> => {
    const timeout = AbortSignal.timeout(plan.blockTimeoutMs)
    try {
      return await piscina.run({ block, limits: plan.limits, listedInFull }, { signal: timeout })
    } catch (cause) {
      if (closed) throw cause
      return null
    }
  }
  const salvage = async (block: Block, listedInFull: number): Promise<BlockResult[]> => {
    const results: BlockResult[] = []
    for (const part of splitBlock(block, plan.limits)) {
      results.push((await attempt(part, listedInFull)) ?? failedRecord(part))
    }
    return results
  }
  return {
    decode: async (block, listedInFull) => {
      const first = await attempt(block, listedInFull)
      if (first !== null) return [first]
      retriedBlockCount += 1
      const second = await attempt(block, listedInFull)
      return second !== null ? [second] : salvage(block, listedInFull)
    },
    retriedBlockCount: () => retriedBlockCount,
    close: async () => {
      closed = true
      await piscina.destroy()
    },
  }
}
