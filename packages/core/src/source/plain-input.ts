/** A file that is one input: plain or compressed → UTF-8. */
import { ByteReader } from "./byte-reader.ts"
import { decodeText, detectEncoding } from "./encoding.ts"
import { gunzip } from "./gzip.ts"
import { limitInflation } from "./inflation.ts"
import { SourceFault, type Compression, type Encoding, type InputEnd, type OpenedInput, type SourceError, type SourceLimits } from "./input.ts"
import { containerOf, MAGIC_BYTES, refuseKnownShapes } from "./magic.ts"
import type { StoredFile } from "./stored-file.ts"
import { unzstd } from "./zstd.ts"

/** How stored bytes become text, decided by their first bytes. */
interface Decoding {
  readonly compression: Compression
  readonly encoding: Encoding
  readonly text: AsyncIterable<Uint8Array>
}

/** Opens an input whose stored bytes `reader` gives. */
export async function openPlain(path: string, file: StoredFile, reader: ByteReader, limits: SourceLimits): Promise<OpenedInput> {
  const errors = new FirstError()
  const decoding = await startDecoding(file, reader, limits).catch((cause: unknown): Decoding => {
    errors.keep(cause)
    return { compression: "none", encoding: "utf-8", text: nothing() }
  })
  return {
    path,
    entry: null,
    compression: decoding.compression,
    encoding: decoding.encoding,
    chunks: errors.guard(decoding.text),
    end: () => endOf(file, errors),
  }
}

async function startDecoding(file: StoredFile, stored: ByteReader, limits: SourceLimits): Promise<Decoding> {
  const compression = containerOf(await stored.peek(MAGIC_BYTES))
  const reader = compression === "none" ? stored : new ByteReader(limitInflation(inflated(compression, stored), limits.maxInflatedBytes, () => file.byteCount))
  return { compression, ...(await startText(reader, compression !== "none")) }
}

function inflated(compression: Compression, reader: ByteReader): AsyncIterable<Uint8Array> {
  return compression === "gzip" ? gunzip(reader) : unzstd(reader)
}

/** The text in `reader`, whose first bytes tell its encoding. */
export async function startText(reader: ByteReader, isInflated: boolean): Promise<Pick<Decoding, "encoding" | "text">> {
  const head = await reader.peek(MAGIC_BYTES)
  if (isInflated && containerOf(head) !== "none") {
    throw new SourceFault("input/nested-archive", "the input is compressed twice; unpack it once")
  }
  refuseKnownShapes(head)
  const { encoding, markBytes } = detectEncoding(head)
  await reader.read(markBytes)
  return { encoding, text: decodeText(reader, encoding) }
}

/** The first error of an input; what comes after it is its consequence. */
export class FirstError {
  #error: SourceError | null = null

  get error(): SourceError | null {
    return this.#error
  }

  /** Throws on what is no fault of the input. */
  keep(cause: unknown): void {
    if (!(cause instanceof SourceFault)) throw cause
    this.#error ??= cause.error
  }

  /** The chunks up to the error. */
  async *guard(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
    } catch (cause) {
      this.keep(cause)
    }
  }
}

async function endOf(file: StoredFile, errors: FirstError): Promise<InputEnd> {
  try {
    return { ...(await file.finish()), error: errors.error }
  } catch (cause) {
    errors.keep(cause)
    return { sizeBytes: file.byteCount, sha256: null, error: errors.error }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
