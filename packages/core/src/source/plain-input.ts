/** A file that is one input: plain or compressed → UTF-8. */
import { ByteReader } from "./byte-reader.ts"
import { decodeText, detectEncoding } from "./encoding.ts"
import type { ChunkMemory } from "./chunk-memory.ts"
import { inflatedHere, type Gunzipper, type Inflated } from "./gunzipping.ts"
import { limitInflation } from "./inflation.ts"
import {
  SourceFault,
  type Compression,
  type Encoding,
  type InputEnd,
  type OpenedInput,
  type SourceError,
  type SourceLimits,
} from "./input.ts"
import { containerOf, MAGIC_BYTES, refuseKnownShapes } from "./magic.ts"
import { faultOf, type StoredFile } from "./stored-file.ts"

/** An input, and how to let go of what it holds where it is not read to its end. */
export interface HeldInput {
  readonly input: OpenedInput
  readonly release: () => Promise<void>
}

/** Gives the input, and lets go of it when it is done with. */
export async function* held({ input, release }: HeldInput): AsyncGenerator<OpenedInput> {
  try {
    yield input
  } finally {
    await release()
  }
}

/** What an input is read with. */
export interface PlainMeans {
  /** What chunks are read into that need no decoding. */
  readonly memory: ChunkMemory
  readonly gunzipper: Gunzipper
}

/** Opens an input whose stored bytes `stored` gives. What follows is read into shared memory where it is text that needs no decoding. */
export async function openPlain(
  path: string,
  file: StoredFile,
  stored: ByteReader,
  limits: SourceLimits,
  { memory, gunzipper }: PlainMeans,
): Promise<HeldInput> {
  const errors = new FirstError()
  const compression = await errors.either(async () => containerOf(await stored.peek(MAGIC_BYTES)), "none")
  const inflated = compression === "none" ? null : inflate(stored, compression, gunzipper)
  const reader = inflated === null ? stored : limited(inflated, limits)
  const { encoding, text } = await openText(reader, inflated !== null, errors)
  if (encoding === "utf-8") {
    if (inflated === null) file.readInto(memory)
    else inflated.share()
  }
  const end = async (): Promise<InputEnd> => {
    await reader.close()
    const { sizeBytes, sha256 } = await errors.either(() => file.finish(), { sizeBytes: file.byteCount, sha256: null })
    await file.close()
    return { sizeBytes, sha256, error: errors.error }
  }
  return { input: { path, entry: null, compression, encoding, chunks: text, end }, release: () => reader.close() }
}

/** What the stored bytes inflate to. */
export function inflate(stored: ByteReader, compression: Compression, gunzipper: Gunzipper): Inflated {
  return compression === "gzip" ? gunzipper.gunzip(stored) : inflatedHere(stored, unzstd(stored))
}

/** Its decoders are loaded when there is something for them. */
async function* unzstd(stored: ByteReader): AsyncGenerator<Uint8Array> {
  yield* (await import("./zstd.ts")).unzstd(stored)
}

/** What was inflated, within the limits. */
export function limited(inflated: Inflated, limits: Pick<SourceLimits, "maxInflatedBytes">): ByteReader {
  return new ByteReader(limitInflation(inflated.chunks, limits.maxInflatedBytes, inflated.storedBytes))
}

/** Text, and how it was encoded. */
export interface OpenedText {
  readonly encoding: Encoding
  readonly text: AsyncIterable<Uint8Array>
}

/** The text in `reader`, whose first bytes tell its encoding; none where they tell that it cannot be read. */
export function openText(reader: ByteReader, isUnpacked: boolean, errors: FirstError): Promise<OpenedText> {
  const open = async (): Promise<OpenedText> => {
    const head = await reader.peek(MAGIC_BYTES)
    if (isUnpacked && containerOf(head) !== "none") {
      throw new SourceFault(
        "input/nested-archive",
        "what was unpacked is compressed again; unpack it once and analyze that",
      )
    }
    refuseKnownShapes(head)
    const { encoding, markBytes } = detectEncoding(head)
    await reader.read(markBytes)
    return { encoding, text: errors.guard(decodeText(reader, encoding)) }
  }
  return errors.either(open, { encoding: "utf-8", text: noChunks() })
}

/** The first error of an input; what comes after it is its consequence. That it changed explains all others. */
export class FirstError {
  #error: SourceError | null = null

  get error(): SourceError | null {
    return this.#error
  }

  /** What `attempt` gives, or `otherwise` where it meets a fault of the input, which is kept. */
  async either<Value>(attempt: () => Promise<Value>, otherwise: Value): Promise<Value> {
    try {
      return await attempt()
    } catch (cause) {
      this.#keep(cause)
      return otherwise
    }
  }

  /** The chunks up to the error. */
  async *guard(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
    } catch (cause) {
      this.#keep(cause)
    }
  }

  /** Throws on what is no fault of the input. */
  #keep(cause: unknown): void {
    const { error } = faultOf(cause)
    if (this.#error === null || error.code === "input/changed") this.#error = error
  }
}

export async function* noChunks(): AsyncGenerator<Uint8Array> {}
