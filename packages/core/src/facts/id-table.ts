/**
 * Ids, each once, by a number from 0 in the order in which they first came: GUIDs in an open-addressing table over
 * typed arrays (24 bytes an id and 8 to 16 bytes of slots), other texts by their index in the string table (8 bytes).
 */
import { grown } from "./columns.ts"
import { GUID_BYTES } from "./guid.ts"
import { printGuid } from "../model/identity.ts"
import type { Texts } from "./string-table.ts"
import { finishHash, HASH_SEED, mixWord } from "./hash.ts"

const GUID_WORDS = GUID_BYTES / 4

/** Numbers for ids. */
export class IdTable {
  count = 0
  /** By number: the index of a GUID, from 0 in their order, or -1 less the index of a text. */
  #kinds = new Int32Array(0)
  /** By index of a GUID: its four words, and its number. */
  #words = new Uint32Array(0)
  #numberOfGuid = new Int32Array(0)
  /** Index + 1 of the GUID in that slot, 0 where empty. A power of two long, at most half full. */
  #slots = new Int32Array(1024)
  #guidCount = 0
  /** By text index: number + 1, 0 where the text is no id. */
  #numberOfText = new Int32Array(0)

  /** Bytes of memory. */
  get byteLength(): number {
    const columns = [this.#kinds, this.#words, this.#numberOfGuid, this.#slots, this.#numberOfText]
    return columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** The number of the GUID whose four words begin at `at`, new where it was not known. */
  internGuid(words: Uint32Array, at: number): number {
    const slot = this.#slotOf(words, at)
    const known = this.#slots[slot] ?? 0
    return known > 0 ? (this.#numberOfGuid[known - 1] ?? 0) : this.#addGuid(words, at, slot)
  }

  /** The number of the id with this text index, new where it was not known. */
  internText(text: number): number {
    const known = this.findText(text)
    if (known >= 0) return known
    this.#numberOfText = grown(this.#numberOfText, text + 1)
    const number = this.#append(-1 - text)
    this.#numberOfText[text] = number + 1
    return number
  }

  /** The number of a GUID, or -1. */
  findGuid(words: Uint32Array, at: number): number {
    const guid = (this.#slots[this.#slotOf(words, at)] ?? 0) - 1
    return guid < 0 ? -1 : (this.#numberOfGuid[guid] ?? -1)
  }

  /** The number of a text, or -1. */
  findText(text: number): number {
    return (this.#numberOfText[text] ?? 0) - 1
  }

  /** The id as shown: a GUID in lower case, or the text that `texts` has for it. */
  show(number: number, texts: Texts): string {
    const kind = this.#kinds[number] ?? 0
    if (kind < 0) return texts.get(-1 - kind) ?? ""
    return printGuid(new Uint8Array(this.#words.buffer), kind * GUID_BYTES)
  }

  /** The index of the text of an id, or -1 where it is a GUID. */
  textOf(number: number): number {
    const kind = this.#kinds[number] ?? 0
    return kind < 0 ? -1 - kind : -1
  }

  /** Adds one of these ids to another table, over the same strings; its number there. */
  copyTo(other: IdTable, number: number): number {
    const kind = this.#kinds[number] ?? 0
    return kind < 0 ? other.internText(-1 - kind) : other.internGuid(this.#words, kind * GUID_WORDS)
  }

  #addGuid(words: Uint32Array, at: number, slot: number): number {
    const guid = this.#guidCount++
    const number = this.#append(guid)
    this.#words = grown(this.#words, this.#guidCount * GUID_WORDS)
    this.#words.set(words.subarray(at, at + GUID_WORDS), guid * GUID_WORDS)
    this.#numberOfGuid = grown(this.#numberOfGuid, this.#guidCount)
    this.#numberOfGuid[guid] = number
    this.#slots[slot] = guid + 1
    if (this.#guidCount * 2 > this.#slots.length) this.#rehash()
    return number
  }

  #append(kind: number): number {
    const number = this.count++
    this.#kinds = grown(this.#kinds, this.count)
    this.#kinds[number] = kind
    return number
  }

  /** The slot that holds this GUID, or the empty one where it belongs. */
  #slotOf(words: Uint32Array, at: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hashGuid(words, at) & mask
    for (let known = slots[slot] ?? 0; known > 0; known = slots[slot] ?? 0) {
      if (this.#hasWords(known - 1, words, at)) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  #hasWords(guid: number, words: Uint32Array, at: number): boolean {
    const own = this.#words
    const from = guid * GUID_WORDS
    return (
      own[from] === words[at] &&
      own[from + 1] === words[at + 1] &&
      own[from + 2] === words[at + 2] &&
      own[from + 3] === words[at + 3]
    )
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let guid = 0; guid < this.#guidCount; guid++) {
      let slot = hashGuid(this.#words, guid * GUID_WORDS) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = guid + 1
    }
    this.#slots = slots
  }
}

function hashGuid(words: Uint32Array, at: number): number {
  let state = HASH_SEED
  for (let index = 0; index < GUID_WORDS; index++) state = mixWord(state, words[at + index] ?? 0)
  return finishHash(state)
}

/** A GUID's bytes as words; copied where they do not lie at a multiple of four. */
export function guidWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2)
}
