/**
 * How long intervals are: moments, a histogram, and the lengths of wanted ranks. Intervals that are alike in what they are
 * counted by make a cell. Lengths are counted by cell and by buckets so narrow that few share one; then, of the buckets in
 * which a wanted rank lies, each different length is kept with its count. So ranks are exact, and no length is kept that
 * is not needed; where all lengths may be kept, the rows are needed once alone.
 */
import type { Regions } from "./figures-memory.ts"
import type { IntervalRows } from "./interval-rows.ts"
import { LengthRanks } from "./length-ranks.ts"
import { PairTable } from "./pair-table.ts"

/** Bytes of the length and the cell of an interval. */
export const LENGTH_BYTES = 12

/** What lengths are counted by, and how. */
export interface LengthPlan {
  /** About how many intervals there are: the more, the narrower the buckets. */
  readonly rowCount: number
  /** Whether the lengths of so many intervals are kept. */
  readonly isKept: boolean
  /** The bits of a row's marks of which one has to be set. */
  readonly markMask: number
  /** By group: its class. A row of no group is of class 0. */
  readonly classOfGroup: Uint32Array
  /** Where the bins of the histogram begin, the first at 0; a power of two of them. */
  readonly edges: readonly bigint[]
}

/** Intervals that are alike. */
export interface LengthCell {
  readonly set: number
  readonly isMarked: boolean
  readonly class: number
  readonly count: number
  readonly sum: bigint
  readonly sumOfSquares: bigint
}

const MANTISSA_BITS = 52
const EXPONENT_BITS = 11
const SET_BITS = 8n
const KEY_BYTES = 8
const MOMENTS_LONGS = 6
const LONG_BYTES = 8
const WORD_BYTES = 4
/** The cells that came last, as the module keeps them. */
const RECENT_BYTES = 512 * 16
/** Before so many lengths are counted, the table is asked for room; the fewer, the smaller it stays. */
const COUNTED_AT_ONCE = 2 ** 12
/** A new cell for every interval would be the most. */
const MIN_CELLS = 2 ** 6

/** Measures batch after batch, then each batch again where the lengths were not kept. */
export class IntervalLengths {
  readonly #rows: IntervalRows
  readonly #plan: LengthPlan
  readonly #shift: bigint
  readonly #fixed: Regions<"classes" | "edges" | "bins" | "recent">
  readonly #cells: PairTable
  readonly #buckets: PairTable
  readonly #ranks: LengthRanks
  #ofCells: Regions<"keys" | "moments"> = { keys: 0, moments: 0 }
  #cellCapacity = 0
  #lengths: Regions<"lengths" | "cells"> = { lengths: 0, cells: 0 }
  #capacity = 0
  #keptCount = 0

