/** A set of rows, a bit a row. */
export class RowBits {
  count = 0
  readonly #words: Uint32Array

  constructor(rowCount: number) {
    this.#words = new Uint32Array(Math.ceil(rowCount / 32))
  }

  add(row: number): void {
    if (this.has(row)) return
    this.count += 1
    this.#words[row >>> 5] = (this.#words[row >>> 5] ?? 0) | (1 << (row & 31))
  }

  has(row: number): boolean {
    return (((this.#words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1
  }

  /** Its rows from one up to another, not included, ascending. */
  between(from: number, to: number): number[] {
    const rows: number[] = []
    for (let word = from >>> 5; word * 32 < to; word++) {
      if (this.#words[word] === 0) continue
      for (let row = Math.max(from, word * 32); row < Math.min(to, word * 32 + 32); row++) {
        if (this.has(row)) rows.push(row)
      }
    }
    return rows
  }
}
