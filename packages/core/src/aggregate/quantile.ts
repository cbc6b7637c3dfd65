/**
 * Order statistics, and quantiles of type 7 made of them:
 * R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", 1996; numpy's and Excel's default.
 */
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { nearestDouble } from "./rational.ts"

const PERCENT = 100

/** Percentiles of the report. */
export const PERCENTILES = [50, 90, 95, 99] as const
export type Percentile = (typeof PERCENTILES)[number]

/** What minimum, maximum and the percentiles of `count` values need: the values of some ranks. */
export class OrderStatistics {
  /** Wanted ranks, ascending, each once; none of no values. */
  readonly ranks: readonly number[]
  readonly #count: number
  readonly #values = new Map<number, bigint>()

  constructor(count: number) {
    this.#count = count
    const ranks = PERCENTILES.flatMap((percentile) => [lowerRank(count, percentile), upperRank(count, percentile)])
    this.ranks = count === 0 ? [] : [...new Set([0, ...ranks, count - 1])].toSorted((a, b) => a - b)
  }

  /** Takes the values of the wanted ranks, in ticks. */
  take(ticks: readonly bigint[]): void {
    this.ranks.forEach((rank, index) => this.#values.set(rank, ticks[index] ?? 0n))
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

  #at(rank: number): bigint {
    const value = this.#values.get(rank)
    if (value === undefined) throw new RangeError(`the value of rank ${rank} was not taken`)
    return value
  }
}

function lowerRank(count: number, percentile: number): number {
  return Math.floor(((count - 1) * percentile) / PERCENT)
}

function upperRank(count: number, percentile: number): number {
  return Math.min(lowerRank(count, percentile) + 1, count - 1)
}
