/**
 * One of Node's decompression streams, driven piece by piece: a piece goes in, all that it inflates to comes out, and
 * only then the next goes in. So nothing is in flight when the compressed data end, and what came before damage does
 * not depend on when the bytes arrived.
 */
import type { Transform } from "node:stream"

/** What `node:zlib` makes: a stream that counts the bytes it has used up. */
export type DecompressionStream = Transform & { readonly bytesWritten: number }

/** How much one read of the stream gives; with Node's own 16 KiB most time would go into passing on. */
export const INFLATED_CHUNK_BYTES = 1 << 20

export class Inflater {
  readonly #stream: DecompressionStream
  #isEnded = false
  #failure: Error | null = null
  #wake: () => void = () => {}

  constructor(stream: DecompressionStream) {
    this.#stream = stream
    stream.on("readable", () => this.#wake())
    stream.once("end", () => {
      this.#isEnded = true
      this.#wake()
    })
    stream.on("error", (failure: Error) => {
      this.#failure ??= failure
      this.#wake()
    })
  }

  /** Whether the compressed data are over. May be known only when more bytes are pushed. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Compressed bytes used up so far. Fewer than were pushed only when the data are over. */
  get usedBytes(): number {
    return this.#stream.bytesWritten
  }

  /** What `piece` inflates to. Throws the stream's own error. */
  push(piece: Uint8Array): AsyncGenerator<Uint8Array> {
    return this.#take((done) => this.#stream.write(piece, done))
  }

  /** What is left when no more comes. Throws the stream's own error where the data are not over. */
  finish(): AsyncGenerator<Uint8Array> {
    return this.#take((done) => this.#stream.end(done), true)
  }

  close(): void {
    this.#stream.destroy()
  }

  async *#take(start: (done: () => void) => void, untilEnd = false): AsyncGenerator<Uint8Array> {
    let isTaken = false
    start(() => {
      isTaken = !untilEnd
      this.#wake()
    })
    for (;;) {
      const chunk: Uint8Array | null = this.#stream.read()
      if (chunk !== null) yield chunk
      else if (this.#failure !== null) throw this.#failure
      else if (isTaken || this.#isEnded) return
      else await this.#woken()
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
