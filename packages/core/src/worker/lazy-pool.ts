/**
 * A pool that is started by its first block: where everything is kept from an earlier run, there is none. When it was
 * closed because nothing was left to decode, another block starts it anew.
 */
import { openKernelMemory } from "@callsift/kernel/memory"
import { openPool, type BlockPool, type PoolPlan } from "./pool.ts"
import { Threads } from "./threads.ts"

/** Opens a pool when it is needed. */
export function openWhenNeeded(plan: PoolPlan): BlockPool {
  const kernelMemory = openKernelMemory()
  let pool: BlockPool | null = null
  let isClosed = false
  let closed: Promise<unknown> = Promise.resolve()
  return {
    kernelMemory,
    decode: (work) => {
      if (pool === null || isClosed) pool = openPool(plan, new Threads(plan, kernelMemory))
      isClosed = false
      return pool.decode(work)
    },
    retriedBlockCount: () => pool?.retriedBlockCount() ?? 0,
    handedOverCount: () => pool?.handedOverCount() ?? 0,
    close: async () => {
      isClosed = true
      closed = Promise.all([closed, pool?.close()])
      await closed
    },
  }
}
