/** Records of a bucket that differ in their first words, found by a hash of these: an open-addressing table. */
import { grown } from "./columns.ts"
import { finishHash, HASH_SEED, mixWord } from "./hash.ts"

/** Some of the records, none at first. */
export class RecordSet {
  readonly recordCount: number
  readonly #words: Int32Array
  readonly #recordWords: number
  readonly #keyWords: number
  /** Record + 1, 0 where empty; a power of two long, at most half full. */
  readonly #slots: Int32Array
  readonly #memory: Int32Array

  /** Compares records of so many words by the first of them. A set that is needed no more may leave its memory. */
  constructor(words: Int32Array, recordWords: number, keyWords: number, memory: RecordSet | null = null) {
    this.recordCount = words.length / recordWords
    this.#words = words
    this.#recordWords = recordWords
    this.#keyWords = keyWords
    const slotCount = 2 ** Math.ceil(Math.log2(Math.max(2 * this.recordCount, 2)))
    this.#memory = grown(memory === null ? new Int32Array(0) : memory.#memory, slotCount)
    this.#slots = this.#memory.subarray(0, slotCount).fill(0)
  }

  /** The record in the set with the same first words; this one itself where it is new. */
  findOrAdd(record: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    const at = record * this.#recordWords
    let slot = hashOf(this.#words, at, this.#keyWords) & mask
    for (let known = slots[slot] ?? 0; known > 0; known = slots[slot] ?? 0) {
      if (this.#isSame((known - 1) * this.#recordWords, at)) return known - 1
      slot = (slot + 1) & mask
    }
    slots[slot] = record + 1
    return record
  }

  #isSame(a: number, b: number): boolean {
    const words = this.#words
    for (let word = 0; word < this.#keyWords; word++) if (words[a + word] !== words[b + word]) return false
    return true
  }
}

/** A hash of so many words. Unsigned, 32 bits. */
export function hashOf(words: Int32Array | Uint32Array, at: number, count: number): number {
  let state = HASH_SEED
  for (let word = at; word < at + count; word++) state = mixWord(state, words[word] ?? 0)
  return finishHash(state)
}
