/**
 * Packs columns of whole numbers, and unpacks them: what is kept is the difference to the least value, in as many bytes
 * as the greatest difference needs; none where all values are alike. Values of 64 bits that ascend are kept as steps.
 * Every column comes back bit by bit.
 */
import { FiguresMemory, type Regions } from "./figures-memory.ts"

/** What can be packed; of doubles those that are whole numbers below 2^63, others are kept as they are. */
export type PackableColumn = Uint8Array | Int32Array | Uint32Array | Float64Array | BigInt64Array

/**
 * A column that foretells another of as many rows: instants from which on time is measured (both of 64 bits), or lengths
 * of what begins at the offsets of the other.
 */
export type Companion = BigInt64Array | Uint32Array

/** How a column was packed. `width` is in bytes a value: 0 to 8. */
export type Packing =
  /** As it is. */
  | { readonly form: "raw" }
  | { readonly form: "words"; readonly width: number; readonly least: number }
  | { readonly form: "longs"; readonly width: number; readonly least: bigint }
  /** Each value by the step from the one before it; the first stands apart. */
  | { readonly form: "steps"; readonly width: number; readonly least: bigint; readonly first: bigint }

/** A packed column. */
export interface PackedColumn {
  readonly packing: Packing
  /** Valid until the next column is packed or unpacked, and no longer than the column itself. */
  readonly bytes: Uint8Array
}

type Address = number

interface Exports {
  readonly rangeOfWords: (at: Address, count: number) => number
  readonly leastWord: () => number
  readonly packWords: (at: Address, count: number, least: number, width: number, to: Address) => void
  readonly unpackWords: (from: Address, count: number, least: number, width: number, at: Address) => void
  readonly toLongs: (at: Address, count: number) => number
  readonly toDoubles: (at: Address, count: number) => void
  readonly subtractLongs: (at: Address, others: Address, count: number) => void
  readonly addLongs: (at: Address, others: Address, count: number) => void
  readonly toSteps: (at: Address, count: number) => void
  readonly fromSteps: (at: Address, count: number) => void
  readonly subtractLengths: (at: Address, lengths: Address, count: number) => void
  readonly addLengths: (at: Address, lengths: Address, count: number) => void
  readonly rangeOfLongs: (at: Address, count: number) => void
  readonly leastLong: () => bigint
  readonly longRange: () => bigint
  readonly packLongs: (at: Address, count: number, least: bigint, width: number, to: Address) => void
  readonly unpackLongs: (from: Address, count: number, least: bigint, width: number, at: Address) => void
}

const LONG_BYTES = 8
/** So many bytes behind the packed ones are written and read. */
const PADDING_BYTES = 8
const NO_BYTES = new Uint8Array(0)

/** Where columns lie that are packed in their place, and bytes of all columns of a row. */
interface PackerPlace {
  readonly memory: FiguresMemory<Exports>
  readonly rowBytes: number
}

/** Columns that lie side by side when they are packed, in their order. */
export interface PackedColumns {
  /** Of each column: how it was packed, and in how many bytes. */
  readonly parts: readonly { readonly packing: Packing; readonly byteLength: number }[]
  /** Valid until the next column is packed or unpacked. */
  readonly bytes: Uint8Array
}

/** Packs and unpacks one column after the other. */
export class ColumnPacker {
  readonly #memory: FiguresMemory<Exports>
  readonly #at: Regions<"values" | "steps" | "companion" | "packed">
  /** Where the next packed bytes go. */
  #to: Address

  /** Columns have `maxCount` values at most, and may lie at `place`. */
  constructor(maxCount: number, place: PackerPlace | null = null) {
    this.#memory = place?.memory ?? new FiguresMemory<Exports>()
    const longs = LONG_BYTES * maxCount
    const packed = (place?.rowBytes ?? LONG_BYTES) * maxCount + PADDING_BYTES
    this.#at = this.#memory.take({ values: longs, steps: longs, companion: longs, packed })
    this.#to = this.#at.packed
  }

  /** Packs a column, which has one value at least. What it was foretold by has to be there when it is unpacked. */
  pack(column: PackableColumn, companion: Companion | null = null): PackedColumn {
    this.#to = this.#at.packed
    return this.#packNext(column, companion)
  }

