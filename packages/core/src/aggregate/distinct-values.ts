/**
 * How many participants have had each value of a trait. The first values, which most have, are bits of a set for each
 * participant; any others are pairs in a table.
 */
import { SET_BITS, type EndTrait, type EndValues } from "@callsift/kernel"
import { PairCounts } from "./pair-counts.ts"

/** What participants have had of one trait. */
export class DistinctValues {
  readonly #ends: EndValues
  readonly #trait: EndTrait
  readonly #others = new PairCounts()

  /** `ends` has the sets. */
  constructor(ends: EndValues, trait: EndTrait) {
    this.#ends = ends
    this.#trait = trait
  }

  /** Notes pairs of a participant and a value that no set holds. */
  add(pairs: Int32Array): void {
    for (let at = 0; at < pairs.length; at += 2) this.#others.add(pairs[at] ?? 0, pairs[at + 1] ?? 0, 1)
  }

  /** Participants by what the values mean, each once: `meanings` has the meaning of each value, or -1. */
  countBy(meanings: readonly number[], meaningCount: number): number[] {
    const bits = Array.from({ length: meaningCount }, () => 0)
    for (const [value, meaning] of meanings.slice(0, SET_BITS).entries()) {
      if (meaning >= 0) bits[meaning] = (bits[meaning] ?? 0) | (1 << value)
    }
    const counts = bits.map((each) => (each === 0 ? 0 : this.#ends.countSharing(this.#trait, each)))
    this.#countOthers(meanings, bits, counts)
    return counts
  }

  /** Counts those whose set says nothing of a meaning. */
  #countOthers(meanings: readonly number[], bits: readonly number[], counts: number[]): void {
    const known = new PairCounts()
    for (let number = 0; number < this.#others.size; number++) {
      const participant = this.#others.first[number] ?? 0
      const meaning = meanings[this.#others.second[number] ?? 0] ?? -1
      if (meaning < 0 || (this.#ends.setOf(this.#trait, participant) & (bits[meaning] ?? 0)) !== 0) continue
      const before = known.size
      known.add(participant, meaning, 1)
      if (known.size > before) counts[meaning] = (counts[meaning] ?? 0) + 1
    }
  }
}
