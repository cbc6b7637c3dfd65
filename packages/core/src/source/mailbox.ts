/** Messages that come when they come, and are taken one after the other by one who waits for them. */
export class Mailbox<Message> {
  readonly #messages: Message[] = []
  #failure: Error | null = null
  #wake: () => void = () => {}

  put(message: Message): void {
    this.#messages.push(message)
    this.#wake()
  }

  /** No more will come, and why. */
  fail(failure: Error): void {
    this.#failure ??= failure
    this.#wake()
  }

  /** The next message. Throws the failure at once where there is one: what was not taken is of no use then. */
  async take(): Promise<Message> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure
      const message = this.#messages.shift()
      if (message !== undefined) return message
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
