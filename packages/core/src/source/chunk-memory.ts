/** Memory that chunks are read into: of their own, or shared (see `framing/shared-buffers.ts`). */
export interface ChunkMemory {
  /** Memory for a chunk, with one reference. */
  readonly takeChunk: () => Uint8Array
  /** Adds a reference to the memory of these bytes; false where it is none of this. */
  readonly retain: (bytes: Uint8Array) => boolean
  /** Gives up a reference. */
  readonly release: (bytes: Uint8Array) => void
}

const CHUNK_BYTES = 1 << 20

/** Each chunk in memory of its own. */
export const OWN_MEMORY: ChunkMemory = {
  takeChunk: () => Buffer.allocUnsafeSlow(CHUNK_BYTES),
  retain: () => false,
  release: () => {},
}
