/** What a column of the exported facts is, whatever the format it is written in, and how columns are made. */
import type { FactBatch, Facts } from "../facts/facts.ts"
import type { CodedRows } from "../facts/row-codes.ts"
import { remembered, wellFormed } from "./texts.ts"

/**
 * Kinds of values. `text`: string. `texts`: list of strings, never null. `flag`: boolean. `instant`: ticks of 100 ns
 * since 1970-01-01T00:00:00Z as a bigint, which formats write as an instant. `int64`: bigint, or a number that is safe.
 * `int32`, `double`: number.
 */
export const COLUMN_TYPES = ["text", "texts", "flag", "instant", "int64", "int32", "double"] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/** Rows of the facts, and what they refer to. */
export interface SourceRows
  extends Omit<FactBatch, "firstRow" | "rowCount" | "envelope" | "unknownProperties" | "isAll">, CodedRows {
  /** The number of each row among all. */
  readonly rowNumber: Float64Array
  readonly strings: Facts["strings"]
  readonly participants: Facts["participants"]
}

/** A value of a column, by its type. */
export type FactCell = string | readonly string[] | boolean | number | bigint | null

/** One column. */
export interface FactColumn {
  readonly name: string
  readonly type: ColumnType
  /** Whether a row may have no value. */
  readonly isNullable: boolean
  /** What it means, with its unit. */
  readonly description: string
  /** How its values are read from rows. */
  readonly of: (rows: SourceRows) => (row: number) => FactCell
  /** Of a column whose texts stand in many rows: each by its number, so that formats can write it once. */
  readonly repeated: RepeatedTexts | null
}

/** Texts that have numbers, the same in all rows. */
export interface RepeatedTexts {
  /** The number of the text of a row, below 0 where it has none. */
  readonly keyOf: (rows: SourceRows) => (row: number) => number
  /** The text of a number, or null. */
  readonly textOf: (rows: SourceRows) => (key: number) => string | null
  /** Whether no two numbers have the same GUID; other texts may be those of several numbers in any case. */
  readonly isIds: boolean
}

/** A column with a value in every row. */
export function column(
  type: ColumnType,
  name: string,
  description: string,
  read: (rows: SourceRows, row: number) => NonNullable<FactCell>,
): FactColumn {
  const of: FactColumn["of"] = (rows) => (row) => read(rows, row)
  return { name, type, isNullable: false, description, of, repeated: null }
}

/** A column of texts that repeat; with null where there is none. */
export function repeatedText(
  name: string,
  description: string,
  keyOf: RepeatedTexts["keyOf"],
  textOf: RepeatedTexts["textOf"],
): FactColumn {
  const of: FactColumn["of"] = (rows) => {
    const [key, text] = [keyOf(rows), remembered(textOf(rows))]
    return (row) => text(key(row))
  }
  return { name, type: "text", isNullable: true, description, of, repeated: { keyOf, textOf, isIds: false } }
}

/** The same column for texts that every row has. */
export function notNull(nullable: FactColumn): FactColumn {
  return { ...nullable, isNullable: false }
}

/** The same column for ids, each of which has a number of its own. */
export function ids(texts: FactColumn): FactColumn {
  return { ...texts, repeated: texts.repeated === null ? null : { ...texts.repeated, isIds: true } }
}

/** A column of texts that repeat, by their indices into the texts of the facts. */
export function stringText(
  name: string,
  description: string,
  indices: "callerTenant" | "calleeTenant" | "callerName" | "calleeName" | "failureStage" | "failureReason",
): FactColumn {
  return repeatedText(
    name,
    description,
    numbersOf(indices),
    ({ strings }) =>
      (index) =>
        wellFormed(strings.get(index) ?? null),
  )
}

/** A column of the facts as numbers of texts. */
export function numbersOf(
  name: {
    [Name in keyof SourceRows]: SourceRows[Name] extends Int32Array | Uint8Array ? Name : never
  }[keyof SourceRows],
): RepeatedTexts["keyOf"] {
  return ({ [name]: numbers }) =>
    (row) =>
      numbers[row] ?? -1
}
