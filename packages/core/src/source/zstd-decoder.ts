/**
 * The header of one zstd frame and its blocks → what they inflate to. Node's own decoder where there is one (from 22.15
 * on), else fzstd; both are given whole blocks of one frame without checksum, and give the same bytes.
 */
import zlib from "node:zlib"
import { Decompress } from "fzstd"
import { Inflater, INFLATED_CHUNK_BYTES, type DecompressionStream } from "./inflater.ts"
import { SourceFault } from "./input.ts"

/** Throws a `SourceFault` where a block is no zstd; what the blocks before it hold has been given then. */
export function decodeBlocks(header: Uint8Array, blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return typeof zlib.createZstdDecompress === "function" ? decodeByNode(header, blocks) : decodeByFzstd(header, blocks)
}

async function* decodeByNode(header: Uint8Array, blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater(zlib.createZstdDecompress({ chunkSize: INFLATED_CHUNK_BYTES }) as DecompressionStream)
  try {
    yield* inflater.push(header)
    for await (const block of blocks) yield* inflater.push(block)
    yield* inflater.finish()
  } catch (cause) {
    throw isZstdFault(cause) ? corrupt() : cause
  } finally {
    inflater.close()
  }
}

function isZstdFault(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && /^(?:ZSTD_|Z_|ERR_ZLIB)/.test(String(cause.code))
}

/** fzstd calls back with what it has. It wants to be told the last block, or it waits for more than a small frame has. */
export async function* decodeByFzstd(
  header: Uint8Array,
  blocks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const decompress = new Decompress((chunk) => ready.push(chunk))
  let pending = header
  for await (const block of blocks) {
    pending = Buffer.concat([pending, block])
    const isLast = ((block[0] ?? 0) & 1) === 1
    if (!isLast && pending.length < FZSTD_LEAST_BYTES) continue
    pushBlocks(decompress, pending, isLast)
    pending = new Uint8Array(0)
    yield* ready.splice(0).filter((chunk) => chunk.length > 0)
  }
}

/** What fzstd needs before it looks at a frame that may go on. */
const FZSTD_LEAST_BYTES = 18

function pushBlocks(decompress: Decompress, bytes: Uint8Array, isLast: boolean): void {
  try {
    decompress.push(bytes, isLast)
  } catch {
    // It throws for data that are no zstd, and for nothing else.
    throw corrupt()
  }
}

function corrupt(): SourceFault {
  return new SourceFault("input/corrupt", "the zstd data are damaged; copy the file again")
}
