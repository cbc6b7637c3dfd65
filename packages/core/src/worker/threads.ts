/** The threads of a pool. What they decode need not be known when they are started. */
import { openKernelMemory, type KernelMemory } from "@callsift/kernel/memory"
import { Piscina } from "piscina"
import { TASKS_PER_THREAD } from "./hand-out.ts"
import type { BlockTask, Engine, WorkerData } from "./protocol.ts"
import type { SentResult } from "./sent-result.ts"

/** What has to be decided before threads are started. */
export interface ThreadPlan {
  /** How many worker threads. */
  readonly workerCount: number
  readonly engine: Engine
  /** The heap of one worker. In MiB. */
  readonly workerHeapMiB: number
  /** The worker's module: exports a function from `BlockTask` to `SentResult`. */
  readonly entry: URL
}

/** What loads the worker's entry, beside this module. */
export const DEFAULT_ENTRY = new URL("./loader.cjs", import.meta.url)

/** Threads that have been started; they load their module while their first task is on its way. */
export class Threads {
  readonly piscina: Piscina<BlockTask, SentResult>
  readonly #plan: ThreadPlan
  /** Let go of by `close`, though Piscina still holds its options: it is large. */
  readonly #workerData: Omit<WorkerData, "kernelMemory"> & { kernelMemory: KernelMemory | null }
  #closing: Promise<void> | null = null

  constructor(plan: ThreadPlan, kernelMemory: KernelMemory = openKernelMemory()) {
    this.#plan = plan
    this.#workerData = { kernelMemory, engine: plan.engine }
    this.piscina = new Piscina<BlockTask, SentResult>({
      filename: plan.entry.href,
      minThreads: plan.workerCount,
      maxThreads: plan.workerCount,
      // Else Piscina ends a worker whenever it waits for a block, and starts another for the next.
      idleTimeout: Infinity,
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      // Nobody asks for its histograms.
      recordTiming: false,
      workerData: this.#workerData,
      resourceLimits: { maxOldGenerationSizeMb: plan.workerHeapMiB },
    })
    // A worker that dies between tasks has nobody waiting for it; Piscina starts another.
    this.piscina.on("error", () => {})
  }

  /** The memory of the workers' kernels. Null when the threads were ended. */
  get kernelMemory(): KernelMemory | null {
    return this.#workerData.kernelMemory
  }

  /** Whether these are the threads that a plan asks for, and have not ended. */
  fit({ workerCount, engine, workerHeapMiB, entry }: ThreadPlan): boolean {
    const own = this.#plan
    return (
      this.#closing === null &&
      own.workerCount === workerCount &&
      own.engine === engine &&
      own.workerHeapMiB === workerHeapMiB &&
      own.entry.href === entry.href
    )
  }

  /** Ends all threads. Whoever asks again waits for the same end. */
  close(): Promise<void> {
    this.#workerData.kernelMemory = null
    return (this.#closing ??= this.piscina.destroy())
  }
}
