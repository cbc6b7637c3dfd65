/** `@callsift/core/workers`: starts workers before the rest of the library is loaded, and before options are known. */
import { threadPlan } from "./thread-options.ts"
import { Threads } from "./worker/threads.ts"

/** Starts the workers that a run needs by default; give them to it as the option `startedWorkers`. Throws where the system has no room for them. */
export function startWorkers(): Threads {
  return new Threads(threadPlan({}))
}
