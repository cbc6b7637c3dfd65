/** Values of a batch as the buffers of Apache Arrow. */
import {
  Bool,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  TimestampMicrosecond,
  Utf8,
  type Data,
  type DataType,
} from "apache-arrow"
import type { ColumnType, FactCell } from "./column.ts"
import { microsOf } from "./micros.ts"

/** The Arrow type of a column's values, and how they become Arrow's. */
export interface StoredType {
  readonly type: DataType
  readonly dataOf: (cells: readonly FactCell[]) => Data
}

/** How values of a type are stored, each for itself. */
export function storedAs(type: ColumnType): StoredType {
  switch (type) {
    case "text":
      return { type: new Utf8(), dataOf: textData }
    case "texts":
      return { type: LIST, dataOf: listData }
    case "flag":
      return { type: new Bool(), dataOf: flagData }
    case "instant":
      return { type: INSTANT, dataOf: instantData }
    case "int64":
      return { type: new Int64(), dataOf: int64Data }
    case "int32":
      return { type: new Int32(), dataOf: int32Data }
    case "double":
      return { type: new Float64(), dataOf: doubleData }
  }
}

const LIST = new List(new Field("element", new Utf8(), false))
const INSTANT = new TimestampMicrosecond("UTC")

function int32Data(cells: readonly FactCell[]): Data {
  return makeData({ type: new Int32(), data: Int32Array.from(cells, Number), ...validityOf(cells, isValue) })
}

function doubleData(cells: readonly FactCell[]): Data {
  return makeData({ type: new Float64(), data: Float64Array.from(cells, Number), ...validityOf(cells, isValue) })
}

function int64Data(cells: readonly FactCell[]): Data {
  const data = BigInt64Array.from(cells as readonly (bigint | number)[], BigInt)
  return makeData({ type: new Int64(), data, nullCount: 0 })
}

function instantData(cells: readonly FactCell[]): Data {
  const data = BigInt64Array.from(cells as readonly bigint[], microsOf)
  return makeData({ type: INSTANT, data, nullCount: 0 })
}

function flagData(cells: readonly FactCell[]): Data {
  return makeData({ type: new Bool(), data: bits(cells, (cell) => cell === true), length: cells.length, nullCount: 0 })
}

/** Texts one after the other, and where each begins and ends. */
function textData(cells: readonly FactCell[]): Data<Utf8> {
  const texts = cells.map((cell) => (typeof cell === "string" ? cell : ""))
  const valueOffsets = new Int32Array(texts.length + 1)
  for (const [index, text] of texts.entries())
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + Buffer.byteLength(text)
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0)
  const encoder = new TextEncoder()
  for (const [index, text] of texts.entries()) encoder.encodeInto(text, data.subarray(valueOffsets[index]))
  return makeData({ type: new Utf8(), valueOffsets, data, ...validityOf(cells, isValue) })
}

function listData(cells: readonly FactCell[]): Data {
  const lists = cells as readonly (readonly string[])[]
  const valueOffsets = new Int32Array(lists.length + 1)
  for (const [index, list] of lists.entries()) valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + list.length
  return makeData({ type: LIST, length: lists.length, nullCount: 0, valueOffsets, child: textData(lists.flat()) })
}

/** Which values are there; no bits where all are. */
export function validityOf<Value>(
  values: Iterable<Value> & { readonly length: number },
  isThere: (value: Value) => boolean,
): { readonly length: number; readonly nullCount: number; readonly nullBitmap?: Uint8Array } {
  const nullBitmap = bits(values, isThere)
  let nullCount = 0
  for (const value of values) if (!isThere(value)) nullCount += 1
  return { length: values.length, nullCount, ...(nullCount === 0 ? {} : { nullBitmap }) }
}

const isValue = (cell: FactCell): boolean => cell !== null

/** A bit for each value, the lowest first, in whole runs of 8 bytes as readers like it. */
function bits<Value>(
  values: Iterable<Value> & { readonly length: number },
  isSet: (value: Value) => boolean,
): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 64) * 8)
  let index = 0
  for (const value of values) {
    if (isSet(value)) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7))
    index += 1
  }
  return bytes
}
