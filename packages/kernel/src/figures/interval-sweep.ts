/**
 * The intervals of each participant, bucket by bucket: how much it takes part, and what of it overlaps. What is known
 * of each participant stays in the memory of the module: 32 bytes, and 56 of each whose intervals overlap.
 */
import type { FiguresMemory } from "./figures-memory.ts"
import type { IntervalRows } from "./interval-rows.ts"
import { INTERVAL_BYTES, INTERVAL_WORDS } from "./interval.ts"
import { ACROSS_KEY, OVERLAP_BYTES, OverlapResults, PARTICIPANT_KEY, ROW_KEY, TOTAL_BYTES } from "./overlap-results.ts"
import { sortAll, sortBytes, sortListed, type SortExports, type SortRegions } from "./sorting.ts"
import { TALK_BYTES, TALK_KEY, TalkResults } from "./talk-results.ts"

interface Exports extends SortExports {
  readonly orderByParticipant: (
    records: number,
    count: number,
    shift: number,
    participantCount: number,
    ends: number,
    order: number,
  ) => number
  readonly groupTableBytes: (intervalCount: number) => number
  readonly listPresent: (talk: number, participantCount: number, order: number) => number
  readonly measureParticipants: (
    order: number,
    participantCount: number,
    ends: number,
    spare: number,
    table: number,
    talk: number,
    overlaps: number,
    totals: number,
  ) => number
}

/** What is known of all participants. */
export interface IntervalResults {
  readonly talk: TalkResults
  /** Participants that have an interval: by their time, the most first, then by number. */
  readonly byTime: Int32Array
  readonly overlaps: OverlapResults
  /** Numbers of overlaps: by the time with two groups or more, the most first. */
  readonly overlapsByTime: Int32Array
  /** Numbers of those with two groups at once: by the row of their first such overlap, then by participant. */
  readonly acrossByRow: Int32Array
}

const NUMBER_BYTES = 4

/** Give it all buckets, in any order, then take the results. */
export class IntervalSweep {
  readonly #memory: FiguresMemory<Exports>
  readonly #participantCount: number
  readonly #bucketCount: number
  #overlapCount = 0

  /** Buckets are those of an `IntervalSplit` with as many. Takes the memory of the rows, of which nothing is left. */
  constructor({ memory }: IntervalRows, participantCount: number, bucketCount: number) {
    this.#memory = memory.withExports()
    this.#participantCount = participantCount
    this.#bucketCount = bucketCount
    const { totals, overlaps } = this.#memory.lay(this.#kept(0))
    this.#memory.bytes.fill(0, totals, overlaps)
  }

  /** Measures the participants of a bucket, whose records `read` writes: so many words, in the order of the rows. */
  measure(bucket: number, wordCount: number, read: (target: Int32Array) => void): void {
    const count = wordCount / INTERVAL_WORDS
    if (count === 0) return
    const numbers = Math.ceil((this.#participantCount - bucket) / this.#bucketCount)
    const sizes = {
      ...this.#kept(this.#overlapCount + Math.min(numbers, count)),
      records: count * INTERVAL_BYTES,
      ends: numbers * NUMBER_BYTES,
      order: count * NUMBER_BYTES,
    }
    const { exports } = this.#memory
    const { records, ends, order } = this.#memory.lay(sizes)
    read(new Int32Array(this.#memory.bytes.buffer, records, wordCount))
    const shift = Math.log2(this.#bucketCount)
    const most = exports.orderByParticipant(records, count, shift, numbers, ends, order)
    const at = this.#memory.lay({
      ...sizes,
      spare: most * NUMBER_BYTES,
      table: exports.groupTableBytes(most),
    })
    const overlaps = at.overlaps + this.#overlapCount * OVERLAP_BYTES
    this.#overlapCount += exports.measureParticipants(
      order,
      numbers,
      ends,
      at.spare,
      at.table,
      at.talk,
      overlaps,
      at.totals,
    )
  }

  /** Of all buckets. Nothing can be measured any more. */
  results(): IntervalResults {
    const bytes = sortBytes(Math.max(this.#participantCount, this.#overlapCount))
    const at = this.#memory.lay({ ...this.#kept(this.#overlapCount), order: bytes, spare: bytes })
    const { buffer } = this.#memory.bytes
    const talk = new TalkResults(buffer, at.talk, this.#participantCount)
    const overlaps = new OverlapResults(buffer, at.overlaps, this.#overlapCount, at.totals)
    const overlapsByTime = sortAll(this.#memory, overlaps.count, { ...ACROSS_KEY, at: at.overlaps }, at).slice()
    const acrossByRow = this.#acrossByRow(overlaps, at)
    const presentCount = this.#memory.exports.listPresent(at.talk, this.#participantCount, at.order)
    // The longest order is the last, so it can stay where it is.
    const byTime = sortListed(this.#memory, presentCount, { ...TALK_KEY, at: at.talk }, at)
    return { talk, byTime, overlaps, overlapsByTime, acrossByRow }
  }

  /** Those without such an overlap have no row, -1, which as an unsigned number stands behind all rows. */
  #acrossByRow({ count, across }: OverlapResults, at: SortRegions & { readonly overlaps: number }): Int32Array {
    sortAll(this.#memory, count, { ...PARTICIPANT_KEY, at: at.overlaps }, at)
    return sortListed(this.#memory, count, { ...ROW_KEY, at: at.overlaps }, at).slice(0, across.participants)
  }

  #kept(overlapCount: number): { readonly totals: number; readonly talk: number; readonly overlaps: number } {
    return {
      totals: TOTAL_BYTES,
      talk: this.#participantCount * TALK_BYTES,
      overlaps: overlapCount * OVERLAP_BYTES,
    }
  }
}
