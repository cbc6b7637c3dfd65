/**
 * The texts of a column that repeat, each once, as one Arrow vector. An id that is a GUID, of which there may be very many,
 * costs about 44 bytes; any other text costs a string as well.
 */
import { makeData, Utf8, type Data } from "apache-arrow"
import { grown } from "../facts/columns.ts"
import { StringTable } from "../facts/string-table.ts"
import { isGuid } from "../model/identity.ts"
import type { RepeatedTexts } from "./column.ts"
import type { RowBatch } from "./fact-rows.ts"

/** What stands in `#indexOfKey` for a number that was not met, and for one without a text. */
const UNMET = 0
const NO_TEXT = -1

/** A growing dictionary. */
export class TextDictionary {
  readonly #texts: RepeatedTexts
  /** By the number of a text: its index + 1, `NO_TEXT`, or `UNMET`. */
  #indexOfKey = new Int32Array(0)
  /** Where texts begin in `#bytes`, and the last ends. */
  #offsets = new Int32Array(1)
  #bytes = new Uint8Array(0)
  #count = 0
  /** Texts that more than one number may have, and their indices. */
  readonly #others = new StringTable()
  readonly #indexOfOther: number[] = []

  constructor(texts: RepeatedTexts) {
    this.#texts = texts
  }

  /** Adds the texts of some rows. */
  addAll({ rowCount, rows }: RowBatch): void {
    const [key, text] = [this.#texts.keyOf(rows), this.#texts.textOf(rows)]
    for (let row = 0; row < rowCount; row++) {
      const number = key(row)
      if (number < 0 || (this.#indexOfKey[number] ?? UNMET) !== UNMET) continue
      this.#indexOfKey = grown(this.#indexOfKey, number + 1)
      this.#indexOfKey[number] = this.#add(text(number))
    }
  }

  /** The indices of the texts of some rows, which were added; below 0 where a row has none. */
  indicesOf({ rowCount, rows }: RowBatch): Int32Array {
    const key = this.#texts.keyOf(rows)
    const indices = new Int32Array(rowCount)
    for (let row = 0; row < rowCount; row++) {
      const index = this.#indexOfKey[key(row)] ?? UNMET
      indices[row] = index > 0 ? index - 1 : -1
    }
    return indices
  }

  /** All texts by their indices. */
  toData(): Data<Utf8> {
    const valueOffsets = this.#offsets.subarray(0, this.#count + 1)
    const data = this.#bytes.subarray(0, valueOffsets[this.#count])
    return makeData({ type: new Utf8(), length: this.#count, nullCount: 0, valueOffsets, data })
  }

  /** What stands for a text in `#indexOfKey`. */
  #add(text: string | null): number {
    if (text === null) return NO_TEXT
    if (this.#texts.isIds && isGuid(text)) return this.#append(text) + 1
    const other = this.#others.intern(text)
    this.#indexOfOther[other] ??= this.#append(text)
    return (this.#indexOfOther[other] ?? 0) + 1
  }

  #append(text: string): number {
    const begin = this.#offsets[this.#count] ?? 0
    const bytes = Buffer.from(text)
    this.#bytes = grown(this.#bytes, begin + bytes.length)
    this.#bytes.set(bytes, begin)
    this.#count += 1
    this.#offsets = grown(this.#offsets, this.#count + 1)
    this.#offsets[this.#count] = begin + bytes.length
    return this.#count - 1
  }
}
