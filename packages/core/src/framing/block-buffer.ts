/**
 * The bytes of the block that is being filled, in shared memory. A buffer that was handed out is not written to before
 * it is given back: the bytes that are still needed move to another one.
 */

/** Shared memory that is used again: what is new has to be cleared by the system, and is given back late. */
export class SharedBuffers {
  readonly #free: Uint8Array[] = []

  /** At least `byteCount` bytes, whatever they hold. */
  take(byteCount: number): Uint8Array {
    const index = this.#free.findIndex((buffer) => buffer.length >= byteCount)
    const [buffer] = index < 0 ? [] : this.#free.splice(index, 1)
    return buffer ?? new Uint8Array(new SharedArrayBuffer(byteCount))
  }

  /** Gives back a block's bytes, which nobody reads any more. Those of unusual size are let go. */
  give(bytes: Uint8Array, usualByteCount: number): void {
    if (bytes.buffer.byteLength <= 2 * usualByteCount) this.#free.push(new Uint8Array(bytes.buffer))
  }
}

/** A buffer that grows at its end and is dropped from its beginning. */
export class BlockBuffer {
  readonly #buffers: SharedBuffers
  readonly #capacity: number
  #bytes: Uint8Array
  #byteCount = 0
  #byteOffset = 0

  /** Takes its memory from `buffers`, `capacity` bytes as long as they are enough. */
  constructor(buffers: SharedBuffers, capacity: number) {
    this.#buffers = buffers
    this.#capacity = capacity
    this.#bytes = buffers.take(capacity)
  }

  /** What is in the buffer. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#byteCount)
  }

  get byteCount(): number {
    return this.#byteCount
  }

  /** Where the first byte stands in the stream. */
  get byteOffset(): number {
    return this.#byteOffset
  }

  append(bytes: Uint8Array): void {
    const needed = this.#byteCount + bytes.length
    if (needed > this.#bytes.length) {
      const grown = this.#buffers.take(Math.max(needed, 2 * this.#bytes.length))
      grown.set(this.bytes)
      this.#bytes = grown
    }
    this.#bytes.set(bytes, this.#byteCount)
    this.#byteCount = needed
  }

  /** Lets go of the first `count` bytes, which whoever was given them keeps. */
  dropFirst(count: number): void {
    const rest = this.#bytes.subarray(count, this.#byteCount)
    const next = this.#buffers.take(Math.max(this.#capacity, rest.length))
    next.set(rest)
    this.#byteCount = rest.length
    this.#bytes = next
    this.#byteOffset += count
  }
}
