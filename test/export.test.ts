/** Facts as tables: every format has the same rows, SQL gives the report's figures, and rows go back to bytes. */
import { tableFromIPC } from "apache-arrow"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseInstant } from "@callsift/core"
import type { FactColumn } from "#core/export/column.ts"
import { factColumns } from "#core/export/columns.ts"
import { microsOf } from "#core/export/micros.ts"
import type { AnalyzeOptions } from "#core/options.ts"
import { damage, damaged } from "./arbitraries/damage.ts"
import { exportModel } from "./arbitraries/export.ts"
import { LAYOUTS, type ExportFile } from "./arbitraries/layout.ts"
import { PLAIN_STYLE } from "./arbitraries/text-style.ts"
import { withFacts, type Row, type SqlFormat } from "./duckdb.ts"
import { exportFiles, exportPaths, withFiles } from "./in-process.ts"
import { expectAnswers } from "./queries.ts"

const COLUMNS = factColumns({ inputs: [], includeTests: false, names: false, pseudonymKey: null })

/** Files of an export, now and then damaged, now and then with a second copy of some. */
const archives: fc.Arbitrary<readonly ExportFile[]> = fc
  .tuple(exportModel, fc.constantFrom(...LAYOUTS), fc.option(damage, { freq: 3 }), fc.boolean())
  .map(([model, { files }, change, isTwice]) => {
    const laidOut = files(model, PLAIN_STYLE).map(({ name, bytes }) => ({
      name,
      bytes: change === null ? bytes : damaged(bytes, change),
    }))
    return isTwice ? [...laidOut, ...laidOut.map(({ name, bytes }) => ({ name: `copy-${name}`, bytes }))] : laidOut
  })

type JsonRow = Record<string, string | number | boolean | readonly string[] | null>

const jsonRows = (bytes: Buffer): JsonRow[] =>
  bytes
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JsonRow)

function ticksOf(row: JsonRow, name: string): bigint {
  const instant = parseInstant(row[name])
  if (!instant.ok) throw new RangeError(`${name} is no instant`)
  return instant.ticks
}

/** A row of NDJSON with its instants in microseconds and its ticks exact. */
function exact(row: JsonRow): Row {
  const [start, end] = [ticksOf(row, "startDateTime"), ticksOf(row, "endDateTime")]
  const ticks: Row = { startTicks: start, endTicks: end, durationTicks: end - start }
  const instants: Row = { startDateTime: microsOf(start), endDateTime: microsOf(end) }
  return Object.fromEntries(
    COLUMNS.map(({ name, type }) => {
      const value = ticks[name] ?? instants[name] ?? row[name] ?? null
      return [name, (type === "int64" || type === "int32") && typeof value === "number" ? BigInt(value) : value]
    }),
  )
}

/** How a column is asked for so that all formats give the same value. */
function expression({ name, type }: FactColumn, format: SqlFormat): string {
  if (type === "instant") return `epoch_us(${name}::timestamptz) as ${name}`
  if (type === "int64" || type === "int32") return `${name}::bigint as ${name}`
  if (type === "texts" && format === "csv") return `if(${name} is null, [], string_split(${name}, ' ')) as ${name}`
  return `${name}::${{ text: "varchar", flag: "boolean", double: "double", texts: "varchar[]" }[type]} as ${name}`
}

/** As the CSV has it: what looks like a formula has an apostrophe in front. */
const withApostrophes = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "string" && /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value === "" ? null : value,
    ]),
  )

