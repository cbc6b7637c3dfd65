/**
 * Facts as Apache Parquet: one row group a batch, Snappy, texts that repeat in dictionaries. Of what Parquet allows only
 * what readers have long known: instants in microseconds, lists of three levels, plain booleans.
 */
import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from "hyparquet-writer"
import type { ColumnType, FactCell, FactColumn } from "./column.ts"
import { valuesOf, type FactRows, type RowBatch } from "./fact-rows.ts"
import { microsOf } from "./micros.ts"
import type { ByteSink, FileDescription } from "./output.ts"

/** Writes the rows; holds one row group. */
export async function writeParquet(
  rows: FactRows,
  { createdBy, properties }: FileDescription,
  sink: ByteSink,
): Promise<number> {
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({
    writer,
    schema: schemaOf(rows.columns),
    createdBy,
    kvMetadata: Object.entries(properties).map(([key, value]) => ({ key, value })),
  })
  let rowCount = 0
  for await (const batch of rows.batches()) {
    rowCount += batch.rowCount
    const columnData = rows.columns.map((column) => columnSource(column, batch))
    await parquet.write({ columnData, rowGroupSize: batch.rowCount })
    await flush(writer, sink)
  }
  await parquet.finish()
  await flush(writer, sink)
  return rowCount
}

/** Hands over what was written. Places in the file go on from it. */
async function flush(writer: ByteWriter, sink: ByteSink): Promise<void> {
  await sink(writer.getBytes())
  writer.index = 0
}

function schemaOf(columns: readonly FactColumn[]): SchemaElement[] {
  return [{ name: "facts", num_children: columns.length }, ...columns.flatMap(schemaOfColumn)]
}

const TEXT = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } } as const

/** How each type is stored. Of `texts` this is an element of the list. */
const STORED: Readonly<Record<ColumnType, Omit<SchemaElement, "name">>> = {
  text: TEXT,
  texts: TEXT,
  flag: { type: "BOOLEAN" },
  instant: {
    type: "INT64",
    converted_type: "TIMESTAMP_MICROS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
  },
  int64: { type: "INT64" },
  int32: { type: "INT32" },
  double: { type: "DOUBLE" },
}

function schemaOfColumn({ name, type, isNullable }: FactColumn): SchemaElement[] {
  const repetition = isNullable ? "OPTIONAL" : "REQUIRED"
  if (type !== "texts") return [{ name, ...STORED[type], repetition_type: repetition }]
  return [
    { name, repetition_type: repetition, num_children: 1, converted_type: "LIST", logical_type: { type: "LIST" } },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", ...STORED.texts, repetition_type: "REQUIRED" },
  ]
}

/** A column of a row group, whose values are made when the library comes to it. */
function columnSource(column: FactColumn, batch: RowBatch): ColumnSource {
  const { name, type, repeated } = column
  return {
    name,
    get data(): ColumnSource["data"] {
      return storedValues(type, valuesOf(batch, column))
    },
    // Readers skip row groups by numbers and instants.
    statistics: type === "instant" || type === "int64",
    // Booleans as runs are for newer readers only.
    ...(type === "flag" ? { encoding: "PLAIN" } : repeated === null ? {} : { encoding: "RLE_DICTIONARY" }),
  }
}

function storedValues(type: ColumnType, values: FactCell[]): ColumnSource["data"] {
  if (type === "instant") return BigInt64Array.from(values as bigint[], microsOf)
  if (type === "int64") return BigInt64Array.from(values as (bigint | number)[], BigInt)
  return values
}
