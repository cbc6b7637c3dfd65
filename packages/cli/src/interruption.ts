/** SIGINT and SIGTERM: the first gives the command up, so that it leaves nothing behind; the second ends it at once. */
import { CliError } from "./cli-error.ts"
import { ExitCode } from "./exit-code.ts"
import { restoreTerminal } from "./render/progress-line.ts"

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
    } catch (cause) {
      // Whatever an interrupted run ends with, it ends because it was interrupted.
      interruption.check()
      throw cause
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

  /** Gives the work up without a signal: nobody wants its result any more. */
  abort(): void {
    this.#controller.abort()
  }

  readonly #onSignal = (name: NodeJS.Signals): void => {
    const isFirst = this.#exitCode === null
    this.#exitCode ??= name === "SIGTERM" ? ExitCode.terminated : ExitCode.interrupted
    if (isFirst) return this.#controller.abort()
    restoreTerminal(process.stderr)
    process.exit(this.#exitCode)
  }
}
