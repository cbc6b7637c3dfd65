/**
 * How durations are spread, in two passes over the rows. The first counts them by cell and by buckets so narrow that
 * few share one; the second keeps, of the buckets in which a wanted rank lies, each different duration with its count.
 * So quantiles are exact, and no duration is kept that is not needed.
 */
import type { DurationGroup, DurationGroups } from "./duration-groups.ts"
import { PairCounts } from "./pair-counts.ts"

const WORD = 2 ** 32
const EXPONENT_SHIFT = 20
const EXPONENT_BITS = 11
const BUCKET_KEY = 2 ** 32

/** A bucket in which a wanted rank of a group lies. */
interface WantedBucket {
  readonly group: DurationGroup
  /** How many durations of the group lie in lower buckets. */
  readonly below: number
  /** Durations as upper and lower word. */
  readonly durations: PairCounts
}

/** Counts durations by cell and bucket. */
export class DurationSpread {
  readonly #counts = new PairCounts()
  readonly #shift: number
  readonly #double = new Float64Array(1)
  readonly #words = new Uint32Array(this.#double.buffer)
  readonly #upper = new Uint8Array(new Float64Array([-1]).buffer)[7] === 0xbf ? 1 : 0
  /** By bucket: whether any wanted rank lies in it. */
  readonly #isWanted: Uint8Array
  /** By number of a cell's bucket. */
  #wanted: (readonly WantedBucket[] | undefined)[] = []

  /** Buckets for about so many rows: the more there are, the narrower. */
  constructor(rowCount: number) {
    const mantissaBits = Math.min(12, Math.max(5, Math.ceil(Math.log2(rowCount + 1) / 2) - 3))
    this.#shift = EXPONENT_SHIFT - mantissaBits
    this.#isWanted = new Uint8Array(2 ** (EXPONENT_BITS + mantissaBits))
  }

  /** First pass: counts a duration of `high · 2^32 + low` ticks. */
  count(cell: number, high: number, low: number): void {
    this.#counts.add(cell, this.#bucketOf(high, low), 1)
  }

  /** Between the passes: finds out in which buckets the wanted ranks of the groups lie. */
  want(groups: DurationGroups): void {
    const below = new Map<DurationGroup, number>()
    for (const bucket of this.#byBucket()) {
      const found = new Map<DurationGroup, number>()
      for (const number of bucket) {
        for (const group of this.#groupsOf(groups, number)) {
          found.set(group, (found.get(group) ?? 0) + (this.#counts.counts[number] ?? 0))
        }
      }
      const wanted = new Map<DurationGroup, WantedBucket>()
      for (const [group, count] of found) {
        const from = below.get(group) ?? 0
        below.set(group, from + count)
        if (group.order.wants(from, from + count))
          wanted.set(group, { group, below: from, durations: new PairCounts() })
      }
      if (wanted.size > 0) this.#setWanted(groups, bucket, wanted)
    }
  }

  /** Second pass: keeps a duration where it is wanted. */
  keep(cell: number, high: number, low: number): void {
    for (const { durations } of this.#wanted[this.#counts.find(cell, this.#bucketOf(high, low))] ?? []) {
      durations.add(high, low | 0, 1)
    }
  }

  /** Whether a duration of some cell is wanted that is as long as this one, or nearly so. */
  isWanted(high: number, low: number): boolean {
    return this.#isWanted[this.#bucketOf(high, low)] === 1
  }

  /** After both: hands the groups the values of their wanted ranks. */
  settle(): void {
    const all = new Set(this.#wanted.flatMap((wanted) => wanted ?? []))
    for (const { group, below, durations } of all) takeRanks(group, below, durations)
  }

  /** The leading bits of the double: ascending with the duration, and as narrow as the mantissa's bits say. */
  #bucketOf(high: number, low: number): number {
    this.#double[0] = high * WORD + low + 1
    return (this.#words[this.#upper] ?? 0) >>> this.#shift
  }

  /** Numbers of cells' buckets, in lists that are of one bucket each, in ascending order. */
  *#byBucket(): Generator<readonly number[]> {
    const { size, second } = this.#counts
    const keys = Float64Array.from(
      { length: size },
      (_, number) => (second[number] ?? 0) * BUCKET_KEY + number,
    ).toSorted()
    for (let at = 0; at < size;) {
      const bucket = Math.floor((keys[at] ?? 0) / BUCKET_KEY)
      const numbers: number[] = []
      for (; at < size && Math.floor((keys[at] ?? 0) / BUCKET_KEY) === bucket; at++) {
        numbers.push((keys[at] ?? 0) - bucket * BUCKET_KEY)
      }
      yield numbers
    }
  }

  #groupsOf(groups: DurationGroups, number: number): readonly DurationGroup[] {
    return groups.ofCell(this.#counts.first[number] ?? -1)
  }

  #setWanted(
    groups: DurationGroups,
    bucket: readonly number[],
    wanted: ReadonlyMap<DurationGroup, WantedBucket>,
  ): void {
    for (const number of bucket) {
      const own = this.#groupsOf(groups, number).flatMap((group) => wanted.get(group) ?? [])
      if (own.length === 0) continue
      this.#wanted[number] = own
      this.#isWanted[this.#counts.second[number] ?? 0] = 1
    }
  }
}

function takeRanks({ order }: DurationGroup, below: number, durations: PairCounts): void {
  const { size, first, second, counts } = durations
  const ticks = BigUint64Array.from({ length: size }, (_, number) => ticksOf(first[number] ?? 0, second[number] ?? 0))
  let rank = below
  for (const value of ticks.toSorted()) {
    const number = durations.find(Number(value >> 32n), Number(value & 0xffff_ffffn) | 0)
    const next = rank + (counts[number] ?? 0)
    order.take(rank, next, value)
    rank = next
  }
}

function ticksOf(high: number, low: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0)
}
