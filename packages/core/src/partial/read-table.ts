/**
 * A table that `arrow-table.ts` wrote, read again: its columns, and the texts that they refer to.
 */
import { readArrowStream, type ArrowColumn } from "./arrow-stream.ts"
import { ColumnMemory, type ArrayType } from "./column-memory.ts"
import { damaged } from "./container.ts"
import { unpackNumbers, type ConstantNumbers, type NumberArray, type StoredNumbers } from "./number-column.ts"

const ID_BYTES = 16

/** A table that was read. Columns may be views of the bytes read, or lie in the given memory. Throws a `PartialError` where a column is not there. */
export class ReadTable {
  readonly rowCount: number
  readonly #memory: ColumnMemory
  readonly #columns: ReadonlyMap<string, ArrowColumn>
  readonly #constants: ReadonlyMap<string, number | null>
  readonly #texts: readonly string[]
  readonly #exactTexts: readonly (readonly [number, string])[]

  constructor(bytes: Uint8Array, memory: ColumnMemory = new ColumnMemory(false)) {
    this.#memory = memory
    const { rowCount, metadata, columns, texts } = readArrowStream(bytes)
    this.rowCount = rowCount
    this.#texts = texts
    this.#columns = new Map(columns.map((column) => [column.name, column]))
    this.#constants = new Map(Object.entries(JSON.parse(metadata.get("constants") ?? "{}")))
    this.#exactTexts = JSON.parse(metadata.get("exactTexts") ?? "[]")
  }

  /** Numbers, in an array of a type that holds them. */
  numbers<Column extends NumberArray>(name: string, none: number | null, Type: ArrayType<Column>): Column {
    return unpackNumbers(this.#stored(name), none, this.#memory.take(name, Type, this.rowCount))
  }

  /** Indices of texts; -1 for none. */
  texts(name: string): Int32Array {
    return this.numbers(name, -1, Int32Array)
  }

  ticks(name: string): BigInt64Array {
    const values = this.#columns.get(name)?.values
    if (!(values instanceof BigInt64Array)) throw damaged(`the column ${name}`)
    return values
  }

  ids(name: string): Uint8Array {
    if (this.#constants.has(name)) return this.#memory.take(name, Uint8Array, ID_BYTES * this.rowCount).fill(0)
    const values = this.#columns.get(name)?.values
    if (!(values instanceof Uint8Array) || values.length !== ID_BYTES * this.rowCount)
      throw damaged(`the column ${name}`)
    return values
  }

  /** The texts that indices refer to. */
  strings(): string[] {
    const strings = [...this.#texts]
    for (const [index, text] of this.#exactTexts) strings[index] = text
    return strings
  }

  #stored(name: string): StoredNumbers | ConstantNumbers {
    const constant = this.#constants.get(name)
    if (constant !== undefined) return { constant }
    const column = this.#columns.get(name)
    if (column === undefined) throw damaged(`the column ${name}`)
    const { values, nullCount, metadata } = column
    if (values instanceof BigInt64Array || values instanceof Uint8Array) throw damaged(`the column ${name}`)
    return { stored: values, base: Number(metadata.get("base") ?? 0), noneCount: nullCount }
  }
}
