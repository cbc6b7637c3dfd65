/** What a column of the exported facts is, whatever the format it is written in, and how columns are made. */
import type { FactBatch, Facts } from "../facts/facts.ts"
import type { CodedRows } from "../facts/row-codes.ts"

/**
 * Kinds of values. `text`: string. `texts`: list of strings, never null. `flag`: boolean. `instant`: ticks of 100 ns
 * since 1970-01-01T00:00:00Z as a bigint, which formats write as an instant. `int64`: bigint, or a number that is safe.
 * `int32`, `double`: number.
 */
export const COLUMN_TYPES = ["text", "texts", "flag", "instant", "int64", "int32", "double"] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/** Rows of the facts, and what they refer to. */
export interface SourceRows
  extends Omit<FactBatch, "firstRow" | "rowCount" | "envelope" | "unknownProperties">, CodedRows {
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
  /** Whether the same texts stand in many rows, so that formats which can write each of them once. */
  readonly isRepetitive: boolean
  /** What it means, with its unit. */
  readonly description: string
  /** How its values are read from rows. */
  readonly of: (rows: SourceRows) => (row: number) => FactCell
}

/** A column with a value in every row. */
export function column(
  type: ColumnType,
  name: string,
  description: string,
  read: (rows: SourceRows, row: number) => NonNullable<FactCell>,
): FactColumn {
  const of: FactColumn["of"] = (rows) => (row) => read(rows, row)
  return { name, type, isNullable: false, isRepetitive: false, description, of }
}

/** A column of texts that repeat; with null where there is none. */
export function repeatedText(name: string, description: string, of: FactColumn["of"], isNullable = true): FactColumn {
  return { name, type: "text", isNullable, isRepetitive: true, description, of }
}
