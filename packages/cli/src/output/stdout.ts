/** Writing to standard output so that nothing is lost: every write is waited for, and a full device is an error. */
import { once } from "node:events"
import { CliError, systemCode } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"

/** Standard output. */
export class Stdout {
  #isClosed = false
  #failure: unknown = null

  constructor() {
    process.stdout.on("error", (cause: unknown) => {
      if (systemCode(cause) === "EPIPE") this.#isClosed = true
      else this.#failure ??= cause
    })
  }

  /** Whoever reads has seen enough, as `head` does: not an error. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Writes lines; stops in silence once the reader has gone. Throws where the device is full or fails. */
  async writeLines(lines: Iterable<string>): Promise<void> {
    let batch = ""
    for (const line of lines) {
      batch += `${line}\n`
      if (batch.length < 65_536) continue
      await this.write(batch)
      batch = ""
      if (this.#isClosed) return
    }
    await this.write(batch)
  }

  async write(data: string | Uint8Array): Promise<void> {
    if (this.#isClosed || data.length === 0) return
    await new Promise<void>((resolve) => {
      process.stdout.write(data, () => resolve())
    })
    this.#check()
  }

  /** Waits until everything is written. */
  async finish(): Promise<void> {
    if (!this.#isClosed && process.stdout.writableNeedDrain) await once(process.stdout, "drain")
    this.#check()
  }

  #check(): void {
    if (this.#failure === null) return
    throw new CliError(ExitCode.failed, `standard output could not be written (${systemCode(this.#failure)})`, {
      cause: this.#failure,
    })
  }
}
