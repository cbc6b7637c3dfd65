/** How many intervals each group has, and how many different members, bucket by bucket. */
import { FiguresMemory } from "./figures-memory.ts"
import { GROUP_WORDS } from "./group-split.ts"
import { Direction, sortBytes, sortAll, type SortExports } from "./sorting.ts"

const NUMBER_BYTES = 4
const COUNT_KEY = {
  recordBytes: NUMBER_BYTES,
  keyOffset: 0,
  keyBytes: NUMBER_BYTES,
  direction: Direction.descending,
} as const

interface Exports extends SortExports {
  readonly memberTableBytes: (recordCount: number) => number
  readonly countMembers: (
    records: number,
    recordCount: number,
    table: number,
    intervals: number,
    members: number,
  ) => void
}

/** By group. */
export interface GroupResults {
  readonly intervals: Uint32Array
  readonly members: Uint32Array
  /** All groups: by intervals, the most first. */
  readonly byIntervals: Int32Array
}

/** Give it all buckets, in any order, then take the results. */
export class GroupMembers {
  readonly #memory = new FiguresMemory<Exports>()
  readonly #groupCount: number

  constructor(groupCount: number) {
    this.#groupCount = groupCount
  }

  /** Counts the records of a bucket, which `read` writes: so many words. */
  count(wordCount: number, read: (target: Int32Array) => void): void {
    const recordCount = wordCount / GROUP_WORDS
    if (recordCount === 0) return
    const { exports } = this.#memory
    const at = this.#memory.lay({
      ...this.#kept(),
      records: wordCount * NUMBER_BYTES,
      table: exports.memberTableBytes(recordCount),
    })
    read(new Int32Array(this.#memory.bytes.buffer, at.records, wordCount))
    exports.countMembers(at.records, recordCount, at.table, at.intervals, at.members)
  }

  /** Of all buckets. Nothing can be counted any more. */
  results(): GroupResults {
    const bytes = sortBytes(this.#groupCount)
    const at = this.#memory.lay({ ...this.#kept(), order: bytes, spare: bytes })
    const { buffer } = this.#memory.bytes
    return {
      intervals: new Uint32Array(buffer, at.intervals, this.#groupCount),
      members: new Uint32Array(buffer, at.members, this.#groupCount),
      byIntervals: sortAll(this.#memory, this.#groupCount, { ...COUNT_KEY, at: at.intervals }, at),
    }
  }

  #kept(): { readonly intervals: number; readonly members: number } {
    const bytes = this.#groupCount * NUMBER_BYTES
    return { intervals: bytes, members: bytes }
  }
}
