/** Orders of records that lie in a module's memory, by an integer that stands in each. */
import type { FiguresMemory } from "./figures-memory.ts"

/** What a module needs for it. */
export interface SortExports {
  readonly numberRecords: (order: number, count: number) => void
  readonly sortRecords: (
    order: number,
    count: number,
    spare: number,
    records: number,
    recordBytes: number,
    keyOffset: number,
    keyBytes: number,
    direction: number,
  ) => void
}

/** As in `assembly/figures/sort.ts`. */
export const Direction = { ascending: 0, descending: 0xff } as const

/** Records of one length, the first of them at `at`. */
export interface SortedRecords {
  readonly at: number
  readonly recordBytes: number
  /** Where the unsigned integer stands in a record, and how long it is. */
  readonly keyOffset: number
  readonly keyBytes: number
  readonly direction: (typeof Direction)[keyof typeof Direction]
}

/** Bytes of each of the two regions that sorting so many needs. */
export const sortBytes = (count: number): number => count * Uint32Array.BYTES_PER_ELEMENT

/** Two regions of `sortBytes`. */
export interface SortRegions {
  readonly order: number
  readonly spare: number
}

/** The numbers of so many records in order, at `order`; what is equal stays in the order of the numbers. */
export function sortAll(
  memory: FiguresMemory<SortExports>,
  count: number,
  records: SortedRecords,
  regions: SortRegions,
): Int32Array {
  memory.exports.numberRecords(regions.order, count)
  return sortListed(memory, count, records, regions)
}

/** Puts the numbers of records that stand at `order` in order; what is equal stays in the order in which it came. */
export function sortListed(
  { exports, bytes }: FiguresMemory<SortExports>,
  count: number,
  { at, recordBytes, keyOffset, keyBytes, direction }: SortedRecords,
  { order, spare }: SortRegions,
): Int32Array {
  exports.sortRecords(order, count, spare, at, recordBytes, keyOffset, keyBytes, direction)
  return new Int32Array(bytes.buffer, order, count)
}
