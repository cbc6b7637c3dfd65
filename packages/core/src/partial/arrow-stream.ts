/**
 * Reads an IPC stream of Apache Arrow with one record batch, as far as `arrow-table.ts` writes such: columns of whole
 * numbers, doubles and bytes of fixed width, and one dictionary of texts. Columns are views of the bytes. Apache's own
 * library reads everything, and takes as long to load as a partial of 100,000 sessions takes to read.
 */
import { damaged } from "./container.ts"
import { FlatTable } from "./flat-buffer.ts"

/** A column, or the indices of one that is dictionary-encoded. */
export interface ArrowColumn {
  readonly name: string
  readonly metadata: ReadonlyMap<string, string>
  readonly values: ArrowValues
  readonly nullCount: number
}

export type ArrowValues = Int8Array | Int16Array | Int32Array | BigInt64Array | Float64Array | Uint8Array

/** What a stream holds. */
export interface ArrowStream {
  readonly rowCount: number
  readonly metadata: ReadonlyMap<string, string>
  readonly columns: readonly ArrowColumn[]
  /** The texts of the dictionary. */
  readonly texts: readonly string[]
}

/** Numbers of fields and members in Arrow's `Message.fbs`, `Schema.fbs`. */
const Message = { headerType: 1, header: 2, bodyLength: 3 } as const
const HeaderType = { schema: 1, dictionaryBatch: 2, recordBatch: 3 } as const
const Schema = { fields: 1, metadata: 2 } as const
const Field = { name: 0, typeType: 2, type: 3, dictionary: 4, metadata: 6 } as const
const TypeType = { int: 2, floatingPoint: 3, fixedSizeBinary: 15 } as const
const Encoding = { indexType: 1 } as const
const Batch = { length: 0, nodes: 1, buffers: 2, compression: 3 } as const
const DictionaryBatch = { data: 1, isDelta: 2 } as const

const CONTINUATION = 0xffff_ffff
const ALIGNMENT = 8

/** Reads a stream. Throws a `PartialError` or a `RangeError` where it is none of those. */
export function readArrowStream(stored: Uint8Array): ArrowStream {
  // What is inflated may lie anywhere.
  const bytes = stored.byteOffset % ALIGNMENT === 0 ? stored : stored.slice()
  let schema: FlatTable | null = null
  let batch: Body | null = null
  let texts: string[] = []
  for (const { type, header, body } of messagesIn(bytes)) {
    if (type === HeaderType.schema) schema = header
    else if (type === HeaderType.dictionaryBatch) texts = textsOf(bodyOf(header.table(DictionaryBatch.data), body))
    else if (type === HeaderType.recordBatch && batch === null) batch = bodyOf(header, body)
    else throw damaged("a table has not one batch")
  }
  if (schema === null || batch === null) throw damaged("a table has not one batch")
  const { rowCount } = batch
  return { rowCount, metadata: metadataOf(schema, Schema.metadata), columns: columnsOf(schema, batch), texts }
}

interface MessageParts {
  readonly type: number
  readonly header: FlatTable
  readonly body: Uint8Array
}

function* messagesIn(bytes: Uint8Array): Generator<MessageParts> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length;) {
    if (view.getUint32(at, true) !== CONTINUATION) throw damaged("a table without a message")
    const headerBytes = view.getUint32(at + 4, true)
    if (headerBytes === 0) return
    const message = FlatTable.root(new DataView(bytes.buffer, bytes.byteOffset + at + 8, headerBytes))
    const begin = at + 8 + headerBytes
    const header = message.table(Message.header)
    const end = begin + message.number(Message.bodyLength, 8, 0)
    if (header === null || end > bytes.length) throw damaged("a table whose end is missing")
    yield { type: message.number(Message.headerType, 1, 0), header, body: bytes.subarray(begin, end) }
    at = Math.ceil(end / ALIGNMENT) * ALIGNMENT
  }
}

/** A batch and its bytes; nodes and buffers come column by column. */
interface Body {
  readonly rowCount: number
  readonly nullCounts: readonly number[]
  readonly buffers: readonly Uint8Array[]
}

function bodyOf(batch: FlatTable | null, body: Uint8Array): Body {
  if (batch === null || batch.table(Batch.compression) !== null) throw damaged("a table that is compressed")
  return {
    rowCount: batch.number(Batch.length, 8, 0),
    nullCounts: batch.pairs(Batch.nodes).map(([, nullCount]) => nullCount),
    buffers: batch.pairs(Batch.buffers).map(([at, length]) => body.subarray(at, at + length)),
  }
}

/** Texts have three buffers: which are there, where each ends, their bytes. */
function textsOf({ rowCount, buffers: [, offsets, data] }: Body): string[] {
  if (offsets === undefined || data === undefined) throw damaged("a dictionary without texts")
  const ends = new Int32Array(offsets.buffer, offsets.byteOffset, rowCount === 0 ? 0 : rowCount + 1)
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
  return Array.from({ length: rowCount }, (_, index) => bytes.toString("utf8", ends[index], ends[index + 1]))
}

function columnsOf(schema: FlatTable, { rowCount, nullCounts, buffers }: Body): ArrowColumn[] {
  return schema.tables(Schema.fields).map((field, index) => {
    const name = field.text(Field.name) ?? ""
    // Each column has two buffers: which rows have a value, and the values.
    const buffer = buffers[2 * index + 1]
    if (buffer === undefined) throw damaged(`the column ${name}`)
    const values = valuesOf(field, buffer, rowCount)
    return { name, metadata: metadataOf(field, Field.metadata), values, nullCount: nullCounts[index] ?? 0 }
  })
}

/** The values of a column. Throws a `RangeError` where they do not lie in the buffer. */
function valuesOf(field: FlatTable, { buffer, byteOffset, length }: Uint8Array, rowCount: number): ArrowValues {
  const encoding = field.table(Field.dictionary)
  const type = encoding === null ? field.table(Field.type) : encoding.table(Encoding.indexType)
  const typeType = encoding === null ? field.number(Field.typeType, 1, 0) : TypeType.int
  const Type = arrayType(typeType, type)
  const elements = typeType === TypeType.fixedSizeBinary ? rowCount * (type?.number(0, 4, 0) ?? 0) : rowCount
  if (elements * Type.BYTES_PER_ELEMENT > length) throw new RangeError("a column is shorter than its table")
  return new Type(buffer as ArrayBuffer, byteOffset, elements)
}

/** By the bits of an integer. */
const INTEGERS: Readonly<Record<number, ArrowArrayType>> = {
  8: Int8Array,
  16: Int16Array,
  32: Int32Array,
  64: BigInt64Array,
}

interface ArrowArrayType {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrowValues
}

function arrayType(typeType: number, type: FlatTable | null): ArrowArrayType {
  if (typeType === TypeType.fixedSizeBinary) return Uint8Array
  if (typeType === TypeType.floatingPoint) return Float64Array
  // An index without a type is of 32 bits.
  const Type = INTEGERS[type?.number(0, 4, 0) ?? 32]
  if (typeType !== TypeType.int || Type === undefined) throw damaged("a column of another type")
  return Type
}

function metadataOf(table: FlatTable, field: number): ReadonlyMap<string, string> {
  return new Map(table.tables(field).map((pair) => [pair.text(0) ?? "", pair.text(1) ?? ""]))
}
