/** Which sessions do not lie within the dates of their calls, as callRecords say these. */
import type { Call, FactBatch } from "./facts.ts"

/** What says of a session when it was, and of which call it is. */
type DatedRows = Pick<FactBatch, "call" | "startTicks" | "endTicks">

/** Whether a session's interval does not lie within the dates of its call. */
export function isOutsideCall(calls: readonly Call[], { call, startTicks, endTicks }: DatedRows, at: number): boolean {
  const known = calls[call[at] ?? -1]
  const dates = known === undefined ? null : usableDates(known)
  if (dates === null) return false
  const start = startTicks[at] ?? 0n
  const end = endTicks[at] ?? 0n
  if (start > end) return false
  return (dates.start !== null && start < dates.start) || (dates.end !== null && end > dates.end)
}

interface Dates {
  readonly start: bigint | null
  readonly end: bigint | null
}

/** Dates to compare with; null where there are none, or where they contradict each other. */
function usableDates({ startTicks, endTicks }: Call): Dates | null {
  if (startTicks === null && endTicks === null) return null
  if (startTicks !== null && endTicks !== null && startTicks > endTicks) return null
  return { start: startTicks, end: endTicks }
}

const FIRST_TICK = -(2n ** 63n)
const LAST_TICK = 2n ** 63n - 1n

/** The dates of all calls side by side, for those who go through many sessions: none are compared as BigInts. */
export class CallDates {
  /** Whether any call has dates to compare with. */
  readonly hasAny: boolean
  readonly #earliest: BigInt64Array
  readonly #latest: BigInt64Array

  constructor(calls: readonly Call[]) {
    const dates = calls.map(usableDates)
    this.hasAny = dates.some((each) => each !== null)
    this.#earliest = BigInt64Array.from(dates, (each) => each?.start ?? FIRST_TICK)
    this.#latest = BigInt64Array.from(dates, (each) => each?.end ?? LAST_TICK)
  }

  /** Tells of rows of a batch whether they lie outside of their calls: as `isOutsideCall`. */
  outsideOf({ call, startTicks, endTicks }: DatedRows): (row: number) => boolean {
    const [start, end] = [wordsOf(startTicks), wordsOf(endTicks)]
    const [earliest, latest] = [wordsOf(this.#earliest), wordsOf(this.#latest)]
    return (row) => {
      const number = call[row] ?? -1
      if (number < 0 || isBefore(end, row, start, row)) return false
      return isBefore(start, row, earliest, number) || isBefore(latest, number, end, row)
    }
  }
}

/** 64-bit numbers as pairs of words, the lower one first. */
function wordsOf(ticks: BigInt64Array): Int32Array {
  return new Int32Array(ticks.buffer, ticks.byteOffset, 2 * ticks.length)
}

function isBefore(left: Int32Array, a: number, right: Int32Array, b: number): boolean {
  const leftHigh = left[2 * a + 1] ?? 0
  const rightHigh = right[2 * b + 1] ?? 0
  return leftHigh === rightHigh ? (left[2 * a] ?? 0) >>> 0 < (right[2 * b] ?? 0) >>> 0 : leftHigh < rightHigh
}
