/** Numbers for ids, in the figures' module; assembly/figures/id-numbers.ts knows the table. */
import { FiguresMemory, type Regions } from "./figures-memory.ts"

/** Bytes of an id. */
const ID_BYTES = 16
const ENTRY_BYTES = 20
const SLOT_BYTES = 4
const WORD_BYTES = 4
/** Ids there is room for at first; their entries and slots fill whole lines of 64 bytes. */
const FIRST_CAPACITY = 512
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
}

/** Ids of rows, 16 bytes each, and their forms: 0 where there is none. */
export interface FormedIds {
  readonly bytes: Uint8Array
  readonly forms: Uint8Array
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
  readonly #entries: Address
  #capacity = FIRST_CAPACITY
  /** What the module knows of the table. */
  #table: Uint32Array

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
    // Entries stay where they are: what grows is the end of the memory.
    this.#entries = this.#memory.take({ ids: bytesFor(FIRST_CAPACITY) }).ids
    this.#table = this.#describe(0)
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
    if (this.count === this.#capacity) this.#grow()
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
   * `change` is given ids of each column before they are numbered, of rows from one on, and may write to them.
   */
  numberPairs(
    first: FormedIds,
    second: FormedIds,
    firstNumbers: Int32Array,
    secondNumbers: Int32Array,
    change: (ids: Uint8Array, forms: Uint8Array) => void,
  ): void {
    const rowCount = first.forms.length
    for (let from = 0; from < rowCount; from += PIECE_ROWS) {
      const to = Math.min(rowCount, from + PIECE_ROWS)
      this.#putRows(first, from, to, this.#at.firstIds, this.#at.firstForms, change)
      this.#putRows(second, from, to, this.#at.secondIds, this.#at.secondForms, change)
      this.#numberPiece(to - from)
      firstNumbers.set(this.#numbers(this.#at.firstNumbers, to - from), from)
      secondNumbers.set(this.#numbers(this.#at.secondNumbers, to - from), from)
    }
  }

  #putRows(
    { bytes, forms }: FormedIds,
    from: number,
    to: number,
    idsAt: Address,
    formsAt: Address,
    change: (ids: Uint8Array, forms: Uint8Array) => void,
  ): void {
    const memory = this.#memory.bytes
    memory.set(bytes.subarray(ID_BYTES * from, ID_BYTES * to), idsAt)
    memory.set(forms.subarray(from, to), formsAt)
    const count = to - from
    change(memory.subarray(idsAt, idsAt + ID_BYTES * count), memory.subarray(formsAt, formsAt + count))
  }

  /** A step ends where there is no room for more ids. */
  #numberPiece(rowCount: number): void {
    const { table, firstIds, firstForms, secondIds, secondForms, firstNumbers, secondNumbers } = this.#at
    const { numberIdPairs } = this.#memory.exports
    const columns = [firstIds, firstForms, secondIds, secondForms, firstNumbers, secondNumbers] as const
    for (let row = 0; ;) {
      row = numberIdPairs(table, row, rowCount, ...columns)
      if (row === rowCount) return
      this.#grow()
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

  /** Twice as many entries go on where the slots were; these come behind them. */
  #grow(): void {
    const { count } = this
    this.#memory.take({ ids: bytesFor(this.#capacity) })
    this.#capacity *= 2
    this.#table = this.#describe(count)
    this.#memory.exports.placeIds(this.#at.table)
  }

  #describe(count: number): Uint32Array {
    const table = new Uint32Array(this.#memory.bytes.buffer, this.#at.table, 4)
    table.set([this.#entries, count, this.#capacity, this.#entries + ENTRY_BYTES * this.#capacity])
    return table
  }
}

/** Of entries and slots for so many ids. */
function bytesFor(capacity: number): number {
  return (ENTRY_BYTES + 2 * SLOT_BYTES) * capacity
}
