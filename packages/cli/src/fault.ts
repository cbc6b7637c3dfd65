/**
 * A fault of callsift itself, as data. Its message is left out: that of the language's own errors may quote the text
 * that they are about.
 */
import { basename } from "node:path"

/** What `run.json` holds after a fault. */
export interface Fault {
  /** Such as `TypeError`. */
  readonly name: string
  /** Where it arose: the innermost call first. */
  readonly stack: readonly string[]
}

/** The fault that a thrown value stands for. */
export function faultOf(cause: unknown): Fault {
  if (!(cause instanceof Error)) return { name: typeof cause, stack: [] }
  const lines = callsOf(cause).split("\n")
  return { name: cause.name, stack: lines.filter((line) => /^\s+at \S/.test(line)).map((line) => line.trim()) }
}

/** The stack behind the message, which may have lines that look like calls. */
function callsOf({ stack = "", message }: Error): string {
  return stack.slice(Math.max(0, stack.indexOf(message)) + message.length)
}

/** V8 sets some 10 GB of addresses aside for each memory of WebAssembly, of which little is ever used. */
const NO_ADDRESSES =
  "the process may not have the 64 GB of addresses that WebAssembly sets aside, though it uses few of them; lift the limit (ulimit -v unlimited) and run again"

/** One line for the user. */
export function faultMessage(cause: unknown): string {
  if (cause instanceof RangeError && /^WebAssembly\b.*memory/i.test(cause.message)) return NO_ADDRESSES
  const { name, stack } = faultOf(cause)
  const place = /([^\s()]+:\d+:\d+)\)?$/.exec(stack[0] ?? "")?.[1]
  const where = place === undefined ? "" : ` at ${basename(place)}`
  return `a fault of callsift itself: ${name}${where}; please report it with the version and the command line`
}
