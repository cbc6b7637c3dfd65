/** Counts of the rows that were chosen of one batch after the other. */
import type { IntervalRows } from "./interval-rows.ts"
import { PairTable } from "./pair-table.ts"

const SET_COUNT = 2 ** 8
const SET_LONGS = 3
const LONG_BYTES = 8
const WORD_BYTES = 4
/** Before so many rows are counted, tables are asked for room; the fewer, the smaller they stay. */
const COUNTED_AT_ONCE = 2 ** 12

/** What is counted of a set. */
export interface SetSum {
  readonly rowCount: number
  /** Of those that are intervals. */
  readonly lengthSum: bigint
}

/** Rows and their lengths by exact set. */
export class SetSums {
  readonly #rows: IntervalRows
  readonly #at: number

  constructor(rows: IntervalRows) {
    this.#rows = rows
    this.#at = rows.memory.take({ sums: SET_COUNT * SET_LONGS * LONG_BYTES }).sums
  }

  /** Adds the batch that is loaded. */
  add(): void {
    const { at, chosenCount, intervalCount, memory } = this.#rows
    const { chosen, intervals, starts, ends, sets } = at
    memory.exports.addToSets(chosen, chosenCount, intervals, intervalCount, starts, ends, sets, this.#at)
  }

  /** By set. */
  sums(): readonly SetSum[] {
    const longs = new BigUint64Array(this.#rows.memory.bytes.buffer, this.#at, SET_COUNT * SET_LONGS)
    return Array.from({ length: SET_COUNT }, (_, set) => {
      const [count = 0n, low = 0n, high = 0n] = longs.subarray(SET_LONGS * set, SET_LONGS * (set + 1))
      return { rowCount: Number(count), lengthSum: (high << 64n) | low }
    })
  }
}

/** Rows by the unit of time in which they start, by label, and those of no group. */
export class RowCounts {
  ungroupedCount = 0
  readonly #rows: IntervalRows
  readonly #unitTicks: bigint
  readonly #units: PairTable
  readonly #labels: PairTable

  constructor(rows: IntervalRows, unitTicks: bigint) {
    this.#rows = rows
    this.#unitTicks = unitTicks
    this.#units = new PairTable(rows.memory)
    this.#labels = new PairTable(rows.memory)
  }

  /** Adds the batch that is loaded. */
  add(): void {
    const { at, chosenCount } = this.#rows
    for (let from = 0; from < chosenCount; from += COUNTED_AT_ONCE) {
      this.#count(at.chosen + WORD_BYTES * from, Math.min(COUNTED_AT_ONCE, chosenCount - from))
    }
  }

  #count(chosen: number, count: number): void {
    const { at, memory } = this.#rows
    const { exports } = memory
    const [units, labels] = [this.#units, this.#labels]
    units.reserve(count)
    labels.reserve(count)
    units.size += exports.countStarts(chosen, count, at.starts, this.#unitTicks, units.at, units.mask)
    labels.size += exports.countLabels(chosen, count, at.labels, labels.at, labels.mask)
    this.ungroupedCount += exports.countUngrouped(chosen, count, at.groups)
  }

  /** Units with rows, counted from 1970-01-01T00:00:00Z, ascending, and how many rows each has. */
  byUnit(): readonly (readonly [unit: number, rowCount: number])[] {
    const counts = this.#units.values().map(([unit, count]) => [Number(unit), count] as const)
    return counts.toSorted(([a], [b]) => a - b)
  }

  /** Labels that occur, ascending, and how many rows have each. */
  byLabel(): readonly (readonly [label: number, rowCount: number])[] {
    return this.#labels.values().map(([label, count]) => [Number(label), count])
  }
}
