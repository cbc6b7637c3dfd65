/**
 * Which numbered values each participant has had. Most have one value, or some of the first few: these take eight
 * bytes a participant, any others go into a table.
 */
import { PairCounts } from "./pair-counts.ts"

const MASK_BITS = 32

/** Values of participants; none at first. */
export class DistinctValues {
  readonly #first: Int32Array
  readonly #mask: Int32Array
  readonly #others = new PairCounts()

  constructor(participantCount: number) {
    this.#first = new Int32Array(participantCount)
    this.#mask = new Int32Array(participantCount)
  }

  /** Notes that a participant has a value; false where that was known. */
  add(participant: number, value: number): boolean {
    const first = this.#first[participant] ?? 0
    if (first === value + 1) return false
    if (first === 0) {
      this.#first[participant] = value + 1
      return true
    }
    return value < MASK_BITS ? this.#addToMask(participant, 1 << value) : this.#addToOthers(participant, value)
  }

  #addToMask(participant: number, bit: number): boolean {
    const mask = this.#mask[participant] ?? 0
    this.#mask[participant] = mask | bit
    return (mask & bit) === 0
  }

  #addToOthers(participant: number, value: number): boolean {
    const known = this.#others.size
    this.#others.add(participant, value, 1)
    return this.#others.size > known
  }
}
