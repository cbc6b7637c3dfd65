/** Counts by pairs of 32-bit words, in an open-addressing table over typed arrays. */
import { HASH_SEED } from "../facts/hash.ts"

const FIRST_SLOTS = 2 ** 10

/** Counts that begin at 0. Each pair that was counted has a number, in the order in which they first came. */
export class PairCounts {
  /** Different pairs. */
  size = 0
  /** By number: the words of the pair, and its count. */
  first = new Int32Array(FIRST_SLOTS)
  second = new Int32Array(FIRST_SLOTS)
  counts = new Float64Array(FIRST_SLOTS)
  /** Number + 1, 0 where empty; a power of two long, at most half full. */
  #slots = new Int32Array(2 * FIRST_SLOTS)

  /** Adds to the count of a pair; its number. */
  add(first: number, second: number, by: number): number {
    const slot = this.#slotOf(first, second)
    let number = (this.#slots[slot] ?? 0) - 1
    if (number < 0) number = this.#open(slot, first, second)
    this.counts[number] = (this.counts[number] ?? 0) + by
    return number
  }

  /** The number of a pair, or -1 where it was not counted. */
  find(first: number, second: number): number {
    return (this.#slots[this.#slotOf(first, second)] ?? 0) - 1
  }

  #slotOf(first: number, second: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hashOfPair(first, second) & mask
    for (let known = slots[slot] ?? 0; known > 0; known = slots[slot] ?? 0) {
      if (this.first[known - 1] === first && this.second[known - 1] === second) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #open(slot: number, first: number, second: number): number {
    const number = this.size++
    this.first[number] = first
    this.second[number] = second
    this.#slots[slot] = number + 1
    if (this.size === this.counts.length) this.#grow()
    return number
  }

  #grow(): void {
    const capacity = 2 * this.size
    this.first = lengthened(this.first, new Int32Array(capacity))
    this.second = lengthened(this.second, new Int32Array(capacity))
    this.counts = lengthened(this.counts, new Float64Array(capacity))
    this.#slots = new Int32Array(2 * capacity)
    for (let number = 0; number < this.size; number++) {
      this.#slots[this.#slotOf(this.first[number] ?? 0, this.second[number] ?? 0)] = number + 1
    }
  }
}

/** Two rounds of multiplication; the upper bits, which depend on all lower ones, are mixed into those that count. */
function hashOfPair(first: number, second: number): number {
  const mixed = Math.imul(first ^ HASH_SEED, 0x9e3779b1)
  const hash = Math.imul((mixed ^ (mixed >>> 15)) + second, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}

function lengthened<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
