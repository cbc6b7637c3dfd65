/** Whole lines of NDJSON → their items. Runs in a worker, and where a block is taken apart. */
import type { FramingLimits, ItemTable } from "./block.ts"
import { Framer } from "./framer.ts"

/** The items of `bytes`, which begin at a line's start and at `byteOffset` in the stream, and end with a line's end. */
export function frameLines(
  bytes: Uint8Array,
  byteOffset: number,
  limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">,
): ItemTable {
  const framer = new Framer(limits, "lines", byteOffset)
  framer.scan(bytes, byteOffset, bytes.length, true)
  framer.end()
  return framer.table.take(framer.counters, framer.takeAccount())
}