  constructor(rows: IntervalRows, plan: LengthPlan) {
    const { classOfGroup, edges, rowCount, isKept } = plan
    if (Math.clz32(edges.length) === Math.clz32(edges.length - 1)) throw new RangeError("bins are no power of two")
    const { memory } = rows
    const mantissaBits = Math.min(12, Math.max(5, Math.ceil(Math.log2(rowCount + 1) / 2) - 3))
    this.#rows = rows
    this.#plan = plan
    this.#shift = BigInt(MANTISSA_BITS - mantissaBits)
    this.#cells = new PairTable(memory)
    this.#buckets = new PairTable(memory)
    this.#fixed = memory.take({
      classes: classOfGroup.byteLength,
      edges: LONG_BYTES * edges.length,
      bins: LONG_BYTES * edges.length,
      recent: RECENT_BYTES,
    })
    new Uint32Array(memory.bytes.buffer, this.#fixed.classes, classOfGroup.length).set(classOfGroup)
    new BigUint64Array(memory.bytes.buffer, this.#fixed.edges, edges.length).set(edges)
    this.#ranks = new LengthRanks(memory, this.#buckets, this.#shift, 2 ** (EXPONENT_BITS + mantissaBits))
    if (isKept) this.#makeRoom(rowCount)
  }

  /** Whether every batch has to be added a second time. */
  get needsRows(): boolean {
    return !this.#plan.isKept
  }

  /** First pass: counts the lengths of the batch that is loaded. */
  add(): void {
    const { lengths, cells, count } = this.#measure()
    for (let from = 0; from < count; from += COUNTED_AT_ONCE) {
      this.#count(lengths + LONG_BYTES * from, cells + WORD_BYTES * from, Math.min(COUNTED_AT_ONCE, count - from))
    }
  }

  /** Between the passes: the cells, by number. */
  cells(): readonly LengthCell[] {
    const { buffer } = this.#rows.memory.bytes
    const { keys, moments } = this.#ofCells
    const longs = new BigUint64Array(buffer, moments, MOMENTS_LONGS * this.#cells.size)
    return Array.from(new BigUint64Array(buffer, keys, this.#cells.size), (key, cell) => {
      const long = (index: number): bigint => longs[MOMENTS_LONGS * cell + index] ?? 0n
      return {
        set: Number(key & ((1n << SET_BITS) - 1n)),
        isMarked: ((key >> SET_BITS) & 1n) === 1n,
        class: Number(key >> (SET_BITS + 1n)),
        count: Number(long(0)),
        sum: (long(2) << 64n) | long(1),
        sumOfSquares: (long(5) << 128n) | (long(4) << 64n) | long(3),
      }
    })
  }

  /** How many lengths lie in each bin. */
  histogram(): readonly number[] {
    const { buffer } = this.#rows.memory.bytes
    return Array.from(new BigUint64Array(buffer, this.#fixed.bins, this.#plan.edges.length), Number)
  }

  /**
   * Between the passes: says which ranks are wanted, of several collections of cells; by cell, which these are, and by
   * collection its ranks, ascending, each once, up to 10.
   */
  want(collectionsOfCell: readonly (readonly number[])[], ranks: readonly (readonly number[])[]): void {
    this.#ranks.want(collectionsOfCell, ranks)
  }

  /** Second pass: keeps what is wanted of the batch that is loaded, which was added before. */
  keep(): void {
    const { lengths, cells, count } = this.#measure()
    this.#ranks.keep(lengths, cells, count)
  }

  /** After both: the lengths of the wanted ranks, as they were said. */
  values(): readonly (readonly bigint[])[] {
    if (this.#plan.isKept) this.#ranks.keep(this.#lengths.lengths, this.#lengths.cells, this.#keptCount)
    return this.#ranks.values()
  }

  /** Measures the batch that is loaded: where the lengths and cells of its intervals are. */
  #measure(): { readonly lengths: number; readonly cells: number; readonly count: number } {
    const { at, intervalCount: count, memory, maxRowCount } = this.#rows
    if (!this.#plan.isKept) this.#makeRoom(maxRowCount)
    this.#makeRoomForCells(count)
    const lengths = this.#lengths.lengths + LONG_BYTES * this.#keptCount
    const cells = this.#lengths.cells + WORD_BYTES * this.#keptCount
    this.#cells.size = memory.exports.measureLengths(
      at.intervals,
      count,
      at.starts,
      at.ends,
      at.sets,
      at.marks,
      this.#plan.markMask,
      at.groups,
      this.#fixed.classes,
      this.#cells.at,
      this.#cells.mask,
      this.#ofCells.keys,
      this.#cells.size,
      this.#fixed.recent,
      lengths,
      cells,
    )
    if (this.#plan.isKept) this.#keptCount += count
    return { lengths, cells, count }
  }

  #count(lengths: number, cells: number, count: number): void {
    const buckets = this.#buckets
    buckets.reserve(count)
    const { countLengths } = this.#rows.memory.exports
    const { moments } = this.#ofCells
    const { edges, bins } = this.#fixed
    const { at, mask } = buckets
    const binCount = this.#plan.edges.length
    const shift = this.#shift
    buckets.size += countLengths(lengths, cells, count, moments, shift, at, mask, edges, binCount, bins)
  }

  #makeRoom(capacity: number): void {
    if (capacity <= this.#capacity) return
    this.#capacity = capacity
    this.#lengths = this.#rows.memory.take({ lengths: LONG_BYTES * capacity, cells: WORD_BYTES * capacity })
  }

  #makeRoomForCells(more: number): void {
    this.#cells.reserve(more)
    const { memory } = this.#rows
    const { size } = this.#cells
    if (size + more <= this.#cellCapacity) return
    this.#cellCapacity = Math.max(MIN_CELLS, 2 * (size + more))
    const { keys, moments } = this.#ofCells
    this.#ofCells = memory.take({
      keys: KEY_BYTES * this.#cellCapacity,
      moments: LONG_BYTES * MOMENTS_LONGS * this.#cellCapacity,
    })
    memory.bytes.copyWithin(this.#ofCells.keys, keys, keys + KEY_BYTES * size)
    memory.bytes.copyWithin(this.#ofCells.moments, moments, moments + LONG_BYTES * MOMENTS_LONGS * size)
  }
}