describe("an export", () => {
  it("has the same rows in every format", async () => {
    await fc.assert(
      fc.asyncProperty(archives, async (files) => {
        const { exported, report } = await exportFiles(files, ["ndjson", "parquet", "csv", "arrow"])
        const expected = jsonRows(exported.ndjson).map(exact)
        const { accepted, duplicates, superseded } = report.totals
        expect(expected).toHaveLength(accepted + duplicates + superseded)
        const select = (format: SqlFormat): string =>
          `select ${COLUMNS.map((column) => expression(column, format)).join(", ")} from facts`
        expect(await withFacts(exported.parquet, "parquet", (query) => query(select("parquet")))).toEqual(expected)
        expect(arrowRows(exported.arrow)).toEqual(expected)
        if (expected.length === 0) return
        expect(await withFacts(exported.csv, "csv", (query) => query(select("csv")))).toEqual(
          expected.map(withApostrophes),
        )
      }),
      { numRuns: 40 },
    )
  })

  it("gives the figures of the report by SQL", async () => {
    await fc.assert(
      fc.asyncProperty(archives, async (files) => {
        const { exported, report } = await exportFiles(files, ["parquet"])
        await withFacts(exported.parquet, "parquet", (query) => expectAnswers(query, report))
      }),
      { numRuns: 40 },
    )
  })

  it("has rows that go back to their sessions' bytes", async () => {
    await fc.assert(
      fc.asyncProperty(exportModel, fc.constantFrom(...LAYOUTS), async (model, { name: layout, files: filesOf }) => {
        const files = filesOf(model, PLAIN_STYLE)
        const { exported } = await exportFiles(files, ["ndjson"])
        for (const { input, byteOffset, byteLength, sessionId } of jsonRows(exported.ndjson)) {
          const { bytes } = files.find(({ name }) => String(input).endsWith(`/${name}`)) ?? { bytes: Buffer.of() }
          const own = Buffer.from(bytes).toString("utf8", Number(byteOffset), Number(byteOffset) + Number(byteLength))
          const value = JSON.parse(own) as { id?: string; Id?: string }
          // Sessions within a row of a table have the bytes of their row.
          if (/as text|answer of a query/.test(layout))
            expect(own.toLowerCase()).toContain(String(sessionId).toLowerCase())
          else expect((value.id ?? value.Id)?.toLowerCase()).toBe(String(sessionId).toLowerCase())
        }
      }),
      { numRuns: 100 },
    )
  })

  it("is the same where facts go to temporary files", async () => {
    await fc.assert(
      fc.asyncProperty(archives, fc.constantFrom("parquet", "csv"), async (files, format) => {
        const { held, spilled } = await withFiles(files, async (paths) => ({
          held: await exportPaths(paths, format),
          spilled: await exportPaths(paths, format, { memoryBytes: 0 }),
        }))
        expect(spilled.equals(held)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it("has no rows but those within the filters", async () => {
    const options: fc.Arbitrary<AnalyzeOptions> = fc.record(
      {
        modality: fc.constantFrom("audio", "video"),
        failed: fc.boolean(),
        participant: fc.constant("aaaaaaaa-0000-4000-8000-000000000001"),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(archives, options, async (files, filters) => {
        const { exported, report } = await exportFiles(files, ["ndjson"], filters)
        const rows = jsonRows(exported.ndjson)
        const { accepted, excluded } = report.totals
        expect(rows.filter(({ status }) => status === "accepted")).toHaveLength(accepted - excluded.filtered)
        expect(rows.filter(({ timed }) => timed === true)).toHaveLength(report.durations.overall.count)
      }),
      { numRuns: 40 },
    )
  })
})

function arrowRows(bytes: Buffer): Row[] {
  const table = tableFromIPC(bytes)
  const columns = COLUMNS.map(({ name, type }): [string, FactColumn["type"], Iterable<unknown>] => {
    const vector = table.getChild(name)
    // Reading an instant gives a double of milliseconds; its microseconds are the stored numbers.
    const values =
      type === "instant" ? vector?.data.flatMap(({ values: stored }) => [...(stored as BigInt64Array)]) : vector
    return [name, type, values ?? []]
  })
  const read = columns.map(([name, type, values]) => [name, [...values].map((value) => plain(type, value))] as const)
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(read.map(([name, values]) => [name, values[row]])),
  )
}

function plain(type: FactColumn["type"], value: unknown): unknown {
  if (type === "texts") return [...(value as Iterable<string>)]
  return type === "int32" && typeof value === "number" ? BigInt(value) : value
}
