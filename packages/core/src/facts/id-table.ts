/**
 * Ids, each once, by a number from 0 in the order in which they first came: GUIDs, and other texts by their index in the
 * string table. An id takes 20 bytes, and 8 to 16 of slots; when no more come, as a text 4, and no slots.
 */
import { IdNumbers } from "@callsift/kernel"
import { printGuid } from "../model/identity.ts"
import { IdForm, type IdColumn } from "../worker/protocol.ts"
import { textIndexOf } from "./evidence.ts"
import { GUID_BYTES } from "./guid.ts"
import { PackedIds, type NumberedIds } from "./packed-ids.ts"
import type { Texts } from "./string-table.ts"

const GUID_WORDS = GUID_BYTES / 4

/** Less is not worth the time that it takes to copy ids. */
const MIN_PACKED_BYTES = 4 * 2 ** 20

/** Numbers for ids. */
export class IdTable {
  /** Made for the first id that is looked for. */
  #numbers: IdNumbers | null = null
  /** The same ids, when no more come. */
  #packed: PackedIds | null = null
  /** An id that is looked for: a GUID, or the index of a text and zeros. */
  readonly #words = new Uint32Array(GUID_WORDS)
  readonly #bytes = new Uint8Array(this.#words.buffer)

  /** How many there are. */
  get count(): number {
    return this.#ids?.count ?? 0
  }

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#ids?.byteLength ?? 0
  }

  /**
   * Gives back what is only needed to find ids, which are looked for seldom from now on; where one is, it is made again.
   * A table of fewer than `leastBytes` stays as it is.
   */
  endInterning(leastBytes = MIN_PACKED_BYTES): void {
    if (this.#numbers === null || this.byteLength < leastBytes) return
    this.#packed = new PackedIds(this.#numbers)
    this.#numbers = null
  }

  /** The number of the GUID whose four words begin at `at`, new where it was not known. */
  internGuid(words: Uint32Array, at: number): number {
    return this.#opened().number(this.#guid(words, at), IdForm.guid)
  }

  /** The number of the id with this text index, new where it was not known. */
  internText(text: number): number {
    return this.#opened().number(this.#text(text), IdForm.text)
  }

  /**
   * Interns the ids of two columns of the same rows, row by row, the first before the second, and writes their numbers:
   * -1 where there is none. `texts` has the index of each text of the rows in the string table.
   */
  internRows(
    first: IdColumn,
    second: IdColumn,
    firstNumbers: Int32Array,
    secondNumbers: Int32Array,
    texts: Int32Array,
  ): void {
    const ids = { form: IdForm.text, numbers: texts }
    this.#opened().numberPairs(first, second, firstNumbers, secondNumbers, ids)
  }

  /** The number of a GUID, or -1. */
  findGuid(words: Uint32Array, at: number): number {
    return this.count === 0 ? -1 : this.#opened().find(this.#guid(words, at), IdForm.guid)
  }

  /** The number of a text, or -1. */
  findText(text: number): number {
    return this.count === 0 ? -1 : this.#opened().find(this.#text(text), IdForm.text)
  }

  /** The id as shown: a GUID in lower case, or the text that `texts` has for it. */
  show(number: number, texts: Texts): string {
    const text = this.textOf(number)
    return text < 0 ? printGuid(this.#all().bytesOf(number), 0) : (texts.get(text) ?? "")
  }

  /** The index of the text of an id, or -1 where it is a GUID. */
  textOf(number: number): number {
    const ids = this.#all()
    return ids.formOf(number) === IdForm.text ? textIndexOf({ bytes: ids.bytesOf(number) }, 0) : -1
  }

  /** Adds one of these ids to another table, over the same strings; its number there. */
  copyTo(other: IdTable, number: number): number {
    const ids = this.#all()
    return other.#opened().number(ids.bytesOf(number), ids.formOf(number))
  }

  get #ids(): NumberedIds | null {
    return this.#packed ?? this.#numbers
  }

  #all(): NumberedIds {
    return this.#ids ?? this.#opened()
  }

  /** The ids where they can be found. */
  #opened(): IdNumbers {
    if (this.#numbers !== null) return this.#numbers
    const numbers = new IdNumbers()
    const packed = this.#packed
    if (packed !== null) {
      for (let number = 0; number < packed.count; number++) {
        numbers.number(packed.bytesOf(number), packed.formOf(number))
      }
    }
    this.#packed = null
    return (this.#numbers = numbers)
  }

  #guid(words: Uint32Array, at: number): Uint8Array {
    for (let word = 0; word < GUID_WORDS; word++) this.#words[word] = words[at + word] ?? 0
    return this.#bytes
  }

  #text(text: number): Uint8Array {
    this.#words.fill(0)
    this.#words[0] = text
    return this.#bytes
  }
}

/** A GUID's bytes as words; copied where they do not lie at a multiple of four. */
export function guidWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2)
}
