/** Rows with a participant at either end → a record for each participant of each row, told apart by buckets. */
import { bytesOf } from "./column-bytes.ts"
import type { Regions } from "./figures-memory.ts"
import type { IntervalRows } from "./interval-rows.ts"
import { INTERVAL_BYTES, INTERVAL_WORDS } from "./interval.ts"
import { splitRecords, type SplitRecords } from "./split-records.ts"

/** Who is at the ends of the rows of a batch. Columns have as many elements as the batch has rows, or more. */
export interface IntervalEnds {
  /** The number of the batch's first row among all rows. */
  readonly firstRow: number
  readonly rowCount: number
  /** The participant at either end, below 0 none. The same at both ends is one participant. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Numbers below 255. */
  readonly fromKinds: Uint8Array
  readonly toKinds: Uint8Array
}

const NUMBER_BYTES = 4
const ENDS_OF_ROW = 2

type EndRegions = Regions<"from" | "to" | "fromKinds" | "toKinds" | "records">

/** Splits the chosen rows of batches into so many buckets, a power of two: a participant's bucket is the lower bits of its number. */
export class IntervalSplit {
  readonly #rows: IntervalRows
  readonly #bucketCount: number
  readonly #fixed: Regions<"bucketEnds">
  #at: EndRegions | null = null
  #maxRowCount = 0

  constructor(rows: IntervalRows, bucketCount: number) {
    this.#rows = rows
    this.#bucketCount = bucketCount
    this.#fixed = rows.memory.take({ bucketEnds: bucketCount * NUMBER_BYTES })
  }

  /**
   * The records of the batch that is loaded, `INTERVAL_WORDS` each. Groups may be below 0 too; -1 is one of its own. Valid
   * until the memory is used for anything else.
   */
  split({ firstRow, rowCount, ...columns }: IntervalEnds): SplitRecords {
    const { memory, at, chosenCount } = this.#rows
    const own = this.#regions()
    const { bucketEnds } = this.#fixed
    for (const name of ["from", "to", "fromKinds", "toKinds"] as const) {
      memory.bytes.set(bytesOf(columns[name], rowCount), own[name])
    }
    memory.exports.splitIntervals(
      at.chosen,
      chosenCount,
      firstRow,
      at.starts,
      at.ends,
      at.groups,
      own.from,
      own.to,
      own.fromKinds,
      own.toKinds,
      this.#bucketCount,
      bucketEnds,
      own.records,
    )
    return splitRecords(memory, { bucketEnds, records: own.records }, this.#bucketCount, INTERVAL_WORDS)
  }

  #regions(): EndRegions {
    const { memory, maxRowCount } = this.#rows
    if (this.#at !== null && maxRowCount === this.#maxRowCount) return this.#at
    this.#maxRowCount = maxRowCount
    const numbers = maxRowCount * NUMBER_BYTES
    this.#at = memory.take({
      from: numbers,
      to: numbers,
      fromKinds: maxRowCount,
      toKinds: maxRowCount,
      records: ENDS_OF_ROW * maxRowCount * INTERVAL_BYTES,
    })
    return this.#at
  }
}
