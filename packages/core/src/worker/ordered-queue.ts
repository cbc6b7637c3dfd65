/**
 * Work that is done out of step and taken in order. A bounded number of results is waited for at once: adding to a
 * full queue waits for the first of them.
 */
export class OrderedQueue {
  readonly #capacity: number
  readonly #steps: (() => Promise<void>)[] = []
  #waiting = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Calls `take` with the result of `work` when all before it were taken; without `work` it takes no place in the queue. */
  async add(take: () => void): Promise<void>
  async add<Result>(take: (result: Result) => void, work: Promise<Result>): Promise<void>
  async add<Result>(take: (result: Result) => void, work?: Promise<Result>): Promise<void> {
    // A failure is met where it is taken; until then nobody may be looking.
    work?.catch(() => {})
    if (work !== undefined) this.#waiting += 1
    this.#steps.push(async () => {
      take((await work) as Result)
      if (work !== undefined) this.#waiting -= 1
    })
    while (this.#waiting >= this.#capacity || (this.#waiting === 0 && this.#steps.length > 0)) await this.#takeFirst()
  }

  /** Takes all that is left. */
  async drain(): Promise<void> {
    while (this.#steps.length > 0) await this.#takeFirst()
  }

  async #takeFirst(): Promise<void> {
    await this.#steps.shift()?.()
  }
}
