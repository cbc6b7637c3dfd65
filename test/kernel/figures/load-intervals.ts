/** Loads rows into `IntervalRows`, all of them chosen. */
import type { IntervalBatch, IntervalRows } from "../../../packages/kernel/dist/index.js"

/** Values that are not said are 0, those of groups and labels -1. */
export interface TestRow {
  readonly start: bigint
  readonly end: bigint
  readonly set?: number
  readonly mark?: number
  readonly group?: number
  readonly label?: number
  readonly state?: number
}

/** No limits. */
export const EVERYTHING = { since: null, until: null, setMask: 0, markMask: 0, barringMarks: 0 }

export function batchOf(rows: readonly TestRow[]): IntervalBatch {
  return {
    rowCount: rows.length,
    startTicks: BigInt64Array.from(rows, ({ start }) => start),
    endTicks: BigInt64Array.from(rows, ({ end }) => end),
    sets: Uint8Array.from(rows, ({ set = 0 }) => set),
    marks: Uint8Array.from(rows, ({ mark = 0 }) => mark),
    groups: Int32Array.from(rows, ({ group = -1 }) => group),
    labels: Int32Array.from(rows, ({ label = -1 }) => label),
    states: Uint8Array.from(rows, ({ state = 0 }) => state),
  }
}

/** Loads batches of so many rows, one after the other; `use` is called after each. */
export function loadBatches(
  intervals: IntervalRows,
  rows: readonly TestRow[],
  batchRows: number,
  use: () => void,
): void {
  for (let from = 0; from < rows.length; from += batchRows) {
    intervals.load(batchOf(rows.slice(from, from + batchRows)))
    intervals.choose(EVERYTHING)
    use()
  }
}
