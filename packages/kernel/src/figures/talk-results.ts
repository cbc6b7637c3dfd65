/** How much each participant takes part, as `assembly/figures/talk-time.ts` writes it. */
import { Direction } from "./sorting.ts"

const Word = { overflows: 2, intervals: 3, groups: 6, kind: 7 } as const
const RECORD_WORDS = 8
const RECORD_TICKS = 4
const UNION_TICKS = 2
const WORD_BITS = 64n

export const TALK_BYTES = 4 * RECORD_WORDS
/** A record begins with its sum, an integer of 12 bytes. */
export const TALK_KEY = {
  recordBytes: TALK_BYTES,
  keyOffset: 0,
  keyBytes: 12,
  direction: Direction.descending,
} as const

/** By participant. */
export class TalkResults {
  readonly #words: Uint32Array
  readonly #ticks: BigUint64Array

  constructor(buffer: ArrayBufferLike, at: number, participantCount: number) {
    this.#words = new Uint32Array(buffer, at, participantCount * RECORD_WORDS)
    this.#ticks = new BigUint64Array(buffer, at, participantCount * RECORD_TICKS)
  }

  intervals(participant: number): number {
    return this.#word(participant, Word.intervals)
  }

  /** Different groups of its intervals. */
  groups(participant: number): number {
    return this.#word(participant, Word.groups)
  }

  /** The kind that most of its ends have; of equals the smallest. */
  kind(participant: number): number {
    return this.#word(participant, Word.kind)
  }

  /** The time of its intervals, each in full. */
  ticks(participant: number): bigint {
    const low = this.#ticks[participant * RECORD_TICKS] ?? 0n
    return (BigInt(this.#word(participant, Word.overflows)) << WORD_BITS) + low
  }

  /** The time in which at least one of them runs. */
  unionTicks(participant: number): bigint {
    return this.#ticks[participant * RECORD_TICKS + UNION_TICKS] ?? 0n
  }

  hasSameTicks(a: number, b: number): boolean {
    for (let word = 0; word <= Word.overflows; word++) if (this.#word(a, word) !== this.#word(b, word)) return false
    return true
  }

  #word(participant: number, word: number): number {
    return this.#words[participant * RECORD_WORDS + word] ?? 0
  }
}
