/**
 * Columns of rows in the memory of the figures' module, where values are changed and packed in their place. They are
 * written by whoever copies rows to them.
 */
import { ColumnPacker, type PackableColumn } from "./column-packer.ts"
import { FiguresMemory, type Regions } from "./figures-memory.ts"

const ID_BYTES = 16
const NUMBER_BYTES = 4
const FIRST_NUMBERS = 1024

type Address = number

interface Exports {
  readonly renumber: (at: Address, count: number, numbers: Address) => void
  readonly renumberIds: (ids: Address, forms: Address, count: number, form: number, numbers: Address) => void
  readonly addToDoubles: (at: Address, count: number, by: number) => void
}

type ColumnType =
  | typeof BigInt64Array
  | typeof Float64Array
  | typeof Int32Array
  | typeof Uint32Array
  | typeof Uint8Array
/** Types of columns, by name. */
type ColumnTypes = Readonly<Record<string, ColumnType>>
type ColumnsOf<Types extends ColumnTypes> = { readonly [Name in keyof Types]: InstanceType<Types[Name]> }
/** The columns of a type. */
type NameOf<Types extends ColumnTypes, Column extends PackableColumn> = {
  [Name in keyof Types]: InstanceType<Types[Name]> extends Column ? Name : never
}[keyof Types]

/** Rows from one on. */
export interface RowRange {
  readonly from: number
  readonly count: number
}

/** Room for a fixed number of rows: their columns, and one column of ids. */
export class ColumnStore<Types extends ColumnTypes> {
  /** Packs the columns where they lie, and unpacks others. */
  readonly packer: ColumnPacker
  readonly #memory = new FiguresMemory<Exports>()
  readonly #types: Types
  readonly #rowCount: number
  readonly #at: Regions<keyof Types & string>
  readonly #idsAt: Address
  #columns: ColumnsOf<Types>
  #ids: Uint8Array
  /** What indices in the columns stand for. */
  #numbersAt: Address = 0
  #numberRoom = 0

  constructor(types: Types, rowCount: number) {
    this.#types = types
    this.#rowCount = rowCount
    const widths = Object.entries(types).map(([name, Type]) => [name, Type.BYTES_PER_ELEMENT] as const)
    const rowBytes = widths.reduce((sum, [, width]) => sum + width, 0)
    const sizes = Object.fromEntries(widths.map(([name, width]) => [name, rowCount * width]))
    this.#at = this.#memory.take(sizes as Record<keyof Types & string, number>)
    this.#idsAt = this.#memory.take({ ids: rowCount * ID_BYTES }).ids
    this.packer = new ColumnPacker(rowCount, { memory: this.#memory.withExports(), rowBytes })
    this.#columns = this.#viewColumns()
    this.#ids = this.#viewIds()
  }

  /** All columns, of as many rows as there is room for. Valid until `setNumbers` is called. */
  get columns(): ColumnsOf<Types> {
    return this.#columns
  }

  /** The column of ids, 16 bytes each. Valid as long. */
  get ids(): Uint8Array {
    return this.#ids
  }

  /** Says what indices stand for that are written to the columns next. */
  setNumbers(numbers: Int32Array): void {
    if (numbers.length > this.#numberRoom) this.#makeRoom(Math.max(FIRST_NUMBERS, 2 * numbers.length))
    new Int32Array(this.#memory.bytes.buffer, this.#numbersAt, numbers.length).set(numbers)
  }

  /** Puts what they stand for in place of the indices in a column; -1 stays. */
  renumber(name: NameOf<Types, Int32Array> & string, { from, count }: RowRange): void {
    this.#memory.exports.renumber(this.#at[name] + NUMBER_BYTES * from, count, this.#numbersAt)
  }

  /** Puts what they stand for in place of the indices that ids of a form begin with. */
  renumberIds(forms: NameOf<Types, Uint8Array> & string, form: number, { from, count }: RowRange): void {
    const idsAt = this.#idsAt + ID_BYTES * from
    this.#memory.exports.renumberIds(idsAt, this.#at[forms] + from, count, form, this.#numbersAt)
  }

  /** Adds to the values of a column of doubles. */
  add(name: NameOf<Types, Float64Array> & string, { from, count }: RowRange, by: number): void {
    this.#memory.exports.addToDoubles(this.#at[name] + Float64Array.BYTES_PER_ELEMENT * from, count, by)
  }

  /** Columns are seen anew where the memory grew. */
  #makeRoom(numberCount: number): void {
    this.#numbersAt = this.#memory.take({ numbers: NUMBER_BYTES * numberCount }).numbers
    this.#numberRoom = numberCount
    this.#columns = this.#viewColumns()
    this.#ids = this.#viewIds()
  }

  #viewColumns(): ColumnsOf<Types> {
    const { buffer } = this.#memory.bytes
    const views = Object.entries(this.#types).map(([name, Type]) => [
      name,
      new Type(buffer as ArrayBuffer, this.#at[name], this.#rowCount),
    ])
    return Object.fromEntries(views) as ColumnsOf<Types>
  }

  #viewIds(): Uint8Array {
    return this.#memory.bytes.subarray(this.#idsAt, this.#idsAt + ID_BYTES * this.#rowCount)
  }
}
