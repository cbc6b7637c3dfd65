/**
 * Every text of the facts, each once, by its index. The first texts, which most rows share, are strings in a map; all
 * others are packed: a text of one visitor costs little more than its letters.
 */
import { PackedTexts } from "./packed-texts.ts"

/** So many texts are kept as strings. */
const MAX_STRINGS = 4096
/** About what a string of some ten letters takes in a list and a map. */
const STRING_BYTES = 128

/** Texts by their index from 0. */
export interface Texts {
  readonly length: number
  /** The text; undefined for -1 and any other number that is no index. */
  readonly get: (index: number) => string | undefined
}

/** Texts and their indices, in the order in which they first came. */
export class StringTable implements Texts {
  readonly #strings: string[] = []
  readonly #indices = new Map<string, number>()
  readonly #others = new PackedTexts()

  get length(): number {
    return this.#strings.length + this.#others.count
  }

  /** Bytes of memory, about. */
  get byteLength(): number {
    return this.#strings.length * STRING_BYTES + this.#others.byteLength
  }

  /** The index of `text`, new where it was not known. */
  intern(text: string): number {
    const known = this.#indices.get(text)
    if (known !== undefined) return known
    if (this.#strings.length === MAX_STRINGS) return MAX_STRINGS + this.#others.findOrAdd(text)
    this.#indices.set(text, this.#strings.length)
    return this.#strings.push(text) - 1
  }

  /** The index of `text`, or -1. */
  find(text: string): number {
    const known = this.#indices.get(text)
    if (known !== undefined) return known
    const other = this.#others.count === 0 ? -1 : this.#others.find(text)
    return other < 0 ? -1 : MAX_STRINGS + other
  }

  readonly get = (index: number): string | undefined => {
    if (index < 0 || index >= this.length) return undefined
    return index < MAX_STRINGS ? this.#strings[index] : this.#others.get(index - MAX_STRINGS)
  }

  /** For each of `texts` its index here. */
  internAll(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => this.intern(text))
  }

  /** Gives back what is only needed to find texts, which are looked for seldom from now on. */
  endInterning(): void {
    this.#others.forgetSlots()
  }
}
