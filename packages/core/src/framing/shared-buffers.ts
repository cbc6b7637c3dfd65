/**
 * Shared memory that is used again: what is new has to be cleared by the system, and is given back late. Whoever needs
 * bytes holds a reference to the memory they lie in; when nobody holds one any more, the memory is written to again.
 * Memory that is forgotten is only lost to others: it goes with the last view of it.
 *
 * Where the workers' kernels have a memory, memory of usual size is a part of it, so that a block is parsed where it was
 * read to.
 */

import { MemoryFull, takeRegion, type KernelMemory } from "@callsift/kernel"

const KIB = 1024

/**
 * Bytes in front of each chunk that belong to nobody: what is left of the chunk before it is moved there, so that a
 * record that was cut lies in one piece and the chunk stays where it was read to.
 */
const HEADROOM_BYTES = 1024 * KIB

/** Smaller reads cost more for each byte than they save memory. */
const MIN_CHUNK_BYTES = 64 * KIB

/** One piece of memory. */
interface Region {
  readonly bytes: Uint8Array
  readonly isInKernel: boolean
  references: number
}

export class SharedBuffers {
  readonly #chunkBytes: number
  #kernelMemory: KernelMemory | null
  readonly #free: Region[] = []
  /** By buffer: no two regions have the same, for each time a memory grows it has another. */
  readonly #regions = new WeakMap<ArrayBufferLike, Region>()

  /** Chunks are of about `chunkBytes`. */
  constructor(chunkBytes: number, kernelMemory: KernelMemory | null = null) {
    this.#chunkBytes = Math.max(chunkBytes, MIN_CHUNK_BYTES)
    this.#kernelMemory = kernelMemory
  }

  /** At least `byteCount` bytes, whatever they hold, with one reference. */
  take(byteCount: number): Uint8Array {
    const index = this.#free.findIndex(({ bytes }) => bytes.length >= byteCount)
    const [region = this.#open(byteCount)] = index < 0 ? [] : this.#free.splice(index, 1)
    region.references = 1
    return region.bytes
  }

  #open(byteCount: number): Region {
    const region = (byteCount <= this.#mostBytes ? this.#openInKernel(byteCount) : null) ?? {
      bytes: new Uint8Array(new SharedArrayBuffer(byteCount)),
      isInKernel: false,
      references: 0,
    }
    this.#regions.set(region.bytes.buffer, region)
    return region
  }

  /** Null where there is no such memory, or no more of it. */
  #openInKernel(byteCount: number): Region | null {
    if (this.#kernelMemory === null) return null
    try {
      const at = takeRegion(this.#kernelMemory, byteCount)
      return { bytes: new Uint8Array(this.#kernelMemory.buffer, at, byteCount), isInKernel: true, references: 0 }
    } catch (cause) {
      if (cause instanceof MemoryFull) return null
      throw cause
    }
  }

  /** Whether the bytes lie in the memory of the workers' kernels. */
  isInKernel({ buffer }: Uint8Array): boolean {
    return this.#regions.get(buffer)?.isInKernel === true
  }

  /** Memory for a chunk that is read, with one reference; the bytes in front of it are free. */
  takeChunk(): Uint8Array {
    const end = HEADROOM_BYTES + this.#chunkBytes
    return this.take(end).subarray(HEADROOM_BYTES, end)
  }

  /** How many bytes in front of a chunk are free: none unless it begins where `takeChunk` let it begin. */
  headroomOf(chunk: Uint8Array): number {
    const region = this.#heldRegion(chunk)
    const isAtStart = region !== null && chunk.byteOffset - region.bytes.byteOffset === HEADROOM_BYTES
    return isAtStart ? HEADROOM_BYTES : 0
  }

  /** Adds a reference to the memory that `bytes` lie in; false where it is none of this. */
  retain(bytes: Uint8Array): boolean {
    const region = this.#heldRegion(bytes)
    if (region === null) return false
    region.references += 1
    return true
  }

  /** Gives up a reference to the memory that `bytes` lie in, if it is of this. Memory of unusual size is let go. */
  release(bytes: Uint8Array): void {
    const region = this.#heldRegion(bytes)
    if (region === null) return
    region.references -= 1
    if (region.references === 0 && region.bytes.length <= this.#mostBytes) this.#free.push(region)
  }

  /** Lets go of all memory: nothing is read any more. Gives what nobody holds: whoever takes it may write to it. */
  close(): readonly Uint8Array[] {
    this.#kernelMemory = null
    return this.#free.splice(0).map(({ bytes }) => bytes)
  }

  /** The region in which the bytes lie, if it is of this and somebody holds it. */
  #heldRegion({ buffer }: Uint8Array): Region | null {
    const region = this.#regions.get(buffer)
    return region === undefined || region.references === 0 ? null : region
  }

  get #mostBytes(): number {
    return HEADROOM_BYTES + 2 * this.#chunkBytes
  }
}
