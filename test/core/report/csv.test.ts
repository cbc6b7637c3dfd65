import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { csvLine, type CsvCell } from "#core/report/csv.ts"

/** Reads CSV by RFC 4180, character by character. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ""
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ""
    if (isQuoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') field += text[at++] ?? ""
      else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === "," || (character === "\r" && text[at + 1] === "\n")) {
      row.push(field)
      field = ""
      if (character === ",") continue
      rows.push(row)
      row = []
      at += 1
    } else field += character
  }
  return rows
}

const FORMULA = /^'+[=+\-@\t\r]/
const undefused = (text: string): string => (FORMULA.test(text) ? text.slice(1) : text)
const hostile = fc.string({
  unit: fc.constantFrom("=", "+", "-", "@", "'", '"', ",", "\t", "\r", "\n", " ", "a", "\u202e", "\u{1f600}", ";"),
})

describe("csvLine", () => {
  it("gives back any text, quotes and line ends included", () => {
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const lines = rows.map((row) => csvLine(row)).join("")
        expect(parseCsv(lines).map((row) => row.map(undefused))).toEqual(rows)
      }),
      { numRuns: 1000 },
    )
  })

  it("never begins a text field as a formula does", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [field = ""] = parseCsv(csvLine([text]))[0] ?? []
        expect(field).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
    expect(csvLine(["=1+1", "+5564981205182", "'=x", "O'Hara", "'t Hooft"])).toBe(
      "'=1+1,'+5564981205182,''=x,O'Hara,'t Hooft\r\n",
    )
  })

  it("leaves numbers numbers and null empty", () => {
    const cells: CsvCell[] = [-1.5, 1e-7, 0, null, true, "", 315_537_897_600]
    expect(csvLine(cells)).toBe("-1.5,1e-7,0,,true,,315537897600\r\n")
  })
})
