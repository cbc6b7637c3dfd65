/** Whole lines of NDJSON → their items. Runs in a worker, and where a block is taken apart. */
import type { FramingLimits, ItemTable } from "./block.ts"
import { Framer } from "./framer.ts"
import type { RunFinder } from "./run-framer.ts"

/**
 * The items of `bytes`, which begin at a line's start and at `byteOffset` in the stream, and end with a line's end. With
 * a `finder`, envelopes give runs where they can, if all of it is one record at most.
 */
export function frameLines(
  bytes: Uint8Array,
  byteOffset: number,
  limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">,
  finder: RunFinder | null = null,
): ItemTable {
  // Beyond that, digests of envelopes are made that only the scanner makes.
  const framer = new Framer(limits, "lines", byteOffset, bytes.length > limits.maxRecordBytes ? null : finder)
  framer.scan(bytes, byteOffset, bytes.length, true)
  framer.end()
  return framer.table.take(framer.counters, framer.takeAccount())
}
