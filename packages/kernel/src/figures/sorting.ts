/** Orders of records that lie in a module's memory, by an integer that stands in each. */
import type { FiguresMemory } from "./figures-memory.ts"

/** What a module needs for it. */
export interface SortExports {
  readonly sortByKey: (
    order: number,
    count: number,
    spare: number,
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

/** Sorts the numbers of records; what is equal stays in the order in which it came. */
export function sortRecords(
  memory: FiguresMemory<SortExports>,
  numbers: Int32Array,
  { at, recordBytes, keyOffset, keyBytes, direction }: SortedRecords,
  { order, spare }: { readonly order: number; readonly spare: number },
): Int32Array {
  const addresses = new Uint32Array(memory.bytes.buffer, order, numbers.length)
  for (let index = 0; index < numbers.length; index++) addresses[index] = at + (numbers[index] ?? 0) * recordBytes
  memory.exports.sortByKey(order, numbers.length, spare, keyOffset, keyBytes, direction)
  const sorted = new Int32Array(numbers.length)
  for (let index = 0; index < sorted.length; index++) sorted[index] = ((addresses[index] ?? 0) - at) / recordBytes
  return sorted
}
