/** Lets a bounded number of works go on at once. The others wait, and begin in the order they came. */
export class Turns {
  /** How many more may begin; negative where more go on than may. */
  #freeCount: number
  #count: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#freeCount = count
    this.#count = count
  }

  /** Begins `work` when it is its turn; gives what it gives. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#freeCount > 0) this.#freeCount -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      this.#end()
    }
  }

  /** From now on fewer go on at once. None that goes on is ended. */
  limit(count: number): void {
    this.#freeCount -= this.#count - count
    this.#count = count
  }

  #end(): void {
    const next = this.#freeCount < 0 ? undefined : this.#waiting.shift()
    if (next === undefined) this.#freeCount += 1
    else next()
  }
}
