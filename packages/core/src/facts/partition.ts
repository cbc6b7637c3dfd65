/**
 * Records of a fixed number of 32-bit words, handed out to numbered buckets: what is told apart by a bucket can be
 * worked on alone, in memory that a processor's cache holds, wherever the others lie. Records of a bucket stay in the
 * order in which they came.
 */
import { grown } from "./columns.ts"
import type { SpillFile } from "./spill-file.ts"
import { SLAB_WORDS, type WorkSpace } from "./work-space.ts"

/** A bucket's records gather in a stretch of this many words before they are stored together. */
const STRETCH_WORDS = 4096
/** About so many words of a bucket are worked on at once. */
const BUCKET_WORDS = 2 ** 18
const MAX_BUCKETS = 1024
/** No more is stored at once, so that little is left over of a slab. */
const MAX_WHOLE_WORDS = SLAB_WORDS / 16

/** A power of two of buckets for about so many records of so many words. */
export function bucketCountFor(recordCount: number, recordWords: number): number {
  const wanted = (recordCount * recordWords) / BUCKET_WORDS
  return Math.min(MAX_BUCKETS, 2 ** Math.ceil(Math.log2(Math.max(1, wanted))))
}

const WORD_BYTES = 4
const STRETCH_SHARE = 4
/** So much of a stretch at once is stored as it comes: it need not gather. */
const WHOLE_SHARE = 2

/** Records of a bucket that were stored together: in memory, or where they lie in the file. */
type StoredStretch = Int32Array | { readonly at: number; readonly length: number }

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
  /** By bucket: what is stored, and how many words that are. */
  readonly #stored: StoredStretch[][]
  readonly #storedWords: Float64Array
  readonly #space: WorkSpace
  readonly #file: SpillFile
  /** Memory for full stretches, side by side, and what is left of the last. */
  readonly #slabs: Int32Array[] = []
  #free: Int32Array = new Int32Array(0)
  #whole = new Int32Array(0)
  #recordCount = 0

  constructor(bucketCount: number, recordWords: number, space: WorkSpace) {
    this.bucketCount = bucketCount
    this.#recordWords = recordWords
    this.#stretchWords = recordWords * Math.max(1, Math.floor(stretchWords(bucketCount, space) / recordWords))
    this.words = new Int32Array(bucketCount * this.#stretchWords)
    this.#filled = new Uint32Array(bucketCount)
    this.#stored = Array.from({ length: bucketCount }, () => [])
    this.#storedWords = new Float64Array(bucketCount)
    this.#space = space
    space.records.require(this.words.byteLength)
    this.#file = space.openFile()
  }

  /** Records in all buckets. */
  get recordCount(): number {
    return this.#recordCount
  }

  /** Whether records are in the file. */
  get isSpilled(): boolean {
    return this.#file.byteLength > 0
  }

  /** Adds a record to a bucket: its words are to be written to `words` from the index on that is returned. */
  place(bucket: number): number {
    let filled = this.#filled[bucket] ?? 0
    if (filled === this.#stretchWords) {
      this.#store(bucket)
      filled = 0
    }
    this.#filled[bucket] = filled + this.#recordWords
    this.#recordCount += 1
    return bucket * this.#stretchWords + filled
  }

  /** Adds whole records to a bucket. */
  append(bucket: number, records: Int32Array): void {
    let rest = records
    while (rest.length > 0) {
      if (this.#filled[bucket] === this.#stretchWords) {
        this.#store(bucket)
        this.#filled[bucket] = 0
      }
      const filled = this.#filled[bucket] ?? 0
      if (filled === 0 && rest.length >= this.#stretchWords / WHOLE_SHARE) {
        const whole = rest.subarray(0, MAX_WHOLE_WORDS - (MAX_WHOLE_WORDS % this.#recordWords))
        this.#storeWords(bucket, whole)
        rest = rest.subarray(whole.length)
        continue
      }
      const fitting = rest.subarray(0, this.#stretchWords - filled)
      this.words.set(fitting, bucket * this.#stretchWords + filled)
      this.#filled[bucket] = filled + fitting.length
      rest = rest.subarray(fitting.length)
    }
    this.#recordCount += records.length / this.#recordWords
  }

  /** Adds records that stand side by side, bucket by bucket; `ends` says where each bucket's end, in words. */
  appendSplit({ ends, words }: { readonly ends: Uint32Array; readonly words: Int32Array }): void {
    let from = 0
    // Without an iterator, which takes long to be compiled well.
    for (let bucket = 0; bucket < ends.length; bucket++) {
      const end = ends[bucket] ?? from
      if (end > from) this.append(bucket, words.subarray(from, end))
      from = end
    }
  }

  /** How many words all records of a bucket have. */
  wordCount(bucket: number): number {
    return (this.#storedWords[bucket] ?? 0) + (this.#filled[bucket] ?? 0)
  }

  /** All records of a bucket, one after the other. Valid until the next bucket is read. */
  read(bucket: number): Int32Array {
    const whole = this.#wholeOf(this.wordCount(bucket))
    this.readInto(bucket, whole)
    return whole
  }

  /** Writes all records of a bucket to memory for as many words. */
  readInto(bucket: number, whole: Int32Array): void {
    let from = 0
    for (const stretch of this.#stored[bucket] ?? []) {
      const target = whole.subarray(from, from + stretch.length)
      if (stretch instanceof Int32Array) target.set(stretch)
      else this.#file.read(stretch.at, bytesOf(target))
      from += stretch.length
    }
    whole.set(this.#stretch(bucket), from)
  }

  /** Gives its memory back and removes its file. Nothing can be read any more. */
  close(): void {
    this.#space.records.give(this.words.byteLength)
    this.#space.giveSlabs(this.#slabs)
    this.#file.close()
    for (const stored of this.#stored) stored.length = 0
    this.#whole = new Int32Array(0)
  }

  /** Memory for all words of a bucket, used again for the next one. */
  #wholeOf(wordCount: number): Int32Array {
    this.#whole = grown(this.#whole, wordCount)
    return this.#whole.subarray(0, wordCount)
  }

  #store(bucket: number): void {
    this.#storeWords(bucket, this.#stretch(bucket))
  }

  #storeWords(bucket: number, words: Int32Array): void {
    const { length } = words
    const stored = this.#keep(words) ?? { at: this.#file.append(bytesOf(words)), length }
    this.#stored[bucket]?.push(stored)
    this.#storedWords[bucket] = (this.#storedWords[bucket] ?? 0) + length
  }

  /** A copy in memory, or null where there is no room. */
  #keep(stretch: Int32Array): Int32Array | null {
    if (this.#free.length < stretch.length) {
      const slab = this.#space.takeSlab()
      if (slab === null) return null
      this.#slabs.push(slab)
      this.#free = slab
    }
    const kept = this.#free.subarray(0, stretch.length)
    kept.set(stretch)
    this.#free = this.#free.subarray(stretch.length)
    return kept
  }

  #stretch(bucket: number): Int32Array {
    const from = bucket * this.#stretchWords
    return this.words.subarray(from, from + (this.#filled[bucket] ?? 0))
  }
}

/** Stretches of all buckets take no more than a part of the memory. */
function stretchWords(bucketCount: number, { records }: WorkSpace): number {
  return Math.min(STRETCH_WORDS, records.limitBytes / STRETCH_SHARE / bucketCount / WORD_BYTES)
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
