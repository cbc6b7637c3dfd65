/** Reads a stream of chunks by counts of bytes, and gives back what was read too far. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #ahead: Uint8Array[] = []

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next chunk, or null at the end. */
  async next(): Promise<Uint8Array | null> {
    const ahead = this.#ahead.shift()
    if (ahead !== undefined) return ahead
    const { done, value } = await this.#chunks.next()
    return done === true ? null : value
  }

  /** Puts bytes back in front. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#ahead.unshift(bytes)
  }

  /** Exactly `count` bytes, or fewer at the end. */
  async read(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let missing = count
    while (missing > 0) {
      const chunk = await this.next()
      if (chunk === null) break
      parts.push(chunk.subarray(0, missing))
      this.unread(chunk.subarray(missing))
      missing -= Math.min(missing, chunk.length)
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  }

  /** The next `count` bytes without taking them, or fewer at the end. */
  async peek(count: number): Promise<Uint8Array> {
    const bytes = await this.read(count)
    this.unread(bytes)
    return bytes
  }

  /** All that is left. */
  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) {
        if (chunk.length > 0) yield chunk
      }
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}
