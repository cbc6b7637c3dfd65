/** A table beside the report, and its lines. */
import { csvLine, type CsvCell } from "./csv.ts"

/** One table; every row has as many cells as there are columns. */
export interface ReportTable {
  /** Its file is `tables/<name>.csv`. */
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: Iterable<readonly CsvCell[]>
}

/** The lines of a table as CSV, names first. */
export function* csvLines({ columns, rows }: ReportTable): Generator<string> {
  yield csvLine(columns)
  for (const row of rows) yield csvLine(row)
}
