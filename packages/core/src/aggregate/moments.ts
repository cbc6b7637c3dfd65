/** Count, sum and sum of squares of durations, as exact integers of ticks. */
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { nearestDouble, nearestRoot } from "./rational.ts"

/** What is known of some durations; of none all are 0. */
export interface MomentSums {
  readonly count: number
  readonly sum: bigint
  readonly sumOfSquares: bigint
}

/** Moments that begin with no duration. */
export class Moments {
  count = 0
  #sum = 0n
  #sumOfSquares = 0n

  /** Adds durations. */
  add({ count, sum, sumOfSquares }: MomentSums): void {
    this.count += count
    this.#sum += sum
    this.#sumOfSquares += sumOfSquares
  }

  /** The sum, in ticks. */
  sumTicks(): bigint {
    return this.#sum
  }

  /** The mean in seconds, to the nearest double. The count is not 0. */
  meanSeconds(): number {
    return nearestDouble(this.#sum, BigInt(this.count) * TICKS_PER_SECOND)
  }

  /** The population standard deviation in seconds, √(n·Σx² − (Σx)²) / n, to the nearest double. The count is not 0. */
  stddevSeconds(): number {
    const count = BigInt(this.count)
    const scaledVariance = count * this.#sumOfSquares - this.#sum * this.#sum
    return nearestRoot(scaledVariance, (count * TICKS_PER_SECOND) ** 2n)
  }
}
