/** What the callsift at hand can do, by its own help: suites about what it lacks are left out and say so. */
import { execFileSync } from "node:child_process"
import { CALLSIFT } from "./places.ts"

/** Whether `callsift analyze` has an option such as `--engine`. */
function hasOption(option: string): boolean {
  return help("analyze").includes(`  ${option}`)
}

/** Which of these words are options that `callsift analyze` lacks; null where it has them all. */
export function lacking(args: readonly string[]): string | null {
  const option = args.find((each) => each.startsWith("--") && !hasOption(each))
  return option === undefined ? null : `callsift has no ${option}`
}

/** Whether callsift has a command such as `merge`. */
export function hasCommand(name: string): boolean {
  return help().includes(`\n  ${name} `)
}

const known = new Map<string, string>()

function help(...command: readonly string[]): string {
  const key = command.join(" ")
  const text = known.get(key) ?? execFileSync(process.execPath, [CALLSIFT, ...command, "--help"], { encoding: "utf8" })
  known.set(key, text)
  return text
}
