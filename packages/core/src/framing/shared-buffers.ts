/**
 * Shared memory that is used again: what is new has to be cleared by the system, and is given back late. Whoever needs
 * bytes holds a reference to the memory they lie in; when nobody holds one any more, the memory is written to again.
 * Memory that is forgotten is only lost to others: it goes with the last view of it.
 */

const KIB = 1024

/**
 * Bytes in front of each chunk that belong to nobody: what is left of the chunk before it is moved there, so that a
 * record that was cut lies in one piece and the chunk stays where it was read to.
 */
const HEADROOM_BYTES = 1024 * KIB

/** Smaller reads cost more for each byte than they save memory. */
const MIN_CHUNK_BYTES = 64 * KIB

export class SharedBuffers {
  readonly #chunkBytes: number
  readonly #free: SharedArrayBuffer[] = []
  readonly #references = new WeakMap<ArrayBufferLike, number>()

  /** Chunks are of about `chunkBytes`. */
  constructor(chunkBytes: number) {
    this.#chunkBytes = Math.max(chunkBytes, MIN_CHUNK_BYTES)
  }

  /** At least `byteCount` bytes, whatever they hold, with one reference. */
  take(byteCount: number): Uint8Array {
    const index = this.#free.findIndex((buffer) => buffer.byteLength >= byteCount)
    const [buffer = new SharedArrayBuffer(byteCount)] = index < 0 ? [] : this.#free.splice(index, 1)
    this.#references.set(buffer, 1)
    return new Uint8Array(buffer)
  }

  /** Memory for a chunk that is read, with one reference; the bytes in front of it are free. */
  takeChunk(): Uint8Array {
    const end = HEADROOM_BYTES + this.#chunkBytes
    return this.take(end).subarray(HEADROOM_BYTES, end)
  }

  /** How many bytes in front of a chunk are free: none unless it begins where `takeChunk` let it begin. */
  headroomOf(chunk: Uint8Array): number {
    return this.#references.has(chunk.buffer) && chunk.byteOffset === HEADROOM_BYTES ? HEADROOM_BYTES : 0
  }

  /** Adds a reference to the memory that `bytes` lie in; false where it is none of this. */
  retain(bytes: Uint8Array): boolean {
    const count = this.#references.get(bytes.buffer)
    if (count === undefined) return false
    this.#references.set(bytes.buffer, count + 1)
    return true
  }

  /** Gives up a reference to the memory that `bytes` lie in, if it is of this. Memory of unusual size is let go. */
  release({ buffer }: Uint8Array): void {
    const count = this.#references.get(buffer)
    if (count === undefined) return
    if (count > 1) this.#references.set(buffer, count - 1)
    else {
      this.#references.delete(buffer)
      if (buffer instanceof SharedArrayBuffer && buffer.byteLength <= this.#mostBytes) this.#free.push(buffer)
    }
  }

  get #mostBytes(): number {
    return HEADROOM_BYTES + 2 * this.#chunkBytes
  }
}
