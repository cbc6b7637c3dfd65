/** Notices that nothing comes back any more, by one timer for all that is waited for. */
export class Watchdog {
  readonly #timeoutMs: number
  readonly #onTimeout: () => void
  #timer: NodeJS.Timeout | null = null
  /** Ends the waiting for each. */
  readonly #waiting = new Set<(cause: Error) => void>()

  /** Calls `onTimeout` where something is waited for and nothing came for so long, in milliseconds. */
  constructor(timeoutMs: number, onTimeout: () => void) {
    this.#timeoutMs = timeoutMs
    this.#onTimeout = onTimeout
  }

  /** Waits for what is given; it gives what that gives, and rejects where nothing came for too long. */
  async watch<Result>(awaited: Promise<Result>): Promise<Result> {
    if (this.#waiting.size === 0) this.#start()
    let giveUp = (_cause: Error): void => {}
    try {
      return await new Promise<Result>((resolve, reject) => {
        giveUp = reject
        this.#waiting.add(giveUp)
        awaited.then(resolve, reject)
      })
    } finally {
      this.#waiting.delete(giveUp)
      if (this.#waiting.size > 0) this.#start()
      else this.#timer?.unref()
    }
  }

  /** Notices nothing from now on. */
  close(): void {
    clearTimeout(this.#timer ?? undefined)
    this.#timer = null
  }

  /** The process does not end before. */
  #start(): void {
    if (this.#timer !== null) this.#timer.ref().refresh()
    else this.#timer = setTimeout(() => this.#end(), this.#timeoutMs)
  }

  #end(): void {
    if (this.#waiting.size === 0) return
    this.#onTimeout()
    const cause = new Error(`nothing came for ${this.#timeoutMs} ms`)
    for (const giveUp of this.#waiting) giveUp(cause)
  }
}
