/** Memory for columns that are read: fresh for each table, or the same for one table after the other. */
import type { NumberArray } from "./number-column.ts"

/** A type of typed array. */
export interface ArrayType<Column> {
  new (length: number): Column
}

/** Gives arrays by the names of their columns. */
export class ColumnMemory {
  readonly #isReused: boolean
  readonly #columns = new Map<string, NumberArray>()

  /** Where memory is reused, a column is gone when it is taken again. */
  constructor(isReused: boolean) {
    this.#isReused = isReused
  }

  /** An array of `length` elements, whatever they are. A name always goes with the same type. */
  take<Column extends NumberArray>(name: string, Type: ArrayType<Column>, length: number): Column {
    if (!this.#isReused) return new Type(length)
    let column = this.#columns.get(name) as Column | undefined
    if (column === undefined || column.length < length) {
      column = new Type(length)
      this.#columns.set(name, column)
    }
    return column.subarray(0, length) as Column
  }
}
