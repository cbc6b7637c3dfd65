/**
 * Facts as text. CSV: RFC 4180 as the tables beside the report have it, names in the first row, lists as words parted by
 * spaces, null as an empty field. NDJSON: one object a row with all columns. In both instants are RFC 3339 with seven
 * fractional digits, whole numbers have all their digits, and text is UTF-8.
 */
import { printInstant } from "../model/instant.ts"
import { csvLine, type CsvCell } from "../report/csv.ts"
import type { FactCell, FactColumn } from "./column.ts"
import type { FactRows } from "./fact-rows.ts"
import type { ByteSink, FileDescription } from "./output.ts"

const BUFFER_CHARACTERS = 256 * 1024

/** Writes CSV. */
export function writeCsv(rows: FactRows, _description: FileDescription, sink: ByteSink): Promise<number> {
  const names = csvLine(rows.columns.map(({ name }) => name))
  return writeLines(rows, sink, names, (cells) =>
    csvLine(cells.map((cell, index) => csvCell(rows.columns[index], cell))),
  )
}

/** Writes NDJSON. */
export function writeNdjson(rows: FactRows, _description: FileDescription, sink: ByteSink): Promise<number> {
  const keys = rows.columns.map(({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`)
  return writeLines(rows, sink, "", (cells) => {
    let line = ""
    for (const [index, cell] of cells.entries()) line += (keys[index] ?? "") + jsonText(rows.columns[index], cell)
    return `${line}}\n`
  })
}

async function writeLines(
  { columns, batches }: FactRows,
  sink: ByteSink,
  head: string,
  lineOf: (cells: readonly FactCell[]) => string,
): Promise<number> {
  let rowCount = 0
  let text = head
  for await (const batch of batches()) {
    rowCount += batch.rowCount
    const readers = columns.map((column) => column.of(batch.rows))
    for (let row = 0; row < batch.rowCount; row++) {
      text += lineOf(readers.map((read) => read(row)))
      if (text.length < BUFFER_CHARACTERS) continue
      await sink(Buffer.from(text))
      text = ""
    }
  }
  if (text !== "") await sink(Buffer.from(text))
  return rowCount
}

function csvCell(column: FactColumn | undefined, cell: FactCell): CsvCell {
  if (typeof cell === "bigint") return column?.type === "instant" ? printInstant(cell) : cell
  return typeof cell === "object" && cell !== null ? cell.join(" ") : cell
}

function jsonText(column: FactColumn | undefined, cell: FactCell): string {
  if (typeof cell !== "bigint") return JSON.stringify(cell)
  return column?.type === "instant" ? JSON.stringify(printInstant(cell)) : String(cell)
}
