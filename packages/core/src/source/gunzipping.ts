/** gzip → its bytes: here, or on another thread (see `gunzip-thread.ts`). */
import type { ByteReader } from "./byte-reader.ts"

/** What compressed bytes inflate to. */
export interface Inflated {
  /** Throws a `SourceFault` behind what came before it. May be left at any time. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** How many compressed bytes have gone in. */
  readonly storedBytes: () => number
  /** From here on a chunk may lie in shared memory, and brings a reference to it. */
  readonly share: () => void
}

/** Inflates inputs, one after the other. */
export interface Gunzipper {
  readonly gunzip: (stored: ByteReader) => Inflated
}

/** `node:zlib` is loaded when there is something for it. */
async function* gunzip(stored: ByteReader): AsyncGenerator<Uint8Array> {
  yield* (await import("./gzip.ts")).gunzip(stored)
}

/** Inflates for the thread that calls it. */
export const GUNZIP_HERE: Gunzipper = { gunzip: (stored) => inflatedHere(stored, gunzip(stored)) }

/** Chunks in memory of their own, inflated from `stored`. */
export function inflatedHere(stored: ByteReader, chunks: AsyncIterable<Uint8Array>): Inflated {
  return { chunks, storedBytes: () => stored.takenBytes, share: () => {} }
}
