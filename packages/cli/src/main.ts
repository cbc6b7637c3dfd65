/** Runs a command line. Whatever happens, it ends with an exit code of the table and at most one message. */
import type { StartedWorkers } from "@callsift/core"
import { CommanderError } from "commander"
import { CliError } from "./cli-error.ts"
import { ExitCode } from "./exit-code.ts"
import { faultMessage } from "./fault.ts"
import { Stdout } from "./output/stdout.ts"
import { createProgram } from "./program.ts"
import { escapeText } from "./render/escape.ts"
import { restoreTerminal } from "./render/progress-line.ts"

/** Runs the command; the exit code is set, so that output under way is not cut off. The workers, if any, end with it. */
export async function main(args: readonly string[], workers: StartedWorkers | null): Promise<void> {
  // Where nobody listens to messages, there is nobody to tell.
  process.stderr.on("error", () => {})
  process.on("uncaughtException", (cause) => {
    restoreTerminal(process.stderr)
    process.exit(report(cause))
  })
  try {
    await run(args, workers)
  } catch (cause) {
    process.exitCode = report(cause)
  } finally {
    await workers?.close()
  }
}

async function run(args: readonly string[], workers: StartedWorkers | null): Promise<void> {
  let help = ""
  const program = createProgram({
    runAction: async (action) => {
      process.exitCode = await action()
    },
    printHelp: (text) => {
      help += text
    },
    columns: process.stdout.columns ?? 100,
    workers,
  })
  try {
    await program.parseAsync(args, { from: "user" })
  } catch (cause) {
    // commander has printed its message; help and the version are no errors.
    if (!(cause instanceof CommanderError)) throw cause
    process.exitCode = cause.exitCode === 0 ? ExitCode.ok : ExitCode.usage
  }
  await new Stdout().write(help)
}

/** Tells the user what ended the command. Returns the exit code. */
function report(cause: unknown): number {
  const isFault = !(cause instanceof CliError)
  process.stderr.write(`callsift: ${escapeText(isFault ? faultMessage(cause) : cause.message)}\n`)
  return isFault ? ExitCode.failed : cause.exitCode
}