  /** Packs columns of a row, each with what foretells it. */
  packAll(columns: readonly (readonly [column: PackableColumn, companion: Companion | null])[]): PackedColumns {
    this.#to = this.#at.packed
    const parts = columns.map(([column, companion]) => {
      const { packing, bytes } = this.#packNext(column, companion)
      if (bytes.length > 0 && bytes.byteOffset !== this.#to) this.#memory.bytes.set(bytes, this.#to)
      this.#to += bytes.length
      return { packing, byteLength: bytes.length }
    })
    return { parts, bytes: this.#memory.bytes.subarray(this.#at.packed, this.#to) }
  }

  #packNext(column: PackableColumn, companion: Companion | null): PackedColumn {
    if (column instanceof Uint8Array) return packBytes(column)
    if (column instanceof Int32Array || column instanceof Uint32Array) return this.#packWords(column)
    return this.#packLongs(column, companion)
  }

  /** Fills a column with what was packed. */
  unpack(packing: Packing, bytes: Uint8Array, column: PackableColumn, companion: Companion | null = null): void {
    const { form } = packing
    if (form === "raw") return bytesOf(column).set(bytes)
    this.#memory.bytes.set(bytes, this.#at.packed)
    if (form === "words") this.#unpackWords(packing, column)
    else this.#unpackLongs(packing, column, companion)
  }

  #packWords(column: Int32Array | Uint32Array): PackedColumn {
    const { rangeOfWords, leastWord, packWords } = this.#memory.exports
    const values = this.#place(column, this.#at.values)
    const width = bytesFor(BigInt(rangeOfWords(values, column.length) >>> 0))
    const least = leastWord()
    if (width > 0) packWords(values, column.length, least, width, this.#to)
    return { packing: { form: "words", width, least }, bytes: this.#packed(width * column.length) }
  }

  #unpackWords({ width, least }: Extract<Packing, { form: "words" }>, column: PackableColumn): void {
    if (width === 0) {
      ;(column as Int32Array).fill(least)
      return
    }
    const { values, packed } = this.#at
    this.#memory.exports.unpackWords(packed, column.length, least, width, values)
    this.#get(column, values)
  }

  #packLongs(column: Float64Array | BigInt64Array, companion: Companion | null): PackedColumn {
    const { toLongs, subtractLongs } = this.#memory.exports
    const { values } = this.#at
    const count = column.length
    this.#put(column, values)
    if (column instanceof Float64Array && toLongs(values, count) === 0) return { packing: RAW, bytes: bytesOf(column) }
    const companionAt = companion === null ? 0 : this.#place(companion, this.#at.companion)
    if (companion instanceof BigInt64Array) subtractLongs(values, companionAt, count)
    const longs = this.#longRange(values, count)
    if (longs.width <= 1 || count === 1) return this.#packedLongs({ form: "longs", ...longs }, values, count)
    const first = this.#makeSteps(count, companion instanceof Uint32Array ? companionAt : null)
    const steps = this.#longRange(this.#at.steps + LONG_BYTES, count - 1)
    return steps.width < longs.width
      ? this.#packedLongs({ form: "steps", ...steps, first }, this.#at.steps + LONG_BYTES, count - 1)
      : this.#packedLongs({ form: "longs", ...longs }, values, count)
  }

  /** Makes steps of the values beside them; the first value. */
  #makeSteps(count: number, lengths: Address | null): bigint {
    const { values, steps } = this.#at
    const { bytes, exports } = this.#memory
    bytes.copyWithin(steps, values, values + LONG_BYTES * count)
    exports.toSteps(steps, count)
    if (lengths !== null) exports.subtractLengths(steps, lengths, count)
    return new DataView(bytes.buffer).getBigInt64(steps, true)
  }

  #longRange(at: Address, count: number): { readonly width: number; readonly least: bigint } {
    const { rangeOfLongs, leastLong, longRange } = this.#memory.exports
    rangeOfLongs(at, count)
    return { width: bytesFor(BigInt.asUintN(64, longRange())), least: leastLong() }
  }

  #packedLongs(packing: Extract<Packing, { least: bigint }>, at: Address, count: number): PackedColumn {
    const { width, least } = packing
    if (width > 0) this.#memory.exports.packLongs(at, count, least, width, this.#to)
    return { packing, bytes: this.#packed(width * count) }
  }

  #unpackLongs(
    packing: Extract<Packing, { least: bigint }>,
    column: PackableColumn,
    companion: Companion | null,
  ): void {
    const { exports } = this.#memory
    const { values } = this.#at
    if (companion !== null) this.#put(companion, this.#at.companion)
    if (packing.form === "longs") this.#spread(packing, values, column.length)
    else this.#takeSteps(packing, column.length, companion instanceof Uint32Array)
    if (companion instanceof BigInt64Array) exports.addLongs(values, this.#at.companion, column.length)
    if (column instanceof Float64Array) exports.toDoubles(values, column.length)
    this.#get(column, values)
  }

  #takeSteps(packing: Extract<Packing, { form: "steps" }>, count: number, hasLengths: boolean): void {
    const { bytes, exports } = this.#memory
    const { values } = this.#at
    this.#spread(packing, values + LONG_BYTES, count - 1)
    new DataView(bytes.buffer).setBigInt64(values, packing.first, true)
    if (hasLengths) exports.addLengths(values, this.#at.companion, count)
    exports.fromSteps(values, count)
  }

  #spread({ width, least }: Extract<Packing, { least: bigint }>, at: Address, count: number): void {
    if (width > 0) this.#memory.exports.unpackLongs(this.#at.packed, count, least, width, at)
    else new BigInt64Array(this.#memory.bytes.buffer, at, count).fill(least)
  }

  /** Where a column lies that is only read: where it is, or copied. */
  #place(column: PackableColumn, at: Address): Address {
    if (column.buffer === this.#memory.bytes.buffer) return column.byteOffset
    this.#put(column, at)
    return at
  }

  #put(column: PackableColumn, at: Address): void {
    this.#memory.bytes.set(bytesOf(column), at)
  }

  #get(column: PackableColumn, at: Address): void {
    bytesOf(column).set(this.#memory.bytes.subarray(at, at + column.byteLength))
  }

  #packed(byteLength: number): Uint8Array {
    return this.#memory.bytes.subarray(this.#to, this.#to + byteLength)
  }
}

const RAW: Packing = { form: "raw" }

function packBytes(column: Uint8Array): PackedColumn {
  const [first = 0] = column
  const isUniform = Buffer.compare(column.subarray(1), column.subarray(0, -1)) === 0
  return isUniform
    ? { packing: { form: "words", width: 0, least: first }, bytes: NO_BYTES }
    : { packing: RAW, bytes: column }
}

/** How many bytes hold an unsigned number. */
function bytesFor(range: bigint): number {
  return range === 0n ? 0 : Math.ceil(range.toString(2).length / 8)
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
