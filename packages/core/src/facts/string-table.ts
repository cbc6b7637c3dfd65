/**
 * Every text of the facts, each once, by its index. The first texts, which most rows share, are strings in a map; all
 * others are bytes side by side, found by a hash: a text of one visitor costs little more than its letters.
 */
import { grown } from "./columns.ts"
import { finishHash, HASH_SEED, mixWord } from "./hash.ts"

/** So many texts are kept as strings. */
const MAX_STRINGS = 4096
/** About what a string of some ten letters takes in a list and a map. */
const STRING_BYTES = 128
const PIECE_BYTES = 2 ** 20

/** Texts by their index from 0. */
export interface Texts {
  readonly length: number
  /** The text; undefined for -1 and any other number that is no index. */
  readonly get: (index: number) => string | undefined
}

/** Texts and their indices, in the order in which they first came. */
export class StringTable implements Texts {
  length = 0
  readonly #strings: string[] = []
  readonly #indices = new Map<string, number>()
  /** Bytes of the other texts; no text lies in two pieces. */
  readonly #pieces: Buffer[] = []
  #pieceBytes = 0
  #used = PIECE_BYTES
  /** By index less MAX_STRINGS: piece, first byte there, bytes (negative: two for each code unit), hash. */
  #piece = new Int32Array(0)
  #begin = new Int32Array(0)
  #size = new Int32Array(0)
  #hashes = new Int32Array(0)
  /** Index + 1 of a text in pieces, 0 where empty; a power of two long, at most half full. */
  #slots = new Int32Array(1024)

  /** Bytes of memory, about. */
  get byteLength(): number {
    return this.#strings.length * STRING_BYTES + this.#pieceBytes + 4 * this.#piece.byteLength + this.#slots.byteLength
  }

  /** The index of `text`, new where it was not known. */
  intern(text: string): number {
    const known = this.find(text)
    if (known >= 0) return known
    const index = this.length++
    if (index < MAX_STRINGS) {
      this.#strings.push(text)
      this.#indices.set(text, index)
    } else {
      this.#append(text, index)
    }
    return index
  }

  /** The index of `text`, or -1. */
  find(text: string): number {
    const known = this.#indices.get(text)
    if (known !== undefined) return known
    return this.length <= MAX_STRINGS ? -1 : (this.#slots[this.#slotOf(text, hashOf(text))] ?? 0) - 1
  }

  readonly get = (index: number): string | undefined => {
    if (index < 0 || index >= this.length) return undefined
    return index < MAX_STRINGS ? this.#strings[index] : this.#read(index - MAX_STRINGS)
  }

  /** For each of `texts` its index here. */
  internAll(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => this.intern(text))
  }

  #read(at: number): string {
    const begin = this.#begin[at] ?? 0
    const size = this.#size[at] ?? 0
    const piece = this.#pieces[this.#piece[at] ?? 0]
    return piece?.toString(size < 0 ? "utf16le" : "latin1", begin, begin + Math.abs(size)) ?? ""
  }

  #append(text: string, index: number): void {
    const at = index - MAX_STRINGS
    this.#piece = grown(this.#piece, at + 1)
    this.#begin = grown(this.#begin, at + 1)
    this.#size = grown(this.#size, at + 1)
    this.#hashes = grown(this.#hashes, at + 1)
    const isWide = hasWideUnits(text)
    const size = isWide ? 2 * text.length : text.length
    const piece = this.#pieceFor(size)
    piece.write(text, this.#used, isWide ? "utf16le" : "latin1")
    this.#piece[at] = this.#pieces.length - 1
    this.#begin[at] = this.#used
    this.#size[at] = isWide ? -size : size
    this.#hashes[at] = hashOf(text)
    this.#used += size
    this.#slots[this.#slotOf(text, hashOf(text))] = index + 1
    if (2 * (at + 1) > this.#slots.length) this.#rehash()
  }

  /** The last piece if it has room for so many bytes, else a new one. */
  #pieceFor(size: number): Buffer {
    const last = this.#pieces.at(-1)
    if (last !== undefined && this.#used + size <= last.length) return last
    const piece = Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, size))
    this.#pieces.push(piece)
    this.#pieceBytes += piece.length
    this.#used = 0
    return piece
  }

  /** The slot that holds a text, or the empty one where it belongs. */
  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (let known = this.#slots[slot] ?? 0; known > 0; known = this.#slots[slot] ?? 0) {
      const at = known - 1 - MAX_STRINGS
      if (this.#hashes[at] === hash && this.#read(at) === text) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    const mask = slots.length - 1
    for (let index = MAX_STRINGS; index < this.length; index++) {
      let slot = (this.#hashes[index - MAX_STRINGS] ?? 0) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = index + 1
    }
    this.#slots = slots
  }
}

function hasWideUnits(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return true
  return false
}

function hashOf(text: string): number {
  let state = HASH_SEED
  for (let at = 0; at < text.length; at++) state = mixWord(state, text.charCodeAt(at))
  return finishHash(state) | 0
}
