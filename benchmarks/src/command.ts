/** One program to run, as a list of words. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** A program whose output is this one's input. */
  readonly input?: Command
}

/** A script in a Node of its own. */
export function node(script: string, ...args: readonly string[]): Command {
  return { program: process.execPath, args: [script, ...args] }
}

/** As one would type it. */
export function commandText({ program, args, input }: Command): string {
  const text = [program, ...args].join(" ")
  return input === undefined ? text : `${commandText(input)} | ${text}`
}
