/** `callsift rules`: every code, what it means and what to do. */
import { FINDING_CODES, findingRule, REJECT_CODES, rejectTitle } from "@callsift/core"
import { ExitCode } from "../exit-code.ts"
import { Stdout } from "../output/stdout.ts"
import { padEnd, paintFor } from "../render/style.ts"

const CODE_WIDTH = 34

/** Prints the rules. Returns the exit code. */
export async function rulesCommand(flags: { readonly color: boolean }): Promise<number> {
  const stdout = new Stdout()
  const paint = paintFor(process.stdout, flags.color)
  await stdout.writeLines([
    paint("bold", "Rejects: no fact comes of the record"),
    ...REJECT_CODES.map((code) => `  ${padEnd(code, CODE_WIDTH)}${rejectTitle(code)}`),
    "",
    paint("bold", "Findings: something is wrong with what is kept"),
    ...FINDING_CODES.flatMap((code) => {
      const { severity, title, advice } = findingRule(code)
      return [
        `  ${padEnd(code, CODE_WIDTH)}${padEnd(severity, 9)}${title}`,
        `  ${" ".repeat(CODE_WIDTH)}${paint("dim", advice)}`,
      ]
    }),
  ])
  return ExitCode.ok
}
