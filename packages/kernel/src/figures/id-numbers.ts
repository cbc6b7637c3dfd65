/** Numbers for ids, in the figures' module; assembly/figures/id-numbers.ts knows the table. */
import { FiguresMemory, type Regions } from "./figures-memory.ts"

/** Bytes of an id. */
const ID_BYTES = 16
const ENTRY_BYTES = 20
const SLOT_BYTES = 4
const WORD_BYTES = 4
/** Ids there is room for at first; their entries and slots fill whole lines of 64 bytes. */
const FIRST_CAPACITY = 512
/** What regions of memory are a multiple of. */
const REGION_BYTES = 64
/** Rows of columns that are numbered at once. */
const PIECE_ROWS = 4096

type Address = number

interface Exports {
  readonly placeIds: (table: Address) => void
  readonly findId: (table: Address, id: Address, form: number) => number
  readonly numberId: (table: Address, id: Address, form: number) => number
  readonly numberIdPairs: (
    table: Address,
    row: number,
    rowCount: number,
    firstIds: Address,
    firstForms: Address,
    secondIds: Address,
    secondForms: Address,
    firstNumbers: Address,
    secondNumbers: Address,
  ) => number
  readonly renumberIds: (ids: Address, forms: Address, count: number, form: number, numbers: Address) => void
}

/** Ids of rows, 16 bytes each, and their forms: 0 where there is none. */
export interface FormedIds {
  readonly bytes: Uint8Array
  readonly forms: Uint8Array
}

/** Ids that are indices of numbers (little-endian in the first 4 bytes), and stand for these. */
export interface IndexIds {
  /** Their form. */
  readonly form: number
  readonly numbers: Int32Array
}

/**
 * Ids of 16 bytes, told apart by their bytes and a form (1 to 255), each once, by a number from 0 in the order in which
 * they first came. An id takes 20 bytes, and 8 to 16 of slots.
 */
export class IdNumbers {
  readonly #memory = new FiguresMemory<Exports>()
  readonly #at: Regions<
    "table" | "firstIds" | "secondIds" | "firstForms" | "secondForms" | "firstNumbers" | "secondNumbers"
  >
  /** Entries stay where they are; their slots lie behind them, and numbers that indices stand for behind those. */
  readonly #entries: Address
  #capacity = 0
  /** Memory is laid out up to here. */
  #end: Address
  /** What the module knows of the table. */
  #table: Uint32Array = new Uint32Array(0)

