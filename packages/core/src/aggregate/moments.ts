/**
 * Count, sum and sum of squares of durations, as exact integers of ticks. A duration is taken apart into limbs of
 * 20 bits; sums of their products stay below 2^53 and are turned into a BigInt before they could reach it.
 */
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { nearestDouble, nearestRoot } from "./rational.ts"

const LIMB_BITS = 20
const LIMB_MASK = 2 ** LIMB_BITS - 1
// The highest limb has up to 22 bits, a product up to 44: 2^9 of them stay within 2^53.
const MAX_PENDING = 2 ** 9
const WORD = 2 ** 32

/** Moments that begin with no duration. */
export class Moments {
  count = 0
  #sum = 0n
  #squares = 0n
  /** Not yet in `#sum`: `#sumHigh · 2^32 + #sumLow`. */
  #sumHigh = 0
  #sumLow = 0
  /** Not yet in `#squares`: sums of products of limbs, by weight 2^0, 2^20, … 2^80. */
  #products = new Float64Array(5)
  #pending = 0

  /** Adds a duration of `high · 2^32 + low` ticks, as `spanHigh` and `spanLow` give it. */
  add(high: number, low: number): void {
    this.count += 1
    this.#sumHigh += high
    this.#sumLow += low
    this.#addSquare(low & LIMB_MASK, (low >>> LIMB_BITS) | ((high & 0xff) << 12), high >>> 8)
    if (++this.#pending === MAX_PENDING) this.#settle()
  }

  /** Adds all durations of another. */
  addAll(other: Moments): void {
    this.#settle()
    other.#settle()
    this.count += other.count
    this.#sum += other.#sum
    this.#squares += other.#squares
  }

  /** The sum, in ticks. */
  sumTicks(): bigint {
    this.#settle()
    return this.#sum
  }

  /** The mean in seconds, to the nearest double. The count is not 0. */
  meanSeconds(): number {
    return nearestDouble(this.sumTicks(), BigInt(this.count) * TICKS_PER_SECOND)
  }

  /** The population standard deviation in seconds, √(n·Σx² − (Σx)²) / n, to the nearest double. The count is not 0. */
  stddevSeconds(): number {
    this.#settle()
    const count = BigInt(this.count)
    const scaledVariance = count * this.#squares - this.#sum * this.#sum
    return nearestRoot(scaledVariance, (count * TICKS_PER_SECOND) ** 2n)
  }

  #addSquare(limb0: number, limb1: number, limb2: number): void {
    const products = this.#products
    products[0] = (products[0] ?? 0) + limb0 * limb0
    products[1] = (products[1] ?? 0) + 2 * limb0 * limb1
    products[2] = (products[2] ?? 0) + 2 * limb0 * limb2 + limb1 * limb1
    products[3] = (products[3] ?? 0) + 2 * limb1 * limb2
    products[4] = (products[4] ?? 0) + limb2 * limb2
  }

  #settle(): void {
    this.#sum += BigInt(this.#sumHigh) * BigInt(WORD) + BigInt(this.#sumLow)
    this.#sumHigh = 0
    this.#sumLow = 0
    for (let weight = 0; weight < this.#products.length; weight++) {
      this.#squares += BigInt(this.#products[weight] ?? 0) << BigInt(weight * LIMB_BITS)
      this.#products[weight] = 0
    }
    this.#pending = 0
  }
}
