/** SIGINT and SIGTERM: the first gives the command up, so that it leaves nothing behind; the second ends it at once. */
import { CliError } from "./cli-error.ts"
import { ExitCode } from "./exit-code.ts"

/** What a command is told of signals. */
export class Interruption {
  #exitCode: number | null = null
  readonly #controller = new AbortController()

  /** Runs a command's work; afterwards signals do again what they do by themselves. */
  static async during<Result>(work: (interruption: Interruption) => Promise<Result>): Promise<Result> {
    const interruption = new Interruption()
    process.on("SIGINT", interruption.#onSignal).on("SIGTERM", interruption.#onSignal)
    try {
      return await work(interruption)
    } finally {
      process.off("SIGINT", interruption.#onSignal).off("SIGTERM", interruption.#onSignal)
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Throws where a signal has come. */
  check(): void {
    if (this.#exitCode !== null) throw new CliError(this.#exitCode, "interrupted; earlier outputs are as they were")
  }

  readonly #onSignal = (name: NodeJS.Signals): void => {
    const isFirst = this.#exitCode === null
    this.#exitCode ??= name === "SIGTERM" ? ExitCode.terminated : ExitCode.interrupted
    if (isFirst) return this.#controller.abort()
    process.stderr.write(cursorBack())
    process.exit(this.#exitCode)
  }
}

/** The progress line may have hidden it. */
function cursorBack(): string {
  return process.stderr.isTTY ? "\u001b[?25h" : ""
}
