/** Rows with a participant at either end → a record for each participant of each row, told apart by buckets. */
import { FiguresMemory } from "./figures-memory.ts"
import { INTERVAL_BYTES, INTERVAL_WORDS } from "./interval.ts"

/** Columns of intervals. All have `rowCount` elements or more. */
export interface IntervalColumns {
  /** The number of the first row among all rows. */
  readonly firstRow: number
  readonly rowCount: number
  /** Ticks. */
  readonly starts: BigInt64Array
  readonly ends: BigInt64Array
  /** What several intervals may be of; -1 is a group of its own. */
  readonly groups: Int32Array
  /** The participant at either end, below 0 none. The same at both ends is one participant. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Numbers below 255. */
  readonly fromKinds: Uint8Array
  readonly toKinds: Uint8Array
}

/** Records bucket by bucket, in the order of the rows within each. */
export interface IntervalBuckets {
  /** By bucket: where its records end, in words. */
  readonly ends: Uint32Array
  /** `INTERVAL_WORDS` a record. */
  readonly words: Int32Array
}

interface Exports {
  readonly splitIntervals: (
    rows: number,
    rowCount: number,
    firstRow: number,
    starts: number,
    ends: number,
    groups: number,
    from: number,
    to: number,
    fromKinds: number,
    toKinds: number,
    bucketCount: number,
    bucketEnds: number,
    records: number,
  ) => void
}

const TICK_BYTES = 8
const NUMBER_BYTES = 4
const ENDS_OF_ROW = 2

/** Splits rows into so many buckets, a power of two: a participant's bucket is the lower bits of its number. */
export class IntervalSplit {
  readonly #bucketCount: number
  readonly #memory = new FiguresMemory<Exports>()

  constructor(bucketCount: number) {
    this.#bucketCount = bucketCount
  }

  /** The records of these rows of the columns. Valid until the next rows are split. */
  split(columns: IntervalColumns, rows: Int32Array): IntervalBuckets {
    const { firstRow, rowCount } = columns
    const numbers = rowCount * NUMBER_BYTES
    const at = this.#memory.lay({
      starts: rowCount * TICK_BYTES,
      ends: rowCount * TICK_BYTES,
      groups: numbers,
      from: numbers,
      to: numbers,
      fromKinds: rowCount,
      toKinds: rowCount,
      rows: rows.length * NUMBER_BYTES,
      bucketEnds: this.#bucketCount * NUMBER_BYTES,
      records: ENDS_OF_ROW * rows.length * INTERVAL_BYTES,
    })
    for (const name of ["starts", "ends", "groups", "from", "to", "fromKinds", "toKinds"] as const) {
      this.#memory.bytes.set(bytesOf(columns[name], rowCount), at[name])
    }
    this.#memory.bytes.set(bytesOf(rows, rows.length), at.rows)
    this.#memory.exports.splitIntervals(
      at.rows,
      rows.length,
      firstRow,
      at.starts,
      at.ends,
      at.groups,
      at.from,
      at.to,
      at.fromKinds,
      at.toKinds,
      this.#bucketCount,
      at.bucketEnds,
      at.records,
    )
    const { buffer } = this.#memory.bytes
    const ends = new Uint32Array(buffer, at.bucketEnds, this.#bucketCount).map((end) => end * INTERVAL_WORDS)
    return { ends, words: new Int32Array(buffer, at.records, ends[this.#bucketCount - 1] ?? 0) }
  }
}

type Column = BigInt64Array | Int32Array | Uint8Array

function bytesOf({ buffer, byteOffset, BYTES_PER_ELEMENT }: Column, length: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length * BYTES_PER_ELEMENT)
}
