/** Records that a module wrote to its memory, told apart by buckets. */
import type { FiguresMemory } from "./figures-memory.ts"

/** Records bucket by bucket, in the order of the rows within each. */
export interface SplitRecords {
  /** By bucket: where its records end, in words. */
  readonly ends: Uint32Array
  readonly words: Int32Array
}

/** The records of so many words at `records`; where each bucket ends, in records, stands at `bucketEnds`. */
export function splitRecords(
  { bytes: { buffer } }: FiguresMemory<unknown>,
  { bucketEnds, records }: { readonly bucketEnds: number; readonly records: number },
  bucketCount: number,
  recordWords: number,
): SplitRecords {
  const ends = new Uint32Array(buffer, bucketEnds, bucketCount).map((end) => end * recordWords)
  return { ends, words: new Int32Array(buffer, records, ends[bucketCount - 1] ?? 0) }
}
