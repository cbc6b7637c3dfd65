/**
 * Exact sums of time spans, one a slot. A sum is kept as `high · 2^40 + low` with `low` below 2^40: spans of
 * 10,000 years, two thousand million of them, stay exact.
 */
import { spanHigh, spanLow, type TickWords } from "./tick-words.ts"

const WORD = 2 ** 32
const HALF = 2 ** 40

/** Sums that begin at 0. */
export class TickSums {
  readonly #high: Float64Array
  readonly #low: Float64Array

  constructor(slotCount: number) {
    this.#high = new Float64Array(slotCount)
    this.#low = new Float64Array(slotCount)
  }

  /** Adds `to[toIndex] − from[fromIndex]`, which is not negative. */
  addSpan(slot: number, from: TickWords, fromIndex: number, to: TickWords, toIndex: number): void {
    const high = spanHigh(from, fromIndex, to, toIndex)
    this.#add(slot, high >>> 8, (high & 0xff) * WORD + spanLow(from, fromIndex, to, toIndex))
  }

  /** Adds a slot of other sums. */
  addSum(slot: number, other: TickSums, otherSlot: number): void {
    this.#add(slot, other.#high[otherSlot] ?? 0, other.#low[otherSlot] ?? 0)
  }

  /** The sum of a slot. */
  ticks(slot: number): bigint {
    return BigInt(this.#high[slot] ?? 0) * BigInt(HALF) + BigInt(this.#low[slot] ?? 0)
  }

  #add(slot: number, high: number, low: number): void {
    const sum = (this.#low[slot] ?? 0) + low
    const carry = sum >= HALF ? 1 : 0
    this.#low[slot] = sum - carry * HALF
    this.#high[slot] = (this.#high[slot] ?? 0) + high + carry
  }
}
