/**
 * Facts as an Apache Arrow IPC file: one record batch a batch. Texts that repeat are indices into dictionaries, which stand
 * whole before the first batch: not every reader takes a dictionary that grows in a file. So the rows are gone through
 * twice, first for these texts alone.
 */
import {
  AsyncByteQueue,
  Dictionary,
  Field,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  Vector,
  type Data,
  type DataType,
} from "apache-arrow"
import { storedAs, validityOf } from "./arrow-data.ts"
import type { FactColumn } from "./column.ts"
import { valuesOf, type FactRows, type RowBatch } from "./fact-rows.ts"
import type { ByteSink, FileDescription } from "./output.ts"
import { TextDictionary } from "./text-dictionary.ts"

/** Writes the rows; holds one batch, and every text that repeats. */
export async function writeArrow(rows: FactRows, { properties }: FileDescription, sink: ByteSink): Promise<number> {
  const dictionaries = await collectDictionaries(rows)
  const columns = rows.columns.map((column, id) => arrowColumn(column, dictionaries.get(column), id))
  const schema = new Schema(
    columns.map(({ field }) => field),
    new Map(Object.entries(properties)),
  )
  const queue = new Collected()
  const writer = new FileWriter()
  writer.reset(queue, schema)
  let rowCount = 0
  for await (const batch of rows.batches()) {
    rowCount += batch.rowCount
    const children = columns.map(({ dataOf }) => dataOf(batch))
    const data = makeData({ type: new Struct(schema.fields), length: batch.rowCount, nullCount: 0, children })
    writer.write(new RecordBatch(schema, data))
    for (const bytes of queue.take()) await sink(bytes)
  }
  writer.finish()
  for (const bytes of queue.take()) await sink(bytes)
  return rowCount
}

/** Every text of the columns whose texts repeat, in the order in which they first come. */
async function collectDictionaries(rows: FactRows): Promise<ReadonlyMap<FactColumn, TextDictionary>> {
  const dictionaries = new Map<FactColumn, TextDictionary>()
  for (const column of rows.columns) {
    if (column.repeated !== null) dictionaries.set(column, new TextDictionary(column.repeated))
  }
  for await (const batch of rows.batches()) for (const dictionary of dictionaries.values()) dictionary.addAll(batch)
  return dictionaries
}

interface ArrowColumn {
  readonly field: Field
  readonly dataOf: (batch: RowBatch) => Data
}

function arrowColumn(column: FactColumn, dictionary: TextDictionary | undefined, id: number): ArrowColumn {
  const { name, isNullable, description } = column
  const { type, dataOf } = dictionary === undefined ? plainColumn(column) : dictionaryColumn(dictionary, id)
  return { field: new Field(name, type, isNullable, new Map([["description", description]])), dataOf }
}

interface TypedColumn extends Pick<ArrowColumn, "dataOf"> {
  readonly type: DataType
}

function plainColumn(column: FactColumn): TypedColumn {
  const { type, dataOf } = storedAs(column.type)
  return { type, dataOf: (batch) => dataOf(valuesOf(batch, column)) }
}

function dictionaryColumn(texts: TextDictionary, id: number): TypedColumn {
  const type = new Dictionary(new Utf8(), new Int32(), id)
  const dictionary = new Vector([texts.toData()])
  const dataOf = (batch: RowBatch): Data => {
    const data = texts.indicesOf(batch)
    return makeData({ type, data: data.map((index) => Math.max(index, 0)), dictionary, ...validityOf(data, isIndex) })
  }
  return { type, dataOf }
}

const isIndex = (index: number): boolean => index >= 0

/** What a writer has written and nobody has taken yet. */
class Collected extends AsyncByteQueue {
  #chunks: Uint8Array[] = []

  override write(value: Uint8Array): void {
    this.#chunks.push(value)
  }

  /** All of it, once. */
  take(): readonly Uint8Array[] {
    const chunks = this.#chunks
    this.#chunks = []
    return chunks
  }
}

/** The library leaves the schema out of the stream within a file, which readers of streams look for there. */
// oxlint-disable no-underscore-dangle -- as the library names them
class FileWriter extends RecordBatchFileWriter {
  protected override _writeSchema(schema: Schema): this {
    return super._writeSchema(schema)._write(schemaMessage(schema))
  }
}

function schemaMessage(schema: Schema): Uint8Array {
  const writer = new RecordBatchStreamWriter()
  const queue = new Collected()
  writer.reset(queue, schema)
  return Buffer.concat(queue.take())
}
