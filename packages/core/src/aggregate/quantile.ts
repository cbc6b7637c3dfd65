/**
 * Order statistics picked out of values that pass by in ascending order, and quantiles of type 7 made of them:
 * R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", 1996; numpy's and Excel's default.
 */
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { nearestDouble } from "./rational.ts"

const PERCENT = 100

/** Percentiles of the report. */
export const PERCENTILES = [50, 90, 95, 99] as const
export type Percentile = (typeof PERCENTILES)[number]

/** Picks what minimum, maximum and the percentiles need out of `count` values, which must all be passed, ascending. */
export class OrderStatistics {
  readonly #count: number
  /** Wanted ranks, ascending, each once. */
  readonly #ranks: readonly number[]
  readonly #values = new Map<number, bigint>()
  #passed = 0
  #nextRank: number

  constructor(count: number) {
    this.#count = count
    const ranks = PERCENTILES.flatMap((percentile) => [lowerRank(count, percentile), upperRank(count, percentile)])
    this.#ranks = [...new Set([0, ...ranks, count - 1])].toSorted((a, b) => a - b)
    this.#nextRank = this.#ranks[0] ?? 0
  }

  /** Passes `ticks[index]`. */
  pass(ticks: BigInt64Array, index: number): void {
    if (this.#passed++ === this.#nextRank) this.#pick(ticks[index] ?? 0n)
  }

  /** The smallest value, in ticks. */
  least(): bigint {
    return this.#at(0)
  }

  /** The largest value, in ticks. */
  greatest(): bigint {
    return this.#at(this.#count - 1)
  }

  /** The percentile in seconds, linear between its neighbours, to the nearest double. */
  percentileSeconds(percentile: Percentile): number {
    const lower = this.#at(lowerRank(this.#count, percentile))
    const upper = this.#at(upperRank(this.#count, percentile))
    const weight = BigInt(((this.#count - 1) * percentile) % PERCENT)
    return nearestDouble(lower * (BigInt(PERCENT) - weight) + upper * weight, BigInt(PERCENT) * TICKS_PER_SECOND)
  }

  #pick(value: bigint): void {
    this.#values.set(this.#nextRank, value)
    this.#nextRank = this.#ranks[this.#values.size] ?? -1
  }

  #at(rank: number): bigint {
    const value = this.#values.get(rank)
    if (value === undefined) throw new RangeError("not all values were passed")
    return value
  }
}

function lowerRank(count: number, percentile: number): number {
  return Math.floor(((count - 1) * percentile) / PERCENT)
}

function upperRank(count: number, percentile: number): number {
  return Math.min(lowerRank(count, percentile) + 1, count - 1)
}
