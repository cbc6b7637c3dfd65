/**
 * Zstandard (RFC 8878), frame by frame. Decoders stop behind the first frame (Node's own) or check no checksum (fzstd),
 * so frames and their blocks are walked here, and XXH64 of what comes out is compared.
 */
import { Decompress } from "fzstd"
import xxhash from "xxhash-wasm"
import type { ByteReader } from "./byte-reader.ts"
import { SourceFault } from "./input.ts"
import { isSkippableFrame, startsWith } from "./magic.ts"

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
const BLOCK_HEADER_BYTES = 3
const RLE_BLOCK = 1
const RESERVED_BLOCK = 3
const CHECKSUM_BYTES = 4
/** What decoders need to support at most, says section 3.1.1.1.2, is 8 MiB; the command line tool goes to 128 MiB. */
const MAX_WINDOW_LOG = 27

/** The bytes of all frames, one after the other. */
export async function* unzstd(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (let head = await reader.peek(4); head.length > 0; head = await reader.peek(4)) {
    if (isSkippableFrame(head)) await skipFrame(reader)
    else if (startsWith(head, MAGIC)) yield* decompressFrame(reader)
    else if (head.length < 4) throw truncated()
    else throw new SourceFault("input/trailing-data", "something stands behind the zstd data and was not read; it may be more data")
  }
}

function truncated(): SourceFault {
  return new SourceFault("input/truncated", "the zstd data are cut off; copy or export the file again")
}

function corrupt(): SourceFault {
  return new SourceFault("input/corrupt", "the zstd data are damaged; copy the file again")
}

async function exactly(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.read(count)
  if (bytes.length < count) throw truncated()
  return Buffer.from(bytes)
}

async function skipFrame(reader: ByteReader): Promise<void> {
  const header = await exactly(reader, 8)
  let rest = header.readUInt32LE(4)
  while (rest > 0) {
    const bytes = await reader.read(Math.min(rest, 1 << 20))
    if (bytes.length === 0) throw truncated()
    rest -= bytes.length
  }
}

async function* decompressFrame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const { create64 } = await xxhash()
  const hash = create64()
  const frame = new FrameDecoder()
  const { bytes: header, hasChecksum } = await readFrameHeader(reader)
  frame.push(header)
  for (let isLast = false; !isLast; ) {
    const blockHeader = await exactly(reader, BLOCK_HEADER_BYTES)
    const fields = blockHeader.readUIntLE(0, BLOCK_HEADER_BYTES)
    isLast = (fields & 1) === 1
    const type = (fields >> 1) & 3
    if (type === RESERVED_BLOCK) throw corrupt()
    const content = await exactly(reader, type === RLE_BLOCK ? 1 : fields >> 3)
    frame.push(Buffer.concat([blockHeader, content]))
    for (const chunk of frame.take()) {
      hash.update(chunk)
      yield chunk
    }
  }
  if (!hasChecksum) return
  const checksum = await exactly(reader, CHECKSUM_BYTES)
  if (checksum.readUInt32LE(0) !== Number(BigInt.asUintN(32, hash.digest()))) {
    throw new SourceFault("input/checksum", "the zstd checksum does not fit the data, so some of them are wrong; copy the file again")
  }
}

/** The frame header (section 3.1.1.1), which says how long itself is. */
async function readFrameHeader(reader: ByteReader): Promise<{ readonly bytes: Buffer; readonly hasChecksum: boolean }> {
  const start = await exactly(reader, MAGIC.length + 1)
  const descriptor = start[MAGIC.length] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const rest = await exactly(reader, (isSingleSegment ? 0 : 1) + dictionaryIdBytes + contentSizeBytes)
  if (!isSingleSegment && (rest[0] ?? 0) >> 3 > MAX_WINDOW_LOG - 10) {
    throw new SourceFault("input/inflation-limit", "the zstd data ask for a window of more than 128 MiB")
  }
  return { bytes: Buffer.concat([start, rest]), hasChecksum: (descriptor & 4) !== 0 }
}

/** fzstd calls back with what it has; here it is taken. */
class FrameDecoder {
  #chunks: Uint8Array[] = []
  readonly #decompress = new Decompress((chunk) => this.#chunks.push(chunk))

  push(bytes: Uint8Array): void {
    try {
      this.#decompress.push(bytes)
    } catch {
      // It throws for data that are no zstd, and for nothing else.
      throw corrupt()
    }
  }

  take(): Uint8Array[] {
    const chunks = this.#chunks.filter((chunk) => chunk.length > 0)
    this.#chunks = []
    return chunks
  }
}
