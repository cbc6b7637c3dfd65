/** One question of the audit: how DuckDB is asked, and what callsift's report says to it. */
import type { Report } from "@callsift/core"

/** A value of an answer. Counts and seconds are numbers; instants are written as ticks. */
export type Value = number | string | boolean | null

/** One row of an answer, by name of the column. */
export type Row = Readonly<Record<string, Value>>

/** A question whose two answers must agree, row by row in this order. */
export interface Question {
  readonly name: string
  readonly sql: string
  /** The same rows, out of callsift's report. */
  readonly expected: (report: Report) => readonly Row[]
}

/** Ticks as seconds, in SQL. */
export function seconds(ticks: string): string {
  return `(${ticks})::DOUBLE / 1e7`
}

/** An instant in SQL, of 100 ns ticks since 1970, as callsift writes it. */
export function instant(ticks: string): string {
  return `strftime(make_timestamp((${ticks}) // 10), '%Y-%m-%dT%H:%M:%S.%f') || (${ticks}) % 10 || 'Z'`
}
