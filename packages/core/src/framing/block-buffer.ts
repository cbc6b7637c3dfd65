/**
 * The bytes of the block that is being filled, in shared memory. A buffer that was handed out is never written to
 * again: the bytes that are still needed move to a new one.
 */
export class BlockBuffer {
  #bytes: Uint8Array
  #byteCount = 0
  #byteOffset = 0
  readonly #blockBytes: number

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
    this.#bytes = sharedBytes(blockBytes)
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
      const grown = sharedBytes(Math.max(needed, 2 * this.#bytes.length))
      grown.set(this.bytes)
      this.#bytes = grown
    }
    this.#bytes.set(bytes, this.#byteCount)
    this.#byteCount = needed
  }

  /** Lets go of the first `count` bytes, which whoever was given them keeps. */
  dropFirst(count: number): void {
    const rest = this.#bytes.subarray(count, this.#byteCount)
    const next = sharedBytes(Math.max(this.#blockBytes, rest.length))
    next.set(rest)
    this.#byteCount = rest.length
    this.#bytes = next
    this.#byteOffset += count
  }
}

function sharedBytes(count: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(count))
}
