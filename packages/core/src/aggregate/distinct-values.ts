/**
 * Which numbered values each participant has had. The first values are those that most have: they take a bit of four
 * bytes a participant, any others go into a table.
 */
import { PairCounts } from "./pair-counts.ts"

const MASK_BITS = 32

/** Values of participants; none at first. */
export class DistinctValues {
  readonly #mask: Int32Array
  readonly #others = new PairCounts()

  constructor(participantCount: number) {
    this.#mask = new Int32Array(participantCount)
  }

  /** Notes that a participant has a value; false where that was known. */
  add(participant: number, value: number): boolean {
    if (value >= MASK_BITS) return this.#addToOthers(participant, value)
    const mask = this.#mask[participant] ?? 0
    const bit = 1 << value
    if ((mask & bit) !== 0) return false
    this.#mask[participant] = mask | bit
    return true
  }

  #addToOthers(participant: number, value: number): boolean {
    const known = this.#others.size
    this.#others.add(participant, value, 1)
    return this.#others.size > known
  }
}
