import { tableFromIPC } from "apache-arrow"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { writeArrow } from "#core/export/arrow.ts"
import { column, repeatedText, type FactColumn, type SourceRows } from "#core/export/column.ts"
import type { FactRows } from "#core/export/fact-rows.ts"
import { writeParquet } from "#core/export/parquet.ts"
import { withFacts } from "../../duckdb.ts"

interface TestRow {
  readonly text: string | null
  readonly list: readonly string[]
  readonly ticks: bigint
  readonly flag: boolean
}

/** What a column reads of a batch, which here is nothing but its rows. */
const rowOf = (rows: SourceRows, row: number): TestRow => {
  const found = (rows as unknown as readonly TestRow[])[row]
  if (found === undefined) throw new RangeError("no such row")
  return found
}
const TEXTS = ["a", "ä", "", "a longer text", "\u0000"]
const COLUMNS: readonly FactColumn[] = [
  repeatedText(
    "text",
    "",
    (rows) => (row) => TEXTS.indexOf(rowOf(rows, row).text ?? "-"),
    () => (key) => TEXTS[key] ?? null,
  ),
  column("texts", "list", "", (rows, row) => rowOf(rows, row).list),
  column("int64", "ticks", "", (rows, row) => rowOf(rows, row).ticks),
  column("flag", "flag", "", (rows, row) => rowOf(rows, row).flag),
]

const row: fc.Arbitrary<TestRow> = fc.record({
  text: fc.option(fc.constantFrom(...TEXTS), { freq: 3 }),
  list: fc.array(fc.constantFrom("x", "y", "zz"), { maxLength: 3 }),
  ticks: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  flag: fc.boolean(),
})
const batches = fc.array(fc.array(row, { minLength: 1, maxLength: 70 }), { maxLength: 4 })

const rowsOf = (all: readonly (readonly TestRow[])[]): FactRows => ({
  columns: COLUMNS,
  batches: async function* several() {
    for (const rows of all) yield { rowCount: rows.length, rows: rows as unknown as SourceRows }
  },
})

async function written(write: typeof writeArrow, rows: FactRows): Promise<Buffer> {
  const chunks: Buffer[] = []
  const description = { createdBy: "test version 1", properties: { key: "välue" } }
  await write(rows, description, (bytes) => void chunks.push(Buffer.from(bytes)))
  return Buffer.concat(chunks)
}

describe("Parquet", () => {
  it("has the rows of any number of batches, each in a row group of its own", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const bytes = await written(writeParquet, rowsOf(all))
        expect((await written(writeParquet, rowsOf(all))).equals(bytes)).toBe(true)
        const found = await withFacts(bytes, "parquet", (query) => query("select * from facts"))
        expect(found).toEqual(all.flat())
      }),
      { numRuns: 60 },
    )
  })
})

describe("Arrow", () => {
  it("has the rows of any number of batches, and its properties", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const bytes = await written(writeArrow, rowsOf(all))
        expect((await written(writeArrow, rowsOf(all))).equals(bytes)).toBe(true)
        const table = tableFromIPC(bytes)
        const found = table.toArray().map((each) => ({ ...each.toJSON(), list: [...each.list] }))
        expect(found).toEqual(all.flat())
        expect([...table.schema.metadata]).toEqual([["key", "välue"]])
        // Behind the magic and its padding a file is a stream as well.
        expect(tableFromIPC(bytes.subarray(8)).numRows).toBe(all.flat().length)
      }),
      { numRuns: 60 },
    )
  })
})
