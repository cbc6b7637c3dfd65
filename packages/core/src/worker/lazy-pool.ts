/** A pool that is started by its first block: where everything is kept from an earlier run, there is none. */
import { openKernelMemory } from "@callsift/kernel"
import { openPool, type BlockPool, type PoolPlan } from "./pool.ts"

/** Opens a pool when it is needed. */
export function openWhenNeeded(plan: PoolPlan): BlockPool {
  const kernelMemory = openKernelMemory()
  let pool: BlockPool | null = null
  let isClosed = false
  return {
    kernelMemory,
    decode: (work) => {
      if (isClosed) return Promise.reject(new Error("the pool is closed"))
      pool ??= openPool(plan, kernelMemory)
      return pool.decode(work)
    },
    retriedBlockCount: () => pool?.retriedBlockCount() ?? 0,
    handedOverCount: () => pool?.handedOverCount() ?? 0,
    close: async () => {
      isClosed = true
      await pool?.close()
    },
  }
}
