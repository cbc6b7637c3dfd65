/**
 * A batch of rows that are intervals, in the memory of the figures' module: loaded once, read by whatever is made of
 * them. What needs room for its own asks the same memory for it.
 */
import { bytesOf } from "./column-bytes.ts"
import { FiguresMemory, type Regions } from "./figures-memory.ts"
import type { IntervalExports } from "./interval-exports.ts"

/** Columns of a batch, of at least `rowCount` values each. */
export interface IntervalBatch {
  readonly rowCount: number
  readonly startTicks: BigInt64Array
  readonly endTicks: BigInt64Array
  /** A bit for each of up to 7 slots. */
  readonly sets: Uint8Array
  /** Bits of any meaning. */
  readonly marks: Uint8Array
  /** The group of each, below 0 where it is of none. */
  readonly groups: Int32Array
}

/** Where the columns of a batch lie. */
export type IntervalRegions = Regions<"starts" | "ends" | "sets" | "marks" | "groups" | "rows">

const TICK_BYTES = 8
const ROW_BYTES = 4

/** The rows of one batch after the other. */
export class IntervalRows {
  readonly memory = new FiguresMemory<IntervalExports>()
  /** How many rows the greatest batch had. */
  maxRowCount = 0
  /** How many intervals the batch has. */
  intervalCount = 0
  #at: IntervalRegions = { starts: 0, ends: 0, sets: 0, marks: 0, groups: 0, rows: 0 }

  /** Where the batch lies: starts and ends as 64-bit ticks, sets and marks as bytes, groups and the rows that are intervals as 32-bit numbers. */
  get at(): IntervalRegions {
    return this.#at
  }

  /** Loads a batch; `intervals` are those of its rows that end no earlier than they start, ascending. */
  load({ rowCount, startTicks, endTicks, sets, marks, groups }: IntervalBatch, intervals: Int32Array): void {
    if (rowCount > this.maxRowCount) this.#makeRoom(rowCount)
    const { bytes } = this.memory
    bytes.set(bytesOf(startTicks, rowCount), this.#at.starts)
    bytes.set(bytesOf(endTicks, rowCount), this.#at.ends)
    bytes.set(sets.subarray(0, rowCount), this.#at.sets)
    bytes.set(marks.subarray(0, rowCount), this.#at.marks)
    bytes.set(bytesOf(groups, rowCount), this.#at.groups)
    bytes.set(bytesOf(intervals, intervals.length), this.#at.rows)
    this.intervalCount = intervals.length
  }

  #makeRoom(rowCount: number): void {
    this.maxRowCount = rowCount
    this.#at = this.memory.take({
      starts: TICK_BYTES * rowCount,
      ends: TICK_BYTES * rowCount,
      sets: rowCount,
      marks: rowCount,
      groups: ROW_BYTES * rowCount,
      rows: ROW_BYTES * rowCount,
    })
  }
}
