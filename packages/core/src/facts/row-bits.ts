/** A set of rows, a bit a row. */
export class RowBits {
  count = 0
  readonly #bits: Uint8Array

  constructor(rowCount: number) {
    this.#bits = new Uint8Array(Math.ceil(rowCount / 8))
  }

  add(row: number): void {
    if (this.has(row)) return
    this.count += 1
    this.#bits[row >>> 3] = (this.#bits[row >>> 3] ?? 0) | (1 << (row & 7))
  }

  has(row: number): boolean {
    return (((this.#bits[row >>> 3] ?? 0) >>> (row & 7)) & 1) === 1
  }
}
