/**
 * The audit that callsift does, asked of DuckDB: the table `session` is loaded and resolved, then every question is
 * answered. All of it takes two threads and memory alone, and loses no time on the order of rows.
 */
import { statSync } from "node:fs"
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api"
import { CONCURRENCY, CONCURRENCY_STATEMENTS, MORE_CONCURRENCY } from "./concurrency.ts"
import { COUNTS } from "./counts.ts"
import { DURATIONS, MORE_DURATIONS } from "./durations.ts"
import { loadStatements, type AuditLayout } from "./load.ts"
import { CO_OCCURRENCE } from "./modalities.ts"
import { MORE_PARTICIPANTS, OVERLAP, OVERLAP_STATEMENTS } from "./overlap.ts"
import type { Question, Row, Value } from "./question.ts"
import { RESOLVE_STATEMENTS } from "./resolve.ts"

/** What DuckDB is measured at. */
export const QUESTIONS: readonly Question[] = [...COUNTS, ...DURATIONS, ...CO_OCCURRENCE, ...CONCURRENCY, ...OVERLAP]

/** What is checked beside it. callsift answers these too in the time that is measured. */
export const MORE_QUESTIONS: readonly Question[] = [...MORE_DURATIONS, ...MORE_CONCURRENCY, ...MORE_PARTICIPANTS]

/** Answers by name of the question. */
export type Answers = Readonly<Record<string, readonly Row[]>>

/** How a run of the audit is set. */
export interface AuditOptions {
  readonly layout: AuditLayout
  readonly threads: number
  readonly questions: readonly Question[]
  /** Called after every statement with its text and how long it took. */
  readonly onStatement?: (sql: string, seconds: number) => void
}

/** Runs the audit over one file. Rejects where DuckDB refuses the file. */
export async function audit(file: string, options: AuditOptions): Promise<Answers> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options.threads),
    preserve_insertion_order: "false",
  })
  const connection = await instance.connect()
  try {
    return await answer(connection, file, options)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function answer(
  connection: DuckDBConnection,
  file: string,
  { layout, questions, onStatement }: AuditOptions,
): Promise<Answers> {
  const timed = async <Result>(sql: string, run: () => Promise<Result>): Promise<Result> => {
    const start = performance.now()
    const result = await run()
    onStatement?.(sql, (performance.now() - start) / 1000)
    return result
  }
  const statements = [
    ...loadStatements(file, layout, statSync(file).size),
    ...RESOLVE_STATEMENTS,
    ...CONCURRENCY_STATEMENTS,
    ...OVERLAP_STATEMENTS,
  ]
  for (const sql of statements) await timed(sql, () => connection.run(sql))
  const answers: Record<string, readonly Row[]> = {}
  for (const { name, sql } of questions) {
    const reader = await timed(sql, () => connection.runAndReadAll(sql))
    answers[name] = reader.getRowObjectsJS().map(rowOf)
  }
  return answers
}

/** Counts and sums come as BigInt, ratios of decimals as doubles. */
function rowOf(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueOf(value)]))
}

function valueOf(value: unknown): Value {
  if (typeof value === "bigint") return Number(value)
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return value
  throw new TypeError(`an answer holds ${String(value)}, which is no plain value`)
}
