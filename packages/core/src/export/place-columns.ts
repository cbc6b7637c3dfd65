/** Where the bytes of a session lie, so that every row goes back to them. */
import type { InputSummary } from "../facts/input.ts"
import { column, notNull, numbersOf, repeatedText, type FactColumn } from "./column.ts"
import { wellFormed } from "./texts.ts"

/** What names an input. */
export type InputName = Pick<InputSummary, "path" | "entry" | "sha256">

/** The columns of the place; `inputs` by their number in the facts. */
export function placeColumns(inputs: readonly InputName[]): readonly FactColumn[] {
  return [
    notNull(inputText(inputs, "input", "Path of the input, as given, / between its parts", "path")),
    inputText(inputs, "entry", "Name in the zip archive; null outside of one", "entry"),
    inputText(
      inputs,
      "inputSha256",
      "SHA-256 of the input as stored, of an entry as inflated; null with --no-hash",
      "sha256",
    ),
    ...PLACE_COLUMNS,
  ]
}

function inputText(inputs: readonly InputName[], name: string, description: string, key: keyof InputName): FactColumn {
  return repeatedText(
    name,
    description,
    numbersOf("input"),
    () => (number) => wellFormed(inputs[number]?.[key] ?? null),
  )
}

const PLACE_COLUMNS: readonly FactColumn[] = [
  column(
    "int64",
    "byteOffset",
    "Its first byte in the input's decoded stream: inflated, UTF-8, without a byte order mark",
    ({ byteOffset }, row) => byteOffset[row] ?? 0,
  ),
  column("int64", "byteLength", "Number of its bytes", ({ byteLength }, row) => byteLength[row] ?? 0),
  column("int64", "line", "Line in which it begins, from 1", ({ line }, row) => (line[row] ?? 0) + 1),
  column("int64", "record", "Record of the input that it is or lies in, from 0", ({ record }, row) => record[row] ?? 0),
  {
    name: "sessionIndex",
    type: "int32",
    isNullable: true,
    description: "Its place in the list of sessions of its record, from 0; null where it is the record",
    of:
      ({ sessionIndex }) =>
      (row) => {
        const index = sessionIndex[row] ?? -1
        return index < 0 ? null : index
      },
    repeated: null,
  },
]
