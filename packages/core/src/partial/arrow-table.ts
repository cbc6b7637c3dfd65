/**
 * Columns → one table of Apache Arrow, as an IPC stream with one record batch, which other programs read as well.
 * Texts are dictionary-encoded over one dictionary. What a column of numbers stands for is in its metadata (`base`:
 * what to add) and, where all rows say the same, in the table's (`constants`).
 */
import type * as Arrow from "apache-arrow"
import {
  packNumbers,
  type ConstantNumbers,
  type NumberArray,
  type StoredArray,
  type StoredNumbers,
} from "./number-column.ts"

export type ArrowLibrary = typeof Arrow

let loaded: Promise<ArrowLibrary> | null = null

/** The library, loaded when it is needed first: it takes 70 ms. */
export function loadArrow(): Promise<ArrowLibrary> {
  loaded ??= import("apache-arrow")
  return loaded
}

const ID_BYTES = 16
const DICTIONARY_ID = 0

/** A table before it is written. */
export interface PlainTable {
  readonly rowCount: number
  /** Whole numbers; `none` stands for none, null: every row has one. */
  readonly numbers: Readonly<Record<string, { readonly values: NumberArray; readonly none: number | null }>>
  /** Indices into `strings`, -1 for none. */
  readonly texts: Readonly<Record<string, Int32Array>>
  readonly ticks: Readonly<Record<string, BigInt64Array>>
  /** 16 bytes a row; left out where every row has none. */
  readonly ids: Readonly<Record<string, Uint8Array | null>>
  readonly strings: readonly string[]
}

/** The IPC stream of a table. */
export function writeTable(arrow: ArrowLibrary, table: PlainTable): Uint8Array {
  return new TableWriter(arrow, table).bytes()
}

class TableWriter {
  readonly #arrow: ArrowLibrary
  readonly #table: PlainTable
  readonly #fields: Arrow.Field[] = []
  readonly #columns: Arrow.Data[] = []
  readonly #constants: Record<string, number | null> = {}

  constructor(arrow: ArrowLibrary, table: PlainTable) {
    this.#arrow = arrow
    this.#table = table
  }

  bytes(): Uint8Array {
    const { ticks, ids, texts, numbers, rowCount, strings } = this.#table
    for (const [name, values] of Object.entries(ticks)) this.#addTicks(name, values)
    for (const [name, bytes] of Object.entries(ids)) this.#addIds(name, bytes)
    this.#addTexts(texts)
    for (const [name, { values, none }] of Object.entries(numbers)) this.#addNumbers(name, packNumbers(values, none))
    const { Schema, RecordBatch, Struct, Table, makeData, tableToIPC } = this.#arrow
    const schema = new Schema(this.#fields, metadataOf(this.#constants, strings))
    const type = new Struct(this.#fields)
    const data = makeData({ type, length: rowCount, nullCount: 0, children: this.#columns })
    return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), "stream")
  }

  #add(name: string, data: Arrow.Data, metadata: Map<string, string> = new Map()): void {
    this.#fields.push(new this.#arrow.Field(name, data.type, data.nullCount > 0, metadata))
    this.#columns.push(data)
  }

  #addTicks(name: string, data: BigInt64Array): void {
    const { makeData, Int64 } = this.#arrow
    this.#add(name, makeData({ type: new Int64(), length: data.length, nullCount: 0, data }))
  }

  #addIds(name: string, data: Uint8Array | null): void {
    const { makeData, FixedSizeBinary } = this.#arrow
    if (data === null) this.#constants[name] = null
    else
      this.#add(
        name,
        makeData({ type: new FixedSizeBinary(ID_BYTES), length: this.#table.rowCount, nullCount: 0, data }),
      )
  }

  #addTexts(texts: PlainTable["texts"]): void {
    const dictionary = this.#dictionary()
    let isWritten = false
    for (const [index, [name, values]] of Object.entries(texts).entries()) {
      const packed = packNumbers(values, -1, 0)
      // The dictionary is written with a column; ids refer to it as well.
      const isLast = index === Object.keys(texts).length - 1
      if (
        "constant" in packed &&
        packed.constant === null &&
        (isWritten || !isLast || this.#table.strings.length === 0)
      ) {
        this.#constants[name] = null
        continue
      }
      this.#addDictionaryColumn(name, "constant" in packed ? wide(values) : packed, dictionary)
      isWritten = true
    }
  }

  #addDictionaryColumn(name: string, { stored, noneCount }: StoredNumbers, dictionary: Arrow.Vector<Arrow.Utf8>): void {
    const { Dictionary, makeData } = this.#arrow
    const type = new Dictionary(dictionary.type, this.#typeOf(stored) as Arrow.Int32, DICTIONARY_ID)
    const data = stored as Int32Array
    this.#add(name, makeData({ type, length: data.length, data, dictionary, ...validity(stored, noneCount) }))
  }

  #dictionary(): Arrow.Vector<Arrow.Utf8> {
    const texts = this.#table.strings.map((text) => Buffer.from(text))
    const valueOffsets = new Int32Array(texts.length + 1)
    for (const [index, text] of texts.entries()) valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + text.length
    const { makeData, makeVector, Utf8 } = this.#arrow
    const data = Buffer.concat(texts)
    return makeVector(makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data }))
  }

  #addNumbers(name: string, column: StoredNumbers | ConstantNumbers): void {
    if ("constant" in column) {
      this.#constants[name] = column.constant
      return
    }
    const { stored, base, noneCount } = column
    const type = this.#typeOf(stored)
    // The arrays and types of all widths go together; Int32 stands for them.
    const data = this.#arrow.makeData({
      type: type as Arrow.Int32,
      length: stored.length,
      data: stored as Int32Array,
      ...validity(stored, noneCount),
    })
    this.#add(name, data, base === 0 ? new Map() : new Map([["base", String(base)]]))
  }

  #typeOf(stored: StoredArray): Arrow.DataType {
    const { Int8, Int16, Int32, Float64 } = this.#arrow
    if (stored instanceof Int8Array) return new Int8()
    if (stored instanceof Int16Array) return new Int16()
    return stored instanceof Int32Array ? new Int32() : new Float64()
  }
}

function wide(values: Int32Array): StoredNumbers {
  return { stored: values, base: 0, noneCount: values.includes(-1) ? values.length : 0 }
}

/** Rows of which nothing is known, as Arrow marks them. */
function validity(stored: StoredArray, nullCount: number): { nullCount: number; nullBitmap?: Uint8Array } {
  if (nullCount === 0) return { nullCount }
  const nullBitmap = new Uint8Array(Math.ceil(stored.length / 8))
  for (let row = 0; row < stored.length; row++) {
    if (stored[row] !== -1) nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7))
  }
  return { nullCount, nullBitmap }
}

const LONE_SURROGATE = /\p{Surrogate}/u

/** UTF-8 has no lone surrogates, so texts with some stand in the metadata once more, as JSON escapes them. */
function metadataOf(constants: Record<string, number | null>, strings: readonly string[]): Map<string, string> {
  const exactTexts = strings.flatMap((text, index) => (LONE_SURROGATE.test(text) ? [[index, text]] : []))
  return new Map([
    ["constants", JSON.stringify(constants)],
    ...(exactTexts.length === 0 ? [] : [["exactTexts", JSON.stringify(exactTexts)] as const]),
  ])
}
