/**
 * The bytes of the block that is being filled. They lie in shared memory: in that of the chunk that was read, where
 * what is left of the chunk before fits in front of it, else in memory of their own. Bytes that were handed out are
 * not written to again; whoever was given them holds a reference of their own.
 */
import type { SharedBuffers } from "./shared-buffers.ts"

export class BlockBuffer {
  readonly #buffers: SharedBuffers
  readonly #capacity: number
  /** All of the memory that the bytes lie in. */
  #memory: Uint8Array
  #start = 0
  #end = 0
  /** Up to where bytes may be added in `#memory`. */
  #roomEnd = 0
  #byteOffset: number

  /** Memory of its own is `capacity` bytes long, as long as they are enough. The first byte will stand at `byteOffset`. */
  constructor(buffers: SharedBuffers, capacity: number, byteOffset = 0) {
    this.#byteOffset = byteOffset
    this.#buffers = buffers
    this.#capacity = capacity
    this.#memory = NO_MEMORY
  }

  /** What is in the buffer. */
  get bytes(): Uint8Array {
    return this.#memory.subarray(this.#start, this.#end)
  }

  get byteCount(): number {
    return this.#end - this.#start
  }

  /** Where the first byte stands in the stream. */
  get byteOffset(): number {
    return this.#byteOffset
  }

  append(chunk: Uint8Array): void {
    if (!this.#continues(chunk) && !this.#takeOver(chunk)) this.#copy(chunk)
  }

  /** Lets go of the first `count` bytes. */
  dropFirst(count: number): void {
    this.#start += count
    this.#byteOffset += count
  }

  /** Gives up the memory. */
  release(): void {
    this.#moveTo(NO_MEMORY, 0, 0)
  }

  /** The chunk may lie behind the bytes already, in the same memory. */
  #continues(chunk: Uint8Array): boolean {
    if (chunk.buffer !== this.#memory.buffer || chunk.byteOffset !== this.#end) return false
    this.#end += chunk.length
    this.#roomEnd = Math.max(this.#roomEnd, this.#end)
    return true
  }

  /** Goes on in the memory of the chunk, if the bytes fit in front of it. */
  #takeOver(chunk: Uint8Array): boolean {
    if (this.byteCount > this.#buffers.headroomOf(chunk) || !this.#buffers.retain(chunk)) return false
    const start = chunk.byteOffset - this.byteCount
    const memory = new Uint8Array(chunk.buffer)
    memory.set(this.bytes, start)
    this.#moveTo(memory, start, chunk.byteOffset + chunk.length)
    return true
  }

  #copy(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#roomEnd || this.#shouldMove(chunk))
      this.#moveToRoomFor(this.byteCount + chunk.length)
    this.#memory.set(chunk, this.#end)
    this.#end += chunk.length
  }

  /** A little is moved now rather than much when there is no more room. */
  #shouldMove(chunk: Uint8Array): boolean {
    return 2 * (this.#roomEnd - this.#end) < this.#capacity && 4 * this.byteCount < chunk.length
  }

  #moveToRoomFor(byteCount: number): void {
    const isGrowing = byteCount > this.#capacity
    const memory = this.#buffers.take(isGrowing ? 2 * byteCount : this.#capacity)
    memory.set(this.bytes)
    this.#moveTo(memory, 0, this.byteCount)
    this.#roomEnd = memory.length
  }

  /** Nothing may be added behind the bytes until `#roomEnd` says so. */
  #moveTo(memory: Uint8Array, start: number, end: number): void {
    this.#buffers.release(this.#memory)
    this.#memory = memory
    this.#start = start
    this.#end = end
    this.#roomEnd = end
  }
}

const NO_MEMORY = new Uint8Array(0)
