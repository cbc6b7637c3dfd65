/** SHA-256 of a span whose bytes are not kept: they are hashed as they pass. */
import { createHash } from "node:crypto"

export class SpanDigest {
  readonly #hash = createHash("sha256")
  #hashedTo: number

  /** Of the span that begins at `byteOffset` in the stream. */
  constructor(byteOffset: number) {
    this.#hashedTo = byteOffset
  }

  /** Takes up what is new before `end`. The first byte of `buffer`, which holds all that is new, is `base` in the stream. */
  update(buffer: Uint8Array, base: number, end: number): this {
    if (end > this.#hashedTo) {
      this.#hash.update(buffer.subarray(this.#hashedTo - base, end - base))
      this.#hashedTo = end
    }
    return this
  }

  /** The digest, once: nothing can be taken up behind it. */
  digest(): Uint8Array {
    return this.#hash.digest()
  }
}
