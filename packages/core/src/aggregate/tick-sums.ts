/**
 * Exact sums of time spans, one a slot. A sum is kept as `high · 2^40 + low` with `low` below 2^40: spans of
 * 10,000 years, two thousand million of them, stay exact.
 */
import { spanHigh, spanLow, type TickWords } from "./tick-words.ts"

const WORD = 2 ** 32
const HALF = 2 ** 40
const UPPER_OF_HIGH = HALF / WORD

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

  /** Adds `high · 2^32 + low` ticks, where neither part is negative, `high` is below 2^52 and `low` below 2^53. */
  addParts(slot: number, high: number, low: number): void {
    const carry = Math.floor(low / HALF)
    const upper = Math.floor(high / UPPER_OF_HIGH)
    this.#add(slot, upper + carry, (high - upper * UPPER_OF_HIGH) * WORD)
    this.#add(slot, 0, low - carry * HALF)
  }

  /** Adds a slot of other sums. */
  addSum(slot: number, other: TickSums, otherSlot: number): void {
    this.#add(slot, other.#high[otherSlot] ?? 0, other.#low[otherSlot] ?? 0)
  }

  /** Adds all slots of sums with as many slots. */
  addAll(other: TickSums): void {
    for (let slot = 0; slot < this.#low.length; slot++) this.addSum(slot, other, slot)
  }

  /** The sum of a slot. */
  ticks(slot: number): bigint {
    return BigInt(this.#high[slot] ?? 0) * BigInt(HALF) + BigInt(this.#low[slot] ?? 0)
  }

  /** Negative, zero or positive as the sum of slot `a` is less than, equal to or more than that of slot `b`. */
  compare(a: number, b: number): number {
    const high = (this.#high[a] ?? 0) - (this.#high[b] ?? 0)
    return high === 0 ? (this.#low[a] ?? 0) - (this.#low[b] ?? 0) : high
  }

  #add(slot: number, high: number, low: number): void {
    const sum = (this.#low[slot] ?? 0) + low
    const carry = sum >= HALF ? 1 : 0
    this.#low[slot] = sum - carry * HALF
    this.#high[slot] = (this.#high[slot] ?? 0) + high + carry
  }
}
