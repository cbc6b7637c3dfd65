/**
 * gzip (RFC 1952), member by member. `node:zlib` inflates; headers, trailers and what stands between members are read
 * here, because Node's own gunzip ignores in silence what follows padding.
 *
 * Bytes are given as they inflate, so those of a member come before its checksum is known: where it does not fit they
 * stay given and the stream ends in `input/checksum`. Of data that cannot be inflated, what the last `PIECE_BYTES`
 * before the damage inflate to is not given.
 */
import { crc32, createInflateRaw } from "node:zlib"
import { ahead } from "./ahead.ts"
import type { ByteReader } from "./byte-reader.ts"
import { Inflater, INFLATED_CHUNK_BYTES, type DecompressionStream } from "./inflater.ts"
import { SourceFault } from "./input.ts"
import { startsWith } from "./magic.ts"

const MAGIC = [0x1f, 0x8b]
const DEFLATE = 8
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const

/**
 * Compressed bytes that go into the inflater at once, counted from the start of the data: small, because the output of
 * a piece that turns out to be damaged is lost; not smaller, because each costs a round trip to another thread.
 */
const PIECE_BYTES = 32 * 1024

/** The bytes of all members, one after the other. */
export async function* gunzip(reader: ByteReader): AsyncGenerator<Uint8Array> {
  do {
    await skipHeader(reader)
    yield* inflateMember(reader)
  } while (await hasMember(reader))
}

/** Reads past a member's header, and checks it as far as it can be checked. */
async function skipHeader(reader: ByteReader): Promise<void> {
  const header = new GzipHeader(reader)
  const [id1, id2, method, flags = 0] = await header.take(10)
  if (id1 !== MAGIC[0] || id2 !== MAGIC[1] || method !== DEFLATE || flags & FLAG.reserved) {
    throw new SourceFault("input/corrupt", "the gzip header is damaged; copy the file again")
  }
  if (flags & FLAG.extra) {
    const [low = 0, high = 0] = await header.take(2)
    await header.take(low | (high << 8))
  }
  if (flags & FLAG.name) await header.takeText()
  if (flags & FLAG.comment) await header.takeText()
  if (flags & FLAG.headerCrc) await header.checkCrc()
}

/** The header of one member while it is read; its own checksum is the lower half of a CRC-32. */
class GzipHeader {
  readonly #reader: ByteReader
  #crc = 0

  constructor(reader: ByteReader) {
    this.#reader = reader
  }

  async take(count: number): Promise<Uint8Array> {
    const bytes = await exactly(this.#reader, count)
    this.#crc = crc32(bytes, this.#crc)
    return bytes
  }

  /** A text that ends with a NUL byte. */
  async takeText(): Promise<void> {
    for (;;) {
      const chunk = await this.#reader.next()
      if (chunk === null) throw truncated()
      const end = chunk.indexOf(0)
      const text = end < 0 ? chunk : chunk.subarray(0, end + 1)
      this.#crc = crc32(text, this.#crc)
      this.#reader.unread(chunk.subarray(text.length))
      if (end >= 0) return
    }
  }

  async checkCrc(): Promise<void> {
    const [low = 0, high = 0] = await exactly(this.#reader, 2)
    if ((low | (high << 8)) === (this.#crc & 0xffff)) return
    throw new SourceFault("input/checksum", "the checksum of the gzip header does not fit; copy the file again")
  }
}

async function exactly(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = await reader.read(count)
  if (bytes.length < count) throw truncated()
  return bytes
}

async function* inflateMember(reader: ByteReader): AsyncGenerator<Uint8Array> {
  let crc = 0
  let byteCount = 0
  for await (const chunk of inflateRaw(reader)) {
    crc = crc32(chunk, crc)
    byteCount += chunk.length
    yield chunk
  }
  const trailer = Buffer.from(await exactly(reader, 8))
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== byteCount % 2 ** 32) {
    throw new SourceFault(
      "input/checksum",
      "the gzip checksum does not fit the data, so some of them are wrong; copy the file again",
    )
  }
}

/** Chunks that are inflated while the one before is checked, cut and handed out. */
const CHUNKS_AHEAD = 2

/** One deflate stream (RFC 1951) → its bytes; the reader stands behind it afterwards. */
export function inflateRaw(reader: ByteReader): AsyncGenerator<Uint8Array> {
  return ahead(inflatePieces(reader), CHUNKS_AHEAD)
}

async function* inflatePieces(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater(createInflateRaw({ chunkSize: INFLATED_CHUNK_BYTES }) as DecompressionStream)
  try {
    while (!inflater.isEnded) {
      const piece = await reader.read(PIECE_BYTES)
      const usedBefore = inflater.usedBytes
      // Data that end where the reader ends are known to be over only when no more can come.
      yield* piece.length > 0 ? inflater.push(piece) : inflater.finish()
      reader.unread(piece.subarray(inflater.usedBytes - usedBefore))
    }
  } catch (cause) {
    throw deflateFault(cause)
  } finally {
    inflater.close()
  }
}

function deflateFault(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : null
  if (code === "Z_BUF_ERROR") return truncated()
  if (code === "Z_DATA_ERROR" || code === "Z_NEED_DICT") {
    return new SourceFault("input/corrupt", "the compressed data are damaged; copy the file again")
  }
  return cause
}

/** Whether another member follows. Padding of NUL bytes, as tapes and full blocks have, may follow the last one; nothing else. */
async function hasMember(reader: ByteReader): Promise<boolean> {
  const head = await reader.peek(MAGIC.length)
  if (startsWith(head, MAGIC)) return true
  if (head.length === 1 && head[0] === MAGIC[0]) throw truncated()
  for await (const chunk of reader.rest()) {
    if (chunk.some((byte) => byte !== 0)) {
      throw new SourceFault(
        "input/trailing-data",
        "something stands behind the gzip data and was not read; it may be more data",
      )
    }
  }
  return false
}

function truncated(): SourceFault {
  return new SourceFault("input/truncated", "the compressed data are cut off; copy or export the file again")
}
