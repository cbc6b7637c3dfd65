/**
 * Reads a stream of chunks by counts of bytes, and gives back what was read too far. It never closes the stream on its
 * own: who gives up reading calls `close`.
 */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #ahead: Uint8Array[] = []
  #aheadBytes = 0
  #pulledBytes = 0
  /** Why the stream broke, for whoever comes to that place. */
  #failure: { readonly cause: unknown } | null = null

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Bytes that were read and not given back. */
  get takenBytes(): number {
    return this.#pulledBytes - this.#aheadBytes
  }

  /** The next chunk, or null at the end. */
  async next(): Promise<Uint8Array | null> {
    const ahead = this.#ahead.shift()
    if (ahead !== undefined) {
      this.#aheadBytes -= ahead.length
      return ahead
    }
    if (this.#failure !== null) throw this.#failure.cause
    const { done, value } = await this.#chunks.next()
    if (done === true) return null
    this.#pulledBytes += value.length
    return value
  }

  /** Puts bytes back in front. */
  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#ahead.unshift(bytes)
    this.#aheadBytes += bytes.length
  }

  /** Exactly `count` bytes, or fewer at the end. */
  async read(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    await this.#collect(count, parts)
    return joined(parts)
  }

  /** The next `count` bytes without taking them, or fewer where the stream ends or breaks. */
  async peek(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    try {
      await this.#collect(count, parts)
    } catch (cause) {
      this.#failure = { cause }
      if (parts.length === 0) throw cause
    }
    const bytes = joined(parts)
    this.unread(bytes)
    return bytes
  }

  /** All that is left. Whoever stops early may go on later. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) {
      if (chunk.length > 0) yield chunk
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #collect(count: number, parts: Uint8Array[]): Promise<void> {
    let missingBytes = count
    while (missingBytes > 0) {
      const chunk = await this.next()
      if (chunk === null) return
      if (chunk.length > 0) parts.push(chunk.subarray(0, missingBytes))
      this.unread(chunk.subarray(missingBytes))
      missingBytes -= Math.min(missingBytes, chunk.length)
    }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
}