  constructor() {
    const [ids, forms, numbers] = [ID_BYTES * PIECE_ROWS, PIECE_ROWS, WORD_BYTES * PIECE_ROWS]
    this.#at = this.#memory.lay({
      table: 4 * WORD_BYTES,
      firstIds: ids,
      secondIds: ids,
      firstForms: forms,
      secondForms: forms,
      firstNumbers: numbers,
      secondNumbers: numbers,
    })
    this.#entries = this.#memory.take({ end: 0 }).end
    this.#end = this.#entries
    this.#growTo(FIRST_CAPACITY)
  }

  /** How many ids there are. */
  get count(): number {
    return this.#table[1] ?? 0
  }

  /** Bytes of memory that ids and their slots take. */
  get byteLength(): number {
    return ENTRY_BYTES * this.count + 2 * SLOT_BYTES * this.#capacity
  }

  /** The number of an id, new where it was not known. */
  number(id: Uint8Array, form: number): number {
    if (this.count === this.#capacity) this.#growTo(2 * this.#capacity)
    return this.#memory.exports.numberId(this.#at.table, this.#put(id), form)
  }

  /** The number of an id, or -1. */
  find(id: Uint8Array, form: number): number {
    return this.#memory.exports.findId(this.#at.table, this.#put(id), form)
  }

  /** The form of the id with that number. */
  formOf(number: number): number {
    return this.#memory.bytes[this.#entries + ENTRY_BYTES * number + ID_BYTES] ?? 0
  }

  /** The bytes of the id with that number. Valid until the next id is added. */
  bytesOf(number: number): Uint8Array {
    const at = this.#entries + ENTRY_BYTES * number
    return this.#memory.bytes.subarray(at, at + ID_BYTES)
  }

  /**
   * Numbers the ids of two columns of the same rows, row by row, the first before the second; -1 where there is none.
   */
  numberPairs(
    first: FormedIds,
    second: FormedIds,
    firstNumbers: Int32Array,
    secondNumbers: Int32Array,
    indexIds: IndexIds,
  ): void {
    const rowCount = first.forms.length
    const { firstIds, secondIds, firstForms, secondForms } = this.#at
    for (let from = 0; from < rowCount; from += PIECE_ROWS) {
      const to = Math.min(rowCount, from + PIECE_ROWS)
      const numbers = this.#putNumbers(indexIds.numbers)
      this.#putRows(first, from, to, firstIds, firstForms)
      this.#putRows(second, from, to, secondIds, secondForms)
      this.#memory.exports.renumberIds(firstIds, firstForms, to - from, indexIds.form, numbers)
      this.#memory.exports.renumberIds(secondIds, secondForms, to - from, indexIds.form, numbers)
      this.#numberPiece(to - from)
      firstNumbers.set(this.#numbers(this.#at.firstNumbers, to - from), from)
      secondNumbers.set(this.#numbers(this.#at.secondNumbers, to - from), from)
    }
  }

  /** They are needed until ids are numbered. */
  #putNumbers(numbers: Int32Array): Address {
    const at = this.#entries + bytesFor(this.#capacity)
    this.#makeRoom(numbers.length)
    new Int32Array(this.#memory.bytes.buffer, at, numbers.length).set(numbers)
    return at
  }

  #putRows({ bytes, forms }: FormedIds, from: number, to: number, idsAt: Address, formsAt: Address): void {
    this.#memory.bytes.set(bytes.subarray(ID_BYTES * from, ID_BYTES * to), idsAt)
    this.#memory.bytes.set(forms.subarray(from, to), formsAt)
  }

  /** A step ends where there is no room for more ids. */
  #numberPiece(rowCount: number): void {
    const { table, firstIds, firstForms, secondIds, secondForms, firstNumbers, secondNumbers } = this.#at
    const { numberIdPairs } = this.#memory.exports
    const columns = [firstIds, firstForms, secondIds, secondForms, firstNumbers, secondNumbers] as const
    for (let row = 0; ;) {
      row = numberIdPairs(table, row, rowCount, ...columns)
      if (row === rowCount) return
      this.#growTo(2 * this.#capacity)
    }
  }

  #numbers(at: Address, count: number): Int32Array {
    return new Int32Array(this.#memory.bytes.buffer, at, count)
  }

  /** Copies an id to where the module finds it. */
  #put(id: Uint8Array): Address {
    this.#memory.bytes.set(id, this.#at.firstIds)
    return this.#at.firstIds
  }

  /** More entries go on where the slots were; these come behind them. */
  #growTo(capacity: number): void {
    const { count } = this
    this.#capacity = capacity
    this.#makeRoom(0)
    this.#table.set([this.#entries, count, capacity, this.#entries + ENTRY_BYTES * capacity])
    this.#memory.exports.placeIds(this.#at.table)
  }

  /** For entries, slots and so many numbers behind them. */
  #makeRoom(numberCount: number): void {
    const end = this.#entries + bytesFor(this.#capacity) + WORD_BYTES * numberCount
    if (end <= this.#end) return
    this.#memory.take({ more: end - this.#end })
    this.#end = Math.ceil(end / REGION_BYTES) * REGION_BYTES
    this.#table = new Uint32Array(this.#memory.bytes.buffer, this.#at.table, 4)
  }
}

/** Of entries and slots for so many ids. */
function bytesFor(capacity: number): number {
  return (ENTRY_BYTES + 2 * SLOT_BYTES) * capacity
}
