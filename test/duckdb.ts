/** DuckDB over an export, in this process. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api"

/** A row as DuckDB gives it; whole numbers of 64 bits and more are bigints. */
export type Row = Record<string, unknown>

/** Answers a query. */
export type Query = (sql: string) => Promise<Row[]>

/** How each format is read. */
const READERS = {
  parquet: (path: string) => `read_parquet('${path}')`,
  csv: (path: string) => `read_csv('${path}')`,
  ndjson: (path: string) => `read_json('${path}', maximum_object_size = 100000000)`,
} as const
export type SqlFormat = keyof typeof READERS

let connection: Promise<DuckDBConnection> | null = null

async function open(): Promise<DuckDBConnection> {
  const opened = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect()
  await opened.run("set TimeZone = 'UTC'")
  return opened
}

/** Queries bytes of a format, which are the view `facts`. */
export async function withFacts<Result>(
  bytes: Uint8Array,
  format: SqlFormat,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "callsift-duckdb-"))
  const path = join(folder, `facts.${format}`)
  try {
    writeFileSync(path, bytes)
    connection ??= open()
    const opened = await connection
    await opened.run(`create or replace temp view facts as from ${READERS[format](path)}`)
    return await work(async (sql) => (await opened.runAndReadAll(sql)).getRowObjectsJS())
  } finally {
    rmSync(folder, { recursive: true })
  }
}
