/**
 * What rows say at their two ends, where participants are: how many rows have each value, and which values each
 * participant has had. Values are numbers from 0; those that stand in rows as texts get theirs from the host, once.
 */
import type { FiguresMemory, Regions } from "./figures-memory.ts"
import type { IntervalRows } from "./interval-rows.ts"

/** Values below this one are bits of a participant's set, any others are pairs. */
export const SET_BITS = 32

/** What values stand in: a byte at either end, a text at either end, one text that says something of both. */
export const EndTrait = { bytes: 0, texts: 1, shared: 2 } as const
export type EndTrait = (typeof EndTrait)[keyof typeof EndTrait]
type TextTrait = Exclude<EndTrait, typeof EndTrait.bytes>

/** Rows with two ends. A participant or a text below 0 is none. Columns have `rowCount` elements or more. */
export interface EndBatch {
  readonly rowCount: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly fromBytes: Uint8Array
  readonly toBytes: Uint8Array
  readonly fromTexts: Int32Array
  readonly toTexts: Int32Array
  readonly sharedTexts: Int32Array
  readonly marks: Uint8Array
}

/** What a batch adds. Valid until the next call. */
export interface EndCounts {
  /** Rows by value. */
  readonly rows: Uint32Array
  /** A participant, then a value of `SET_BITS` or more, again and again. */
  readonly others: Int32Array
}

type Address = number

interface Exports {
  readonly listUnnumbered: (
    rows: Address,
    rowCount: number,
    texts: Address,
    numbers: Address,
    listed: Address,
  ) => number
  readonly countByteEnds: (...rows: RowsAddresses<[from: Address, to: Address]>) => number
  readonly countTextEnds: (...rows: RowsAddresses<[from: Address, to: Address, numbers: Address]>) => number
  readonly countTexts: (
    ...rows: RowsAddresses<
      [texts: Address, numbers: Address, marks: Address, fromMark: number, toMark: number, values: Address]
    >
  ) => number
  readonly countSharing: (sets: Address, count: number, bits: number) => number
}
type RowsAddresses<Own extends readonly number[]> = readonly [
  rows: Address,
  rowCount: number,
  from: Address,
  to: Address,
  ...own: Own,
  sets: Address,
  counts: Address,
  others: Address,
]

const WORD_BYTES = 4
const TRAITS = 3
/** For each of two ends two words. */
const OTHER_WORDS = 4
/** Nobody, somebody at the one end, at the other, at both. */
const COMBINATIONS = 4
const ENDS = 2

const COLUMNS = ["from", "to", "fromTexts", "toTexts", "sharedTexts", "fromBytes", "toBytes", "marks"] as const
type Kept = Regions<"sets" | "numbers">
type OfBatch = Regions<(typeof COLUMNS)[number] | "rows" | "others">
type OfCounts = Regions<"counts" | "values">

/** The values of participants, and counts of the rows of one batch after the other. */
export class EndValues {
  readonly #memory: FiguresMemory<Exports>
  readonly #participantCount: number
  readonly #textCount: number
  readonly #kept: Kept
  #at: OfBatch
  #ofCounts: OfCounts
  #maxRows = 0
  #maxCounts = 0
  #rowCount = 0

