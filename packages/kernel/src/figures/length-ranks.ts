/** The lengths of wanted ranks of several collections of cells, out of the counts by bucket and the lengths that are kept. */
import type { FiguresMemory, Regions } from "./figures-memory.ts"
import type { IntervalExports } from "./interval-exports.ts"
import { PairTable } from "./pair-table.ts"

/** Ranks that a collection may want, and one place more. */
const RANK_COUNT = 11
const NO_RANK = 2 ** 32 - 1
/** What the module puts at the slots of buckets that are wanted. */
const WANTED = 2
const COUNTERS_BYTES = 16
const WORD_BYTES = 4
const LONG_BYTES = 8
/** The table has room for as many lengths as are wanted from the beginning, but no more than so many: they may be alike. */
const MAX_RESERVED = 2 ** 15 - 1
/** So many lengths are kept before the table is asked for more room. */
const KEPT_AT_ONCE = 2 ** 12

type RankRegions = Regions<"isWanted" | "classes" | "members" | "counters" | "ranks" | "buckets" | "before" | "values">

export class LengthRanks {
  readonly #memory: FiguresMemory<IntervalExports>
  readonly #buckets: PairTable
  readonly #shift: bigint
  readonly #bucketCount: number
  readonly #kept: PairTable
  #ranks: readonly (readonly number[])[] = []
  #at: RankRegions | null = null

  /** `buckets` are counts by bucket, of which there are fewer than `bucketCount`, and cell. */
  constructor(memory: FiguresMemory<IntervalExports>, buckets: PairTable, shift: bigint, bucketCount: number) {
    this.#memory = memory
    this.#buckets = buckets
    this.#shift = shift
    this.#bucketCount = bucketCount
    this.#kept = new PairTable(memory)
  }

  /** As in `IntervalLengths`. Afterwards the counts by bucket are no more. */
  want(collectionsOfCell: readonly (readonly number[])[], ranks: readonly (readonly number[])[]): void {
    this.#ranks = ranks
    const at = this.#lay(collectionsOfCell, ranks.length)
    const { buffer } = this.#memory.bytes
    let first = 0
    const classes = new Uint32Array(buffer, at.classes, collectionsOfCell.length + 1)
    collectionsOfCell.forEach((collections, cell) => (classes[cell + 1] = first += collections.length))
    new Uint32Array(buffer, at.members, first).set(collectionsOfCell.flat())
    const wanted = new Uint32Array(buffer, at.ranks, RANK_COUNT * ranks.length).fill(NO_RANK)
    ranks.forEach((own, collection) => wanted.set(own, RANK_COUNT * collection))
    const { at: order, count } = this.#buckets.inOrder()
    const { classes: classesAt, members, counters, buckets, before, isWanted } = at
    const { findBuckets } = this.#memory.exports
    const wantedCount = findBuckets(order, count, classesAt, members, counters, at.ranks, buckets, before, isWanted)
    this.#kept.reserve(Math.min(wantedCount, MAX_RESERVED))
  }

  /** Keeps what is wanted of so many lengths, whose cells are known. */
  keep(lengths: number, cells: number, count: number): void {
    if (this.#at === null) throw new RangeError("no ranks are wanted")
    const { isWanted } = this.#at
    const { at: buckets, mask } = this.#buckets
    const kept = this.#kept
    for (let from = 0; from < count; from += KEPT_AT_ONCE) {
      const here = Math.min(KEPT_AT_ONCE, count - from)
      kept.reserve(here)
      kept.size += this.#memory.exports.keepLengths(
        lengths + LONG_BYTES * from,
        cells + WORD_BYTES * from,
        here,
        this.#shift,
        isWanted,
        buckets,
        mask,
        WANTED,
        kept.at,
        kept.mask,
      )
    }
  }

  /** When all are kept: the lengths of the ranks, by collection. */
  values(): readonly (readonly bigint[])[] {
    if (this.#at === null) throw new RangeError("no ranks are wanted")
    const { classes, members, counters, ranks, buckets, before, values } = this.#at
    const { at: order, count } = this.#kept.inOrder()
    const collectionCount = this.#ranks.length
    this.#memory.bytes.fill(0, counters, counters + COUNTERS_BYTES * collectionCount)
    const { takeRanks } = this.#memory.exports
    takeRanks(order, count, this.#shift, classes, members, counters, ranks, buckets, before, values)
    const longs = new BigUint64Array(this.#memory.bytes.buffer, values, RANK_COUNT * collectionCount)
    return this.#ranks.map((own, collection) => own.map((_, index) => longs[RANK_COUNT * collection + index] ?? 0n))
  }

  #lay(collectionsOfCell: readonly (readonly number[])[], collectionCount: number): RankRegions {
    const memberCount = collectionsOfCell.reduce((sum, collections) => sum + collections.length, 0)
    const ranksBytes = WORD_BYTES * RANK_COUNT * collectionCount
    return (this.#at = this.#memory.take({
      isWanted: this.#bucketCount,
      classes: WORD_BYTES * (collectionsOfCell.length + 1),
      members: WORD_BYTES * memberCount,
      counters: COUNTERS_BYTES * collectionCount,
      ranks: ranksBytes,
      buckets: ranksBytes,
      before: ranksBytes,
      values: 2 * ranksBytes,
    }))
  }
}
