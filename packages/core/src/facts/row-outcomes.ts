/** What became of the rows that repeat others, told apart by group, so that a group finds its own again. */
import { bucketCountFor, Partition } from "./partition.ts"
import type { RowStatus } from "./facts.ts"
import type { RowGroup } from "./row-columns.ts"
import type { RowGroups } from "./row-groups.ts"
import type { WorkSpace } from "./work-space.ts"

/** Words of a record. */
const EARLIER = 1
const CALL = 2
const STATUS = 3
const RECORD_WORDS = 4

/** What is said of the rows of a group, beside what the table has. */
export interface GroupOutcomes {
  readonly status: Uint8Array
  readonly earlier: Int32Array
  readonly call: Int32Array
}

/** Outcomes of rows; all that is not said stays as it is. */
export class RowOutcomes {
  readonly #partition: Partition
  readonly #groupRows: number
  /** By group: whether anything is said of its rows. */
  readonly #isSaid: Uint8Array

  constructor({ groupRows, rowCount }: RowGroups, space: WorkSpace) {
    this.#groupRows = groupRows
    this.#isSaid = new Uint8Array(Math.ceil(rowCount / groupRows))
    this.#partition = new Partition(bucketCountFor(rowCount, RECORD_WORDS), RECORD_WORDS, space)
  }

  /** Says of a row which earlier one it repeats (-1: none), and its call as in `FactBatch` (0 or more: that of the table). */
  add(row: number, earlier: number, call: number, status: RowStatus): void {
    const partition = this.#partition
    const group = Math.floor(row / this.#groupRows)
    this.#isSaid[group] = 1
    const at = partition.place(group & (partition.bucketCount - 1))
    partition.words[at] = row
    partition.words[at + EARLIER] = earlier
    partition.words[at + CALL] = call
    partition.words[at + STATUS] = status
  }

  /** Whether a part of it is in a file. */
  get isSpilled(): boolean {
    return this.#partition.isSpilled
  }

  /** Whether anything is said of the rows of a group. */
  isSaid({ firstRow }: RowGroup): boolean {
    return this.#isSaid[Math.floor(firstRow / this.#groupRows)] === 1
  }

  /** Writes what is said of the rows of a group. */
  apply(group: RowGroup, { status, earlier, call }: GroupOutcomes): void {
    if (!this.isSaid(group)) return
    const { firstRow, rowCount } = group
    const words = this.#partition.read(Math.floor(firstRow / this.#groupRows) & (this.#partition.bucketCount - 1))
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      const row = (words[at] ?? 0) - firstRow
      if (row < 0 || row >= rowCount) continue
      earlier[row] = words[at + EARLIER] ?? -1
      status[row] = words[at + STATUS] ?? 0
      if ((words[at + CALL] ?? 0) < 0) call[row] = words[at + CALL] ?? -1
    }
  }
}
