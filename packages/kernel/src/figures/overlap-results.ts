/** What of participants' intervals overlaps, as `assembly/figures/overlap.ts` writes it. */
import { Direction } from "./sorting.ts"

const Tick = { inGroups: 0, inIntervals: 1, pairs: 2, sameGroupPairs: 3 } as const
const Word = { participant: 8, intervals: 9, most: 10, rowA: 11, rowB: 12 } as const
const RECORD_TICKS = 7
const RECORD_WORDS = 2 * RECORD_TICKS
const Total = {
  groupTicks: 0,
  sameGroupTicks: 2,
  acrossPairs: 4,
  sameGroupPairs: 5,
  acrossParticipants: 6,
  sameGroupParticipants: 7,
} as const
const TOTAL_WORDS = 8
const WORD_BITS = 64n

export const OVERLAP_BYTES = 4 * RECORD_WORDS
/** A record begins with its time with two groups or more. */
export const ACROSS_KEY = {
  recordBytes: OVERLAP_BYTES,
  keyOffset: 0,
  keyBytes: 8,
  direction: Direction.descending,
} as const
export const PARTICIPANT_KEY = {
  recordBytes: OVERLAP_BYTES,
  keyOffset: 4 * Word.participant,
  keyBytes: 4,
  direction: Direction.ascending,
} as const
export const ROW_KEY = { ...PARTICIPANT_KEY, keyOffset: 4 * Word.rowA } as const
export const TOTAL_BYTES = 8 * TOTAL_WORDS

/** Of all participants, pairs of one group or of different groups. */
export interface OverlapTotals {
  readonly pairs: number
  readonly ticks: bigint
  readonly participants: number
}

/** Those participants that have a pair, by a number of their own. */
export class OverlapResults {
  readonly count: number
  /** Pairs of different groups, and the time with two groups or more. */
  readonly across: OverlapTotals
  /** Pairs of one group, and the time with two intervals of a group or more, group by group. */
  readonly sameGroup: OverlapTotals
  readonly #words: Int32Array
  readonly #ticks: BigUint64Array

  constructor(buffer: ArrayBufferLike, at: number, count: number, totalsAt: number) {
    this.count = count
    this.#words = new Int32Array(buffer, at, count * RECORD_WORDS)
    this.#ticks = new BigUint64Array(buffer, at, count * RECORD_TICKS)
    const totals = new BigUint64Array(buffer, totalsAt, TOTAL_WORDS)
    this.across = totalsAmong(totals, Total.acrossPairs, Total.groupTicks, Total.acrossParticipants)
    this.sameGroup = totalsAmong(totals, Total.sameGroupPairs, Total.sameGroupTicks, Total.sameGroupParticipants)
  }

  participant(overlap: number): number {
    return this.#word(overlap, Word.participant)
  }

  /** Its intervals that do not end before they start. */
  intervals(overlap: number): number {
    return this.#word(overlap, Word.intervals)
  }

  /** The most of its intervals at once. */
  most(overlap: number): number {
    return this.#word(overlap, Word.most)
  }

  /** Of its first overlap of two groups the row of the one that starts later, -1 where there is none. */
  rowA(overlap: number): number {
    return this.#word(overlap, Word.rowA)
  }

  /** The row of the other one. */
  rowB(overlap: number): number {
    return this.#word(overlap, Word.rowB)
  }

  pairs(overlap: number): number {
    return Number(this.#number(overlap, Tick.pairs))
  }

  acrossPairs(overlap: number): number {
    return Number(this.#number(overlap, Tick.pairs) - this.#number(overlap, Tick.sameGroupPairs))
  }

  /** Time with two intervals or more. */
  ticks(overlap: number): bigint {
    return this.#number(overlap, Tick.inIntervals)
  }

  /** Time with two groups or more. */
  acrossTicks(overlap: number): bigint {
    return this.#number(overlap, Tick.inGroups)
  }

  hasSameAcrossTicks(a: number, b: number): boolean {
    return this.#word(a, 0) === this.#word(b, 0) && this.#word(a, 1) === this.#word(b, 1)
  }

  #word(overlap: number, word: number): number {
    return this.#words[overlap * RECORD_WORDS + word] ?? 0
  }

  #number(overlap: number, word: number): bigint {
    return this.#ticks[overlap * RECORD_TICKS + word] ?? 0n
  }
}

function totalsAmong(totals: BigUint64Array, pairs: number, ticks: number, participants: number): OverlapTotals {
  return {
    pairs: Number(totals[pairs] ?? 0n),
    ticks: ((totals[ticks + 1] ?? 0n) << WORD_BITS) + (totals[ticks] ?? 0n),
    participants: Number(totals[participants] ?? 0n),
  }
}
