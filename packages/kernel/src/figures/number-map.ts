/** Numbers by their index, looked up for many rows at once. */
import { bytesOf } from "./column-bytes.ts"
import { FiguresMemory, type Regions } from "./figures-memory.ts"

interface Exports {
  readonly gatherNumbers: (values: number, valueCount: number, indices: number, count: number, gathered: number) => void
}

const NUMBER_BYTES = 4

export class NumberMap {
  readonly #values: Int32Array
  /** Made when rows are looked up first. */
  #memory: FiguresMemory<Exports> | null = null

  /** The numbers, which do not change any more. */
  constructor(values: Int32Array) {
    this.#values = values
  }

  /** The number at an index; -1 where there is none. */
  get(index: number): number {
    return this.#values[index] ?? -1
  }

  /** Writes the number at each of the first `count` indices to `into`; -1 where there is none. */
  gather(indices: Int32Array, count: number, into: Int32Array): void {
    const at = this.#lay(count)
    const memory = this.#opened()
    memory.bytes.set(bytesOf(indices, count), at.indices)
    memory.exports.gatherNumbers(at.values, this.#values.length, at.indices, count, at.gathered)
    into.set(new Int32Array(memory.bytes.buffer, at.gathered, count))
  }

  /** The values lie in front, where they stay. */
  #lay(count: number): Regions<"values" | "indices" | "gathered"> {
    const isFirst = this.#memory === null
    const memory = this.#opened()
    const [values, rows] = [NUMBER_BYTES * this.#values.length, NUMBER_BYTES * count]
    const at = memory.lay({ values, indices: rows, gathered: rows })
    if (isFirst) memory.bytes.set(bytesOf(this.#values, this.#values.length), at.values)
    return at
  }

  #opened(): FiguresMemory<Exports> {
    return (this.#memory ??= new FiguresMemory())
  }
}
