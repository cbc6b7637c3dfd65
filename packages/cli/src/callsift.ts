#!/usr/bin/env node
/** The entry of the command `callsift`. */
import { CommanderError } from "commander"
import { CliError } from "./cli-error.ts"
import { ExitCode } from "./exit-code.ts"
import { createProgram } from "./program.ts"

/** Parses the arguments and runs the command; the exit code is set, so that output under way is not cut off. */
async function main(args: readonly string[]): Promise<void> {
  const program = createProgram(async (action) => {
    process.exitCode = await action()
  })
  for (const command of [program, ...program.commands]) command.exitOverride()
  try {
    await program.parseAsync(args, { from: "user" })
  } catch (cause) {
    process.exitCode = report(cause)
  }
}

/** Tells the user what ended the command. Returns the exit code. */
function report(cause: unknown): number {
  // commander has printed its message, or help or the version, which are no errors.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? ExitCode.ok : ExitCode.usage
  if (cause instanceof CliError) {
    process.stderr.write(`callsift: ${cause.message}\n`)
    return cause.exitCode
  }
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  process.stderr.write(
    `callsift: a fault of callsift itself: ${what.split("\n")[0]}; please report it with the command line\n`,
  )
  if (process.env["CALLSIFT_DEBUG"] !== undefined && cause instanceof Error) process.stderr.write(`${cause.stack}\n`)
  return ExitCode.failed
}

await main(process.argv.slice(2))
