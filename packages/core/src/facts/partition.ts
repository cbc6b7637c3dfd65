/**
 * Records of a fixed number of 32-bit words, handed out to numbered buckets: what is told apart by a bucket can be
 * worked on alone, in memory that a processor's cache holds. Records of a bucket stay in the order in which they came.
 */

/** A bucket's records gather in a stretch of this many words before they are stored together. */
const STRETCH_WORDS = 4096
/** About so many words of a bucket are worked on at once. */
const BUCKET_WORDS = 2 ** 18
const MAX_BUCKETS = 1024

/** A power of two of buckets for about so many records of so many words. */
export function bucketCountFor(recordCount: number, recordWords: number): number {
  const wanted = (recordCount * recordWords) / BUCKET_WORDS
  return Math.min(MAX_BUCKETS, 2 ** Math.ceil(Math.log2(Math.max(1, wanted))))
}

/** Stretches lie side by side in memory of so many words. */
const SLAB_WORDS = 2 ** 18

/** Buckets of records. */
export class Partition {
  readonly bucketCount: number
  /** Where the words of the last placed record belong, at the index that `place` gave. */
  readonly words: Int32Array
  readonly #recordWords: number
  /** Words of a stretch that whole records fill. */
  readonly #stretchWords: number
  /** By bucket: words in its stretch. */
  readonly #filled: Uint32Array
  /** By bucket: its full stretches. */
  readonly #stored: Int32Array[][]
  #slab = new Int32Array(0)

  constructor(bucketCount: number, recordWords: number) {
    this.bucketCount = bucketCount
    this.#recordWords = recordWords
    this.#stretchWords = STRETCH_WORDS - (STRETCH_WORDS % recordWords)
    this.words = new Int32Array(bucketCount * this.#stretchWords)
    this.#filled = new Uint32Array(bucketCount)
    this.#stored = Array.from({ length: bucketCount }, () => [])
  }

  /** Adds a record to a bucket: its words are to be written to `words` from the index on that is returned. */
  place(bucket: number): number {
    let filled = this.#filled[bucket] ?? 0
    if (filled === this.#stretchWords) {
      this.#store(bucket)
      filled = 0
    }
    this.#filled[bucket] = filled + this.#recordWords
    return bucket * this.#stretchWords + filled
  }

  /** All records of a bucket, one after the other. */
  read(bucket: number): Int32Array {
    const parts = [...(this.#stored[bucket] ?? []), this.#stretch(bucket)]
    const whole = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }

  #store(bucket: number): void {
    if (this.#slab.length < this.#stretchWords) this.#slab = new Int32Array(SLAB_WORDS)
    const stretch = this.#slab.subarray(0, this.#stretchWords)
    stretch.set(this.#stretch(bucket))
    this.#stored[bucket]?.push(stretch)
    this.#slab = this.#slab.subarray(this.#stretchWords)
  }

  #stretch(bucket: number): Int32Array {
    const from = bucket * this.#stretchWords
    return this.words.subarray(from, from + (this.#filled[bucket] ?? 0))
  }
}
