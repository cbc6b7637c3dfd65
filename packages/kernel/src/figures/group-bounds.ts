/** The first and last instants of groups, and which intervals do not lie within those of their group. */
import { bytesOf } from "./column-bytes.ts"
import { FiguresMemory } from "./figures-memory.ts"

/** Columns of a batch, of at least `rowCount` values each. */
export interface GroupedIntervals {
  readonly rowCount: number
  readonly startTicks: BigInt64Array
  readonly endTicks: BigInt64Array
  /** The group of each; below 0 where it is of none. */
  readonly groups: Int32Array
}

interface Exports {
  readonly listOutside: (
    rowCount: number,
    starts: number,
    ends: number,
    groups: number,
    earliest: number,
    latest: number,
    found: number,
  ) => number
}

const TICK_BYTES = 8
const ROW_BYTES = 4

/** Bounds that one batch after the other is compared with. */
export class GroupBounds {
  readonly #memory = new FiguresMemory<Exports>()
  readonly #earliest: BigInt64Array
  readonly #latest: BigInt64Array
  #isLoaded = false

  /** By group: the first and the last instant. */
  constructor(earliest: BigInt64Array, latest: BigInt64Array) {
    this.#earliest = earliest
    this.#latest = latest
  }

  /** The rows, ascending, that begin before the first instant of their group or end after its last, but no earlier than they begin. Valid until the next call. */
  outside({ rowCount, startTicks, endTicks, groups }: GroupedIntervals): Uint32Array {
    const at = this.#lay(rowCount)
    const { bytes, exports } = this.#memory
    bytes.set(bytesOf(startTicks, rowCount), at.starts)
    bytes.set(bytesOf(endTicks, rowCount), at.ends)
    bytes.set(bytesOf(groups, rowCount), at.groups)
    const count = exports.listOutside(rowCount, at.starts, at.ends, at.groups, at.earliest, at.latest, at.found)
    return new Uint32Array(bytes.buffer, at.found, count)
  }

  /** The bounds lie in front, where they stay. */
  #lay(rowCount: number) {
    const groups = this.#earliest.length
    const at = this.#memory.lay({
      earliest: TICK_BYTES * groups,
      latest: TICK_BYTES * groups,
      starts: TICK_BYTES * rowCount,
      ends: TICK_BYTES * rowCount,
      groups: ROW_BYTES * rowCount,
      found: ROW_BYTES * rowCount,
    })
    if (!this.#isLoaded) {
      this.#memory.bytes.set(bytesOf(this.#earliest, groups), at.earliest)
      this.#memory.bytes.set(bytesOf(this.#latest, groups), at.latest)
    }
    this.#isLoaded = true
    return at
  }
}
