/**
 * gzip (RFC 1952), member by member. `node:zlib` inflates; headers, trailers and what stands between members are read
 * here, because Node's own gunzip ignores in silence what follows padding.
 */
import { Readable } from "node:stream"
import { crc32, createInflateRaw } from "node:zlib"
import type { ByteReader } from "./byte-reader.ts"
import { SourceFault } from "./input.ts"
import { startsWith } from "./magic.ts"

const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const
const INFLATED_CHUNK_BYTES = 1 << 20

/** The bytes of all members, one after the other. */
export async function* gunzip(reader: ByteReader): AsyncGenerator<Uint8Array> {
  do {
    await skipHeader(reader)
    yield* inflateMember(reader)
  } while (await hasMember(reader))
}

async function skipHeader(reader: ByteReader): Promise<void> {
  const header = await exactly(reader, 10)
  const flags = header[3] ?? 0
  if (flags & FLAG.extra) {
    const [low = 0, high = 0] = await exactly(reader, 2)
    await exactly(reader, low | (high << 8))
  }
  if (flags & FLAG.name) await skipText(reader)
  if (flags & FLAG.comment) await skipText(reader)
  if (flags & FLAG.headerCrc) await exactly(reader, 2)
}

async function exactly(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = await reader.read(count)
  if (bytes.length < count) throw new SourceFault("input/truncated", "the gzip data are cut off; copy or export the file again")
  return bytes
}

async function skipText(reader: ByteReader): Promise<void> {
  while ((await exactly(reader, 1))[0] !== 0) continue
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
    throw new SourceFault("input/checksum", "the gzip checksum does not fit the data, so some of them are wrong; copy the file again")
  }
}

/** One deflate stream; the reader stands behind it afterwards. */
async function* inflateRaw(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: INFLATED_CHUNK_BYTES })
  const unused = new UnusedInput(reader, () => inflate.bytesWritten)
  const input = Readable.from(unused.chunks(), { highWaterMark: 1 })
  input.once("error", (cause) => inflate.destroy(cause))
  input.pipe(inflate)
  try {
    for await (const chunk of inflate) yield chunk as Uint8Array
  } catch (cause) {
    throw deflateFault(cause)
  } finally {
    input.destroy()
    inflate.destroy()
  }
  unused.giveBack()
}

/** Hands chunks to a decompressor, and remembers those that it has not used up. */
class UnusedInput {
  readonly #reader: ByteReader
  readonly #usedBytes: () => number
  readonly #written: Uint8Array[] = []
  /** Where the first of `#written` begins. */
  #byteOffset = 0

  constructor(reader: ByteReader, usedBytes: () => number) {
    this.#reader = reader
    this.#usedBytes = usedBytes
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.#reader.next(); chunk !== null; chunk = await this.#reader.next()) {
      this.#written.push(chunk)
      this.#forgetUsed()
      yield chunk
    }
  }

  giveBack(): void {
    this.#forgetUsed()
    this.#reader.unread(Buffer.concat(this.#written).subarray(this.#usedBytes() - this.#byteOffset))
  }

  #forgetUsed(): void {
    for (let first = this.#written[0]; first !== undefined; first = this.#written[0]) {
      if (this.#byteOffset + first.length > this.#usedBytes()) return
      this.#byteOffset += first.length
      this.#written.shift()
    }
  }
}

function deflateFault(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : null
  if (code === "Z_BUF_ERROR") return new SourceFault("input/truncated", "the compressed data are cut off; copy or export the file again")
  if (code === "Z_DATA_ERROR" || code === "Z_NEED_DICT") return new SourceFault("input/corrupt", "the compressed data are damaged; copy the file again")
  return cause
}

/** Whether another member follows. Padding of NUL bytes may follow the last one, nothing else. */
async function hasMember(reader: ByteReader): Promise<boolean> {
  const head = await reader.peek(2)
  if (startsWith(head, [0x1f, 0x8b])) return true
  for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) {
    if (chunk.some((byte) => byte !== 0)) {
      throw new SourceFault("input/trailing-data", "something stands behind the gzip data and was not read; it may be more data")
    }
  }
  return false
}
