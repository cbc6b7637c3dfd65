/** The decisions about worker threads. They are the first that are made, so that threads start before all else. */
import { availableParallelism } from "node:os"
import type { Engine } from "./worker/protocol.ts"
import { DEFAULT_ENTRY, type ThreadPlan } from "./worker/threads.ts"

/** What a caller may decide of threads; see `AnalyzeOptions` and `Tuning`. */
export interface ThreadOptions {
  readonly workers?: number
  readonly engine?: Engine
  readonly tuning?: { readonly workerEntry?: URL; readonly workerHeapMiB?: number }
}

/** The threads that a run with these options needs. */
export function threadPlan({ workers, engine = "fast", tuning = {} }: ThreadOptions): ThreadPlan {
  return {
    workerCount: workers ?? defaultWorkerCount(engine),
    engine,
    entry: tuning.workerEntry ?? DEFAULT_ENTRY,
    workerHeapMiB: tuning.workerHeapMiB ?? 1024,
  }
}

/** The fast engine is faster than what feeds it, so that one worker more only takes turns with it. */
function defaultWorkerCount(engine: Engine): number {
  const coreCount = availableParallelism()
  return Math.min(Math.max(engine === "fast" ? coreCount - 1 : coreCount, 1), 8)
}