  /** Works in the memory of rows that others work on. Participants and texts are numbers below these. */
  constructor({ memory }: IntervalRows, participantCount: number, textCount: number) {
    this.#memory = memory.withExports()
    this.#participantCount = participantCount
    this.#textCount = textCount
    this.#kept = this.#memory.take({
      sets: TRAITS * WORD_BYTES * participantCount,
      numbers: (TRAITS - 1) * WORD_BYTES * textCount,
    })
    this.#at = this.#takeBatch()
    this.#ofCounts = this.#takeCounts()
  }

  /** Loads a batch, of which these rows count. */
  load(batch: EndBatch, rows: Int32Array): void {
    this.#rowCount = rows.length
    if (batch.rowCount > this.#maxRows) {
      this.#maxRows = batch.rowCount
      this.#at = this.#takeBatch()
    }
    const { bytes } = this.#memory
    for (const name of COLUMNS) bytes.set(bytesOf(batch[name], batch.rowCount), this.#at[name])
    bytes.set(bytesOf(rows, rows.length), this.#at.rows)
  }

  /** Gives the texts of a column of the batch that have none their numbers in a trait. */
  number(trait: TextTrait, column: "fromTexts" | "toTexts" | "sharedTexts", numberOf: (text: number) => number): void {
    const { rows, others, [column]: texts } = this.#at
    const numbers = this.#numbersAt(trait)
    const count = this.#memory.exports.listUnnumbered(rows, this.#rowCount, texts, numbers, others)
    const words = this.#words(numbers, this.#textCount)
    for (const text of this.#words(others, count)) words[text] = numberOf(text) + 1
  }

  /** Counts rows by the bytes at their ends, which are below `valueCount`: once where both are the same. */
  countBytes(valueCount: number): EndCounts {
    const { counts } = this.#makeRoom(valueCount)
    const sets = this.#setsAt(EndTrait.bytes)
    const { countByteEnds } = this.#memory.exports
    const { rows, from, to, fromBytes, toBytes, others } = this.#at
    const count = countByteEnds(rows, this.#rowCount, from, to, fromBytes, toBytes, sets, counts, others)
    return this.#counted(valueCount, count)
  }

  /** Counts rows by the numbers of the texts at their ends, which are below `valueCount`: once where both are the same. */
  countTexts(valueCount: number): EndCounts {
    const { counts } = this.#makeRoom(valueCount)
    const [sets, numbers] = [this.#setsAt(EndTrait.texts), this.#numbersAt(EndTrait.texts)]
    const { countTextEnds } = this.#memory.exports
    const { rows, from, to, fromTexts, toTexts, others } = this.#at
    const count = countTextEnds(rows, this.#rowCount, from, to, fromTexts, toTexts, numbers, sets, counts, others)
    return this.#counted(valueCount, count)
  }

  /**
   * Counts rows by the numbers of their shared texts and by who is there, four counts a text: nobody, somebody at the one
   * end, at the other, at both. Somebody is a participant, or where the row has the mark of that end. `values` are by
   * number what the text says of the one end, then of the other; participants there get them.
   */
  countShared(values: Int32Array, fromMark: number, toMark: number): EndCounts {
    const countCount = (values.length / ENDS) * COMBINATIONS
    const { counts, values: valuesAt } = this.#makeRoom(countCount)
    this.#words(valuesAt, values.length).set(values)
    const [sets, numbers] = [this.#setsAt(EndTrait.shared), this.#numbersAt(EndTrait.shared)]
    const { countTexts } = this.#memory.exports
    const { rows, from, to, sharedTexts, marks, others } = this.#at
    const who = [rows, this.#rowCount, from, to] as const
    const said = [sharedTexts, numbers, marks, fromMark, toMark, valuesAt] as const
    return this.#counted(countCount, countTexts(...who, ...said, sets, counts, others))
  }

  /** How many participants have had one of these values, bits of a set. */
  countSharing(trait: EndTrait, bits: number): number {
    return this.#memory.exports.countSharing(this.#setsAt(trait), this.#participantCount, bits)
  }

  /** The values below `SET_BITS` that a participant has had, as bits. */
  setOf(trait: EndTrait, participant: number): number {
    return this.#words(this.#setsAt(trait), this.#participantCount)[participant] ?? 0
  }

  /** Room for so many counts, which are zero, and for half as many values. */
  #makeRoom(countCount: number): OfCounts {
    if (countCount > this.#maxCounts) {
      this.#maxCounts = Math.max(countCount, 2 * this.#maxCounts)
      this.#ofCounts = this.#takeCounts()
    }
    this.#words(this.#ofCounts.counts, countCount).fill(0)
    return this.#ofCounts
  }

  #counted(countCount: number, otherCount: number): EndCounts {
    return {
      rows: new Uint32Array(this.#memory.bytes.buffer, this.#ofCounts.counts, countCount),
      others: this.#words(this.#at.others, ENDS * otherCount),
    }
  }

  #takeBatch(): OfBatch {
    const column = WORD_BYTES * this.#maxRows
    return this.#memory.take({
      rows: column,
      from: column,
      to: column,
      fromTexts: column,
      toTexts: column,
      sharedTexts: column,
      fromBytes: this.#maxRows,
      toBytes: this.#maxRows,
      marks: this.#maxRows,
      others: OTHER_WORDS * column,
    })
  }

  #takeCounts(): OfCounts {
    return this.#memory.take({ counts: WORD_BYTES * this.#maxCounts, values: WORD_BYTES * this.#maxCounts })
  }

  #setsAt(trait: EndTrait): Address {
    return this.#kept.sets + trait * WORD_BYTES * this.#participantCount
  }

  /** Bytes are numbers as they are. */
  #numbersAt(trait: TextTrait): Address {
    return this.#kept.numbers + (trait - 1) * WORD_BYTES * this.#textCount
  }

  #words(at: Address, length: number): Int32Array {
    return new Int32Array(this.#memory.bytes.buffer, at, length)
  }
}

function bytesOf({ buffer, byteOffset, BYTES_PER_ELEMENT }: Int32Array | Uint8Array, length: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset, BYTES_PER_ELEMENT * length)
}
