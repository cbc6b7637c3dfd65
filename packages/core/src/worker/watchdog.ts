/** Notices that nothing comes back any more, by one timer for all that is waited for. */
export class Watchdog {
  readonly #timeoutMs: number
  readonly #onTimeout: () => void
  #timer: NodeJS.Timeout | null = null
  #waitCount = 0

  /** Calls `onTimeout` where something is waited for and nothing came for so long, in milliseconds. */
  constructor(timeoutMs: number, onTimeout: () => void) {
    this.#timeoutMs = timeoutMs
    this.#onTimeout = onTimeout
  }

  /** Waits for what is given; it gives what that gives. */
  async watch<Result>(awaited: Promise<Result>): Promise<Result> {
    if (this.#waitCount === 0) this.#start()
    this.#waitCount += 1
    try {
      return await awaited
    } finally {
      this.#waitCount -= 1
      if (this.#waitCount > 0) this.#start()
    }
  }

  /** Notices nothing from now on. */
  close(): void {
    clearTimeout(this.#timer ?? undefined)
    this.#timer = null
  }

  #start(): void {
    if (this.#timer !== null) this.#timer.refresh()
    else this.#timer = setTimeout(() => this.#end(), this.#timeoutMs).unref()
  }

  #end(): void {
    if (this.#waitCount > 0) this.#onTimeout()
  }
}
