/** DuckDB's audit of a file: its answers as JSON. `duckdb.js FILE LAYOUT THREADS` */
import { audit, QUESTIONS } from "../audit/audit.ts"
import type { AuditLayout } from "../audit/load.ts"

const [file = "", layout = "ndjson", threads = "2"] = process.argv.slice(2)
const answers = await audit(file, { layout: layout as AuditLayout, threads: Number(threads), questions: QUESTIONS })
process.stdout.write(JSON.stringify(answers))
