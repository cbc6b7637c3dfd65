/**
 * Hands tasks out to the threads of a Piscina pool: two a thread, so that the next one lies there when one is done and
 * nobody has to be woken for it. When the first fails, those beside it may have failed with it; from then on each
 * thread has one at a time, which an abort ends alone.
 */
import type { Piscina } from "piscina"
import { Turns } from "./turns.ts"
import { Watchdog } from "./watchdog.ts"

/** Tasks that a thread is given before one of them fails. */
export const TASKS_PER_THREAD = 2

export class HandOut<Task, Result> {
  readonly #piscina: Piscina<Task, Result>
  readonly #timeoutMs: number
  readonly #threadCount: number
  readonly #turns: Turns
  readonly #watchdog: Watchdog
  #isCareful = false

  /** For a pool of `threadCount` threads, in which a task may take so many milliseconds. */
  constructor(piscina: Piscina<Task, Result>, threadCount: number, timeoutMs: number) {
    this.#piscina = piscina
    this.#threadCount = threadCount
    this.#timeoutMs = timeoutMs
    // What waited in Piscina's queue would run out of time while another hangs.
    this.#turns = new Turns(TASKS_PER_THREAD * threadCount)
    this.#watchdog = new Watchdog(timeoutMs, () => this.#endThreads())
  }

  /** The result of a task. Rejects where its thread failed or took too long, or failed because of the task beside it. */
  run(task: Task): Promise<Result> {
    return this.#turns.take(() => (this.#isCareful ? this.#runAlone(task) : this.#runBeside(task)))
  }

  /** The pool was or is destroyed. */
  close(): void {
    this.#watchdog.close()
  }

  /** The timer of `AbortSignal.timeout` would let the process end before. */
  async #runAlone(task: Task): Promise<Result> {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), this.#timeoutMs)
    try {
      return await this.#piscina.run(task, { signal: controller.signal })
    } finally {
      clearTimeout(timer)
    }
  }

  /** Cannot be aborted: Piscina gives nothing else to a thread whose task can. */
  async #runBeside(task: Task): Promise<Result> {
    try {
      return await this.#watchdog.watch(this.#piscina.run(task))
    } catch (cause) {
      // Before its turn ends: what waits begins alone already.
      if (!this.#isCareful) this.#turns.limit(this.#threadCount)
      this.#isCareful = true
      throw cause
    }
  }

  /** Which of them hangs is not known. Their tasks fail, as those fail that no thread takes, and Piscina starts others. */
  #endThreads(): void {
    for (const thread of this.#piscina.threads) void thread.terminate()
  }
}
