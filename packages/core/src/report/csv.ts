/**
 * CSV as RFC 4180 has it: fields parted by commas, lines ended by CRLF, quotes where a field needs them. Text in which
 * a spreadsheet would see a formula (it begins with = + - @, tab or CR, after any number of apostrophes) gets an
 * apostrophe in front, which can be taken off again without doubt; numbers stay numbers, null is an empty field.
 */
export type CsvCell = string | number | bigint | boolean | null

const FORMULA = /^'*[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

/** One line with its end. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(field).join(",")}\r\n`
}

function field(cell: CsvCell): string {
  if (cell === null) return ""
  // The same text as `String` gives; but that one is kept for a while, and millions of them become old garbage.
  if (Number.isFinite(cell)) return JSON.stringify(cell)
  if (typeof cell !== "string") return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
