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
export interface TypedColumn {
  readonly type: DataType
  readonly dataOf: (cells: readonly FactCell[]) => Data
}

/** How values of a type are stored, each for itself. */
export function plainColumn(type: ColumnType): TypedColumn {
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
  return makeData({ type: new Int32(), data: Int32Array.from(cells, Number), ...validityOf(cells) })
}

function doubleData(cells: readonly FactCell[]): Data {
  return makeData({ type: new Float64(), data: Float64Array.from(cells, Number), ...validityOf(cells) })
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
export function textData(cells: readonly FactCell[]): Data<Utf8> {
  const texts = cells.map((cell) => (typeof cell === "string" ? cell : ""))
  const valueOffsets = new Int32Array(texts.length + 1)
  for (const [index, text] of texts.entries())
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + Buffer.byteLength(text)
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0)
  const encoder = new TextEncoder()
  for (const [index, text] of texts.entries()) encoder.encodeInto(text, data.subarray(valueOffsets[index]))
  return makeData({ type: new Utf8(), valueOffsets, data, ...validityOf(cells) })
}

function listData(cells: readonly FactCell[]): Data {
  const lists = cells as readonly (readonly string[])[]
  const valueOffsets = new Int32Array(lists.length + 1)
  for (const [index, list] of lists.entries()) valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + list.length
  return makeData({ type: LIST, length: lists.length, nullCount: 0, valueOffsets, child: textData(lists.flat()) })
}

/** Which cells have a value; no bits where all have. */
export function validityOf(cells: readonly FactCell[]): { length: number; nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = cells.reduce<number>((count, cell) => (cell === null ? count + 1 : count), 0)
  const length = cells.length
  return nullCount === 0
    ? { length, nullCount }
    : { length, nullCount, nullBitmap: bits(cells, (cell) => cell !== null) }
}

/** A bit for each cell, the lowest first, in whole runs of 8 bytes as readers like it. */
function bits(cells: readonly FactCell[], isSet: (cell: FactCell) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(cells.length / 64) * 8)
  for (const [index, cell] of cells.entries()) {
    if (isSet(cell)) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7))
  }
  return bytes
}
