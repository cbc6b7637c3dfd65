/**
 * A whole export as bytes. Whatever its size, no more than one call and one chunk is held.
 */
import { exportPieces } from "./export-text.ts"
import { planExport, type GenerateOptions } from "./options.ts"

const CHUNK_BYTES = 1024 * 1024

/**
 * The export that follows from the options, in chunks of about 1 MiB, each a buffer of its own. The same options give
 * the same bytes on every machine. Throws a `RangeError` before the first chunk where an option is out of range.
 */
export function generateExport(options: GenerateOptions): Iterable<Uint8Array> {
  return chunksOf(exportPieces(planExport(options)))
}

/** Gathers byte texts to chunks. */
function* chunksOf(pieces: Iterable<string>): Generator<Uint8Array> {
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let usedBytes = 0
  for (const piece of pieces) {
    if (usedBytes + piece.length > chunk.length) {
      if (usedBytes > 0) yield chunk.subarray(0, usedBytes)
      chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, piece.length))
      usedBytes = 0
    }
    usedBytes += chunk.write(piece, usedBytes, "latin1")
  }
  if (usedBytes > 0) yield chunk.subarray(0, usedBytes)
}
