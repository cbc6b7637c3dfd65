/** The formats that facts are written in. Each is loaded when it is wanted: the libraries of some are large. */
import type { FactRows } from "./fact-rows.ts"
import type { ByteSink, FileDescription } from "./output.ts"

export const EXPORT_FORMATS = ["parquet", "arrow", "csv", "ndjson"] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Writes rows; gives how many there were. */
type Write = (rows: FactRows, description: FileDescription, sink: ByteSink) => Promise<number>

const WRITERS: Readonly<Record<ExportFormat, () => Promise<Write>>> = {
  parquet: async () => (await import("./parquet.ts")).writeParquet,
  arrow: async () => (await import("./arrow.ts")).writeArrow,
  csv: async () => (await import("./text-formats.ts")).writeCsv,
  ndjson: async () => (await import("./text-formats.ts")).writeNdjson,
}

/** The writer of a format. */
export function loadWriter(format: ExportFormat): Promise<Write> {
  return WRITERS[format]()
}
