/**
 * Zstandard (RFC 8878), frame by frame. Decoders stop behind the first frame (Node's own) or check no checksum (fzstd),
 * so frames and their blocks are walked here, and the XXH64 and the size of what comes out are compared. A frame
 * without checksum is taken at its word; `zstd` and every common writer make one.
 */
import xxhash, { type XXHashAPI } from "xxhash-wasm"
import type { ByteReader } from "./byte-reader.ts"
import { SourceFault } from "./input.ts"
import { isSkippableFrame, startsWith } from "./magic.ts"
import { decodeBlocks } from "./zstd-decoder.ts"

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
const MIB = 2 ** 20

/** What `zstd` itself accepts unless told otherwise. All that must be supported, says section 3.1.1.1.2, is 8 MiB. */
const MAX_WINDOW_BYTES = 128 * MIB
/** Section 3.1.1.2.4. */
const MAX_BLOCK_BYTES = 128 * 1024

/** The bytes of all frames, one after the other. */
export async function* unzstd(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (let head = await reader.peek(4); head.length > 0; head = await reader.peek(4)) {
    if (isSkippableFrame(head)) await skipFrame(reader)
    else if (startsWith(head, MAGIC)) yield* decompressFrame(reader)
    else if (isBeginningOfMagic(head)) throw truncated()
    else
      throw new SourceFault(
        "input/trailing-data",
        "something stands behind the zstd data and was not read; it may be more data",
      )
  }
}

function isBeginningOfMagic(head: Uint8Array): boolean {
  if (head.length >= 4) return false
  const padded = Buffer.concat([head, Buffer.from([0, 0x2a, 0x4d, 0x18]).subarray(head.length)])
  return startsWith(MAGIC, [...head]) || isSkippableFrame(padded)
}

async function skipFrame(reader: ByteReader): Promise<void> {
  const header = await exactly(reader, 8)
  let missingBytes = header.readUInt32LE(4)
  while (missingBytes > 0) {
    const { length } = await reader.read(Math.min(missingBytes, MIB))
    if (length === 0) throw truncated()
    missingBytes -= length
  }
}

async function* decompressFrame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const hash = (await hasher()).create64()
  const header = await readFrameHeader(reader)
  let byteCount = 0
  for await (const chunk of decodeBlocks(header.bytes, readBlocks(reader))) {
    byteCount += chunk.length
    hash.update(chunk)
    yield chunk
  }
  if (header.contentBytes !== null && header.contentBytes !== byteCount) throw corrupt()
  if (!header.hasChecksum) return
  const checksum = await exactly(reader, 4)
  if (checksum.readUInt32LE(0) !== Number(BigInt.asUintN(32, hash.digest()))) {
    throw new SourceFault(
      "input/checksum",
      "the zstd checksum does not fit the data, so some of them are wrong; copy the file again",
    )
  }
}

let loaded: Promise<XXHashAPI> | null = null

/** Compiled once, and only where there is a frame. */
function hasher(): Promise<XXHashAPI> {
  loaded ??= xxhash()
  return loaded
}

interface FrameHeader {
  /** As stored, but that it says there is no checksum: decoders are given none. */
  readonly bytes: Buffer
  readonly hasChecksum: boolean
  /** The size that the frame says it inflates to, or null. */
  readonly contentBytes: number | null
}

/** The frame header (section 3.1.1.1), which says how long itself is. */
async function readFrameHeader(reader: ByteReader): Promise<FrameHeader> {
  const start = await exactly(reader, MAGIC.length + 1)
  const descriptor = start[MAGIC.length] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const windowFieldBytes = isSingleSegment ? 0 : 1
  const dictionaryFieldBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentFieldBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const fields = await exactly(reader, windowFieldBytes + dictionaryFieldBytes + contentFieldBytes)
  const contentBytes = contentSize(fields.subarray(windowFieldBytes + dictionaryFieldBytes))
  if (descriptor & 8) throw corrupt()
  refuseDictionary(fields.subarray(windowFieldBytes, windowFieldBytes + dictionaryFieldBytes))
  refuseWindow(isSingleSegment ? (contentBytes ?? 0) : windowSize(fields[0] ?? 0))
  const bytes = Buffer.concat([start, fields])
  bytes[MAGIC.length] = descriptor & ~4
  return { bytes, hasChecksum: (descriptor & 4) !== 0, contentBytes }
}

function contentSize(field: Buffer): number | null {
  if (field.length === 0) return null
  if (field.length === 8) return Number(field.readBigUInt64LE())
  // Two bytes count from 256, section 3.1.1.1.4.
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0)
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function refuseWindow(windowBytes: number): void {
  if (windowBytes <= MAX_WINDOW_BYTES) return
  throw new SourceFault(
    "input/inflation-limit",
    "the zstd data ask for a window of more than 128 MiB; compress them without --long",
  )
}

function refuseDictionary(idField: Buffer): void {
  if (idField.every((byte) => byte === 0)) return
  throw new SourceFault("input/unsupported-shape", "the zstd data need a dictionary; unpack them and analyze the files")
}

/** The blocks of a frame, each with its header (section 3.1.1.2). */
async function* readBlocks(reader: ByteReader): AsyncGenerator<Buffer> {
  for (let isLast = false; !isLast;) {
    const header = await exactly(reader, 3)
    const fields = header.readUIntLE(0, 3)
    const type = (fields >> 1) & 3
    const sizeBytes = fields >> 3
    isLast = (fields & 1) === 1
    if (type === RESERVED_BLOCK || sizeBytes > MAX_BLOCK_BYTES) throw corrupt()
    yield Buffer.concat([header, await exactly(reader, type === RLE_BLOCK ? 1 : sizeBytes)])
  }
}

const RLE_BLOCK = 1
const RESERVED_BLOCK = 3

async function exactly(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.read(count)
  if (bytes.length < count) throw truncated()
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

function truncated(): SourceFault {
  return new SourceFault("input/truncated", "the zstd data are cut off; copy or export the file again")
}

function corrupt(): SourceFault {
  return new SourceFault("input/corrupt", "the zstd data are damaged; copy the file again")
}
