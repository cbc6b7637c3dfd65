/** What can be wrong with the structure of a document, as the report says it; a line that has such a fault is rejected. */
export const STRUCTURE_FAULTS = {
  misplacedComma: "a comma stands where a value should be",
  trailingComma: "a comma stands before the end of a list",
  missingComma: "a comma is missing between two values of a list",
  wrongListEnd: "a } closes a list that was opened by [",
  wrongBracket: "a closing bracket does not match the opening one",
  outside: "a closing bracket or comma stands outside of any value",
  secondList: "a second list of records stands in one object",
  nulBytes: "NUL bytes stand between two values",
} as const
export type StructureFault = keyof typeof STRUCTURE_FAULTS

/** Where and why a document could not be read on. */
export interface FramingFault {
  readonly code: "input/corrupt" | "input/truncated"
  readonly message: string
  readonly byteOffset: number
}
