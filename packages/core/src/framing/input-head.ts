/** The beginning of an input, kept until it tells whether the input is lines or documents. */
import { detectMode, skipBetween } from "./detection.ts"
import { LF } from "./byte-class.ts"
import type { SharedBuffers } from "./shared-buffers.ts"

const BOM_START = 0xef

export class InputHead {
  readonly #buffers: SharedBuffers
  #pieces: Uint8Array[] = []
  #byteCount = 0
  /** The first byte of content, by its offset; null while there is none, or where a byte order mark may be cut. */
  #contentAt: number | null = null
  #mayHaveMark = false
  /** A line ends behind the first byte of content. */
  #hasLineEnd = false
  /** Looking at all bytes for each piece would be quadratic in the length of the first lines. */
  #detectAt = 0

  constructor(buffers: SharedBuffers) {
    this.#buffers = buffers
  }

  /** Keeps a piece: by a reference to its memory, or as a copy. */
  add(piece: Uint8Array): void {
    const kept = this.#buffers.retain(piece) ? piece : new Uint8Array(piece)
    this.#look(kept)
    this.#pieces.push(kept)
    this.#byteCount += kept.length
  }

  /** The mode, or null where more bytes are needed to tell it. A first line of more than `maxLineBytes` is a document's. */
  mode(isWhole: boolean, maxLineBytes: number): "lines" | "documents" | null {
    // Most documents are one long line: nothing else needs to be known of it.
    if (!isWhole && this.#contentAt !== null && !this.#hasLineEnd)
      return this.#byteCount - this.#contentAt > maxLineBytes ? "documents" : null
    if (!isWhole && this.#byteCount < this.#detectAt) return null
    this.#detectAt = 2 * this.#byteCount
    return detectMode(Buffer.concat(this.#pieces), isWhole, maxLineBytes)
  }

  /** The pieces, which are forgotten here; each is to be released. */
  take(): Uint8Array[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }

  #look(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    let from = 0
    if (this.#contentAt === null && !this.#mayHaveMark) {
      from = skipBetween(bytes, 0)
      this.#mayHaveMark = bytes[from] === BOM_START
      if (from < bytes.length && !this.#mayHaveMark) this.#contentAt = this.#byteCount + from
    }
    if (this.#contentAt !== null) this.#hasLineEnd ||= bytes.indexOf(LF, from) >= 0
  }
}
