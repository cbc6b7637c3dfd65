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
  /** A number of any meaning, below 0 where there is none. */
  readonly labels: Int32Array
  /** 0 where a row may be chosen, `OUTSIDE` where it counts as one outside of the limits; others are passed over. */
  readonly states: Uint8Array
}

/** Limits of what is chosen. */
export interface RowLimits {
  /** The first instant at which a row may start, and the first at which it may not; null: any. */
  readonly since: bigint | null
  readonly until: bigint | null
  /** Bits of which one is in the set, and in the marks; 0: any. */
  readonly setMask: number
  readonly markMask: number
  /** Marks with which a row within the limits is not chosen all the same. */
  readonly barringMarks: number
}

/** Rows by their place in the batch, ascending. Valid until rows are chosen again. */
export interface ChosenRows {
  readonly chosen: Int32Array
  /** Those that end no earlier than they start. */
  readonly intervals: Int32Array
  readonly outsideCount: number
  readonly barredCount: number
}

/** Where the columns of a batch lie. */
export type IntervalRegions = Regions<
  "starts" | "ends" | "sets" | "marks" | "groups" | "labels" | "states" | "chosen" | "intervals" | "marked" | "counts"
>

/** The state of a row outside of limits that are not known here. */
export const OUTSIDE = 0x80

const TICK_BYTES = 8
const ROW_BYTES = 4
const COUNTS = 4
const ANY_INSTANT = { since: -(2n ** 63n), until: 2n ** 63n - 1n }

/** The rows of one batch after the other. */
export class IntervalRows {
  readonly memory = new FiguresMemory<IntervalExports>()
  /** How many rows the greatest batch had. */
  maxRowCount = 0
  /** How many rows of the batch were chosen, and how many of these are intervals. */
  chosenCount = 0
  intervalCount = 0
  #rowCount = 0
  #at: IntervalRegions | null = null
  /** Copies of the rows that were chosen: views of the module's memory would not outlive its growing. */
  #chosen = new Int32Array(0)
  #intervals = new Int32Array(0)

  /** Where the batch lies: starts and ends as 64-bit ticks, groups, labels and rows as 32-bit numbers, the rest as bytes. */
  get at(): IntervalRegions {
    return (this.#at ??= this.#lay(0))
  }

  /** Loads a batch. */
  load(batch: IntervalBatch): void {
    const { rowCount } = batch
    if (rowCount > this.maxRowCount) this.#at = this.#lay(rowCount)
    this.#rowCount = rowCount
    const { at, memory } = this
    const { bytes } = memory
    bytes.set(bytesOf(batch.startTicks, rowCount), at.starts)
    bytes.set(bytesOf(batch.endTicks, rowCount), at.ends)
    bytes.set(bytesOf(batch.groups, rowCount), at.groups)
    bytes.set(bytesOf(batch.labels, rowCount), at.labels)
    bytes.set(batch.sets.subarray(0, rowCount), at.sets)
    bytes.set(batch.marks.subarray(0, rowCount), at.marks)
    bytes.set(batch.states.subarray(0, rowCount), at.states)
  }

  /** Chooses rows of the batch, for all that is made of it. */
  choose({ since, until, setMask, markMask, barringMarks }: RowLimits): ChosenRows {
    const { at } = this
    this.memory.exports.chooseRows(
      this.#rowCount,
      at.states,
      at.starts,
      at.ends,
      at.sets,
      at.marks,
      since ?? ANY_INSTANT.since,
      until ?? ANY_INSTANT.until,
      setMask,
      markMask,
      barringMarks,
      at.chosen,
      at.intervals,
      at.counts,
    )
    const { buffer } = this.memory.bytes
    const [chosenCount = 0, intervalCount = 0, outsideCount = 0, barredCount = 0] = new Uint32Array(
      buffer,
      at.counts,
      COUNTS,
    )
    this.chosenCount = chosenCount
    this.intervalCount = intervalCount
    this.#chosen.set(new Int32Array(buffer, at.chosen, chosenCount))
    this.#intervals.set(new Int32Array(buffer, at.intervals, intervalCount))
    return {
      chosen: this.#chosen.subarray(0, chosenCount),
      intervals: this.#intervals.subarray(0, intervalCount),
      outsideCount,
      barredCount,
    }
  }

  /** Those of the chosen rows that have one of the marks in a mask. Valid until the next call of any method. */
  marked(mask: number): Int32Array {
    const { chosen, marks, marked } = this.at
    const count = this.memory.exports.listMarked(chosen, this.chosenCount, marks, mask, marked)
    return new Int32Array(this.memory.bytes.buffer, marked, count)
  }

  /** One row more is written than there are. */
  #lay(rowCount: number): IntervalRegions {
    this.maxRowCount = rowCount
    this.#chosen = new Int32Array(rowCount)
    this.#intervals = new Int32Array(rowCount)
    const ticks = TICK_BYTES * rowCount
    const numbers = ROW_BYTES * rowCount
    return this.memory.take({
      starts: ticks,
      ends: ticks,
      sets: rowCount,
      marks: rowCount,
      groups: numbers,
      labels: numbers,
      states: rowCount,
      chosen: numbers + ROW_BYTES,
      intervals: numbers + ROW_BYTES,
      marked: numbers + ROW_BYTES,
      counts: ROW_BYTES * COUNTS,
    })
  }
}
