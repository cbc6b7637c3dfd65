#!/usr/bin/env node
/** The entry of the command `callsift`. Whatever happens, it ends with an exit code of the table and at most one message. */
import { CommanderError } from "commander"
import { CliError } from "./cli-error.ts"
import { ExitCode } from "./exit-code.ts"
import { faultMessage } from "./fault.ts"
import { Stdout } from "./output/stdout.ts"
import { createProgram } from "./program.ts"
import { escapeText } from "./render/escape.ts"
import { restoreTerminal } from "./render/progress-line.ts"

/** Parses the arguments and runs the command; the exit code is set, so that output under way is not cut off. */
async function main(args: readonly string[]): Promise<void> {
  let help = ""
  const program = createProgram({
    runAction: async (action) => {
      process.exitCode = await action()
    },
    printHelp: (text) => {
      help += text
    },
    columns: process.stdout.columns ?? 100,
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

// Where nobody listens to messages, there is nobody to tell.
process.stderr.on("error", () => {})
process.on("uncaughtException", (cause) => {
  restoreTerminal(process.stderr)
  process.exit(report(cause))
})
main(process.argv.slice(2)).catch((cause: unknown) => {
  process.exitCode = report(cause)
})
