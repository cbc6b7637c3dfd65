/** Rows that are intervals of groups, each with up to two members → a record for each, told apart by buckets of groups. */
import { bytesOf } from "./column-bytes.ts"
import { FiguresMemory } from "./figures-memory.ts"
import { splitRecords, type SplitRecords } from "./split-records.ts"

/** The record of an interval: its group and the members, as `assembly/figures/group-members.ts` lays it out. */
export const GROUP_WORDS = 3
const NUMBER_BYTES = 4

/** Columns of intervals. All have `rowCount` elements or more. */
export interface GroupColumns {
  readonly rowCount: number
  /** Below 0: of none. */
  readonly groups: Int32Array
  /** The members, below 0 none. */
  readonly from: Int32Array
  readonly to: Int32Array
}

interface Exports {
  readonly splitGroups: (
    rows: number,
    rowCount: number,
    groups: number,
    from: number,
    to: number,
    bucketCount: number,
    bucketEnds: number,
    records: number,
  ) => void
}

/** Splits rows into so many buckets, a power of two: a group's bucket is the lower bits of its number. */
export class GroupSplit {
  readonly #bucketCount: number
  readonly #memory = new FiguresMemory<Exports>()

  constructor(bucketCount: number) {
    this.#bucketCount = bucketCount
  }

  /** The records of these rows of the columns, `GROUP_WORDS` each. Valid until the next rows are split. */
  split(columns: GroupColumns, rows: Int32Array): SplitRecords {
    const { rowCount } = columns
    const numbers = rowCount * NUMBER_BYTES
    const at = this.#memory.lay({
      groups: numbers,
      from: numbers,
      to: numbers,
      rows: rows.length * NUMBER_BYTES,
      bucketEnds: this.#bucketCount * NUMBER_BYTES,
      records: rows.length * GROUP_WORDS * NUMBER_BYTES,
    })
    const { bytes, exports } = this.#memory
    for (const name of ["groups", "from", "to"] as const) bytes.set(bytesOf(columns[name], rowCount), at[name])
    bytes.set(bytesOf(rows, rows.length), at.rows)
    exports.splitGroups(at.rows, rows.length, at.groups, at.from, at.to, this.#bucketCount, at.bucketEnds, at.records)
    return splitRecords(this.#memory, at, this.#bucketCount, GROUP_WORDS)
  }
}
