import { describe, expect, it } from "vitest"
import { column, repeatedText, type FactColumn, type SourceRows } from "#core/export/column.ts"
import type { FactRows } from "#core/export/fact-rows.ts"
import { writeCsv, writeNdjson } from "#core/export/text-formats.ts"

const TEXTS = ["plain", '=1+1,"x"', "+14255550100", "two\r\nlines", "", null]
const COLUMNS: readonly FactColumn[] = [
  repeatedText(
    "text",
    "",
    () => (row) => row,
    () => (key) => TEXTS[key] ?? null,
  ),
  column("texts", "list", "", (_, row) => (row === 0 ? [] : ["audio", "video"])),
  column("instant", "at", "", (_, row) => BigInt(row) - 1n),
  column("int64", "ticks", "", () => -(2n ** 63n)),
  column("double", "seconds", "", () => 0.1),
  column("flag", "is", "", (_, row) => row === 1),
]
const ROWS: FactRows = {
  columns: COLUMNS,
  batches: async function* batches() {
    // oxlint-disable-next-line no-unsafe-type-assertion -- no column here reads it
    yield { rowCount: TEXTS.length, rows: {} as SourceRows }
  },
}
const DESCRIPTION = { createdBy: "test", properties: {} }

async function written(write: typeof writeCsv): Promise<string> {
  const chunks: Uint8Array[] = []
  await write(ROWS, DESCRIPTION, (bytes) => void chunks.push(bytes))
  return Buffer.concat(chunks).toString()
}

describe("CSV", () => {
  it("has names first, quotes and apostrophes where they are needed, and exact numbers", async () => {
    const rest = ",-9223372036854775808,0.1,"
    expect(await written(writeCsv)).toBe(
      [
        "text,list,at,ticks,seconds,is",
        `plain,,1969-12-31T23:59:59.9999999Z${rest}false`,
        `"'=1+1,""x""",audio video,1970-01-01T00:00:00.0000000Z${rest}true`,
        `'+14255550100,audio video,1970-01-01T00:00:00.0000001Z${rest}false`,
        `"two\r\nlines",audio video,1970-01-01T00:00:00.0000002Z${rest}false`,
        `,audio video,1970-01-01T00:00:00.0000003Z${rest}false`,
        `,audio video,1970-01-01T00:00:00.0000004Z${rest}false`,
        "",
      ].join("\r\n"),
    )
  })
})

describe("NDJSON", () => {
  it("has an object a row with all columns and exact numbers", async () => {
    const lines = (await written(writeNdjson)).split("\n")
    expect(lines).toHaveLength(TEXTS.length + 1)
    expect(lines[1]).toBe(
      String.raw`{"text":"=1+1,\"x\"","list":["audio","video"],"at":"1970-01-01T00:00:00.0000000Z","ticks":-9223372036854775808,"seconds":0.1,"is":true}`,
    )
    expect(JSON.parse(lines.at(-2) ?? "")).toMatchObject({ text: null })
    expect(lines.at(-1)).toBe("")
  })
})
