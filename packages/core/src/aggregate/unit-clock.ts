/** Tells in which unit of time (hour, day) an instant lies, and how far into it, with one division as a rule. */
import { wholeUnits, type TickWords } from "./tick-words.ts"

const WORD = 2 ** 32
// Differences of upper words up to this give products below 2^53, to which nothing is rounded.
const MAX_DISTANCE = 2 ** 20

/** A clock that is set to one instant after the other. */
export class UnitClock {
  /** Whole units from 1970-01-01T00:00:00Z to the instant, rounded down. */
  units = 0
  /** Ticks from there to the instant. */
  ticks = 0
  readonly #unitTicks: number
  /** The start of a unit near the last instants. */
  #baseUnits = 0
  #baseHigh = 0
  #baseLow = 0

  /** For units of so many ticks: an hour or a day, as `wholeUnits` can count. */
  constructor(unitTicks: number) {
    this.#unitTicks = unitTicks
  }

  /** Sets the clock. */
  set(words: TickWords, index: number): void {
    const high = words.high[2 * index] ?? 0
    const low = words.low[2 * index] ?? 0
    const distance = high - this.#baseHigh
    if (distance > MAX_DISTANCE || distance < -MAX_DISTANCE) this.#moveBase(words, index)
    const ticks = (high - this.#baseHigh) * WORD + (low - this.#baseLow)
    const units = Math.floor(ticks / this.#unitTicks)
    this.units = this.#baseUnits + units
    this.ticks = ticks - units * this.#unitTicks
  }

  #moveBase(words: TickWords, index: number): void {
    this.#baseUnits = wholeUnits(words, index, this.#unitTicks)
    const ticks = BigInt(this.#baseUnits) * BigInt(this.#unitTicks)
    this.#baseHigh = Number(ticks >> 32n)
    this.#baseLow = Number(BigInt.asUintN(32, ticks))
  }
}
