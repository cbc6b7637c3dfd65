/** The workers of a run, as long as it needs them. */
import { AnalyzeError } from "./analyze-error.ts"
import { poolPlan, type Plan } from "./options.ts"
import { openWhenNeeded } from "./worker/lazy-pool.ts"
import { openPool, type BlockPool } from "./worker/pool.ts"

/**
 * Does a plan's work with a pool of workers that is closed whatever happens. Rejects with an `AnalyzeError` of the code
 * `aborted` where the plan's signal ended it, else with what the work rejects with.
 */
export async function withPool<Result>(plan: Plan, work: (pool: BlockPool) => Promise<Result>): Promise<Result> {
  const pool = openPlanned(plan)
  const giveUp = (): void => void pool.close()
  plan.signal?.addEventListener("abort", giveUp)
  try {
    plan.signal?.throwIfAborted()
    return await work(pool)
  } catch (cause) {
    throw plan.signal?.aborted === true ? new AnalyzeError("aborted", "the run was interrupted", { cause }) : cause
  } finally {
    plan.signal?.removeEventListener("abort", giveUp)
    await pool.close()
  }
}

function openPlanned(plan: Plan): BlockPool {
  const { state, startedWorkers } = plan
  const ofPool = poolPlan(plan)
  if (state === null && startedWorkers?.fit(ofPool) === true) return openPool(ofPool, startedWorkers)
  startedWorkers?.close().catch(() => {})
  return state === null ? openPool(ofPool) : openWhenNeeded(ofPool)
}
