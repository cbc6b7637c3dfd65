/** Rows with a participant at either end → a record for each participant of each row, told apart by buckets. */
import { bytesOf } from "./column-bytes.ts"
import { FiguresMemory } from "./figures-memory.ts"
import { INTERVAL_BYTES, INTERVAL_WORDS } from "./interval.ts"
import { splitRecords, type SplitRecords } from "./split-records.ts"

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

  /** The records of these rows of the columns, `INTERVAL_WORDS` each. Valid until the next rows are split. */
  split(columns: IntervalColumns, rows: Int32Array): SplitRecords {
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
    return splitRecords(this.#memory, at, this.#bucketCount, INTERVAL_WORDS)
  }
}
