/**
 * Finds ids that are there more than once among any number of rows: a record for each id goes to a bucket, and the
 * records of a bucket are looked through alone. Ids are told by a hash of 64 bits, so what is found holds all rows whose
 * id is repeated and, hardly ever, others.
 */
import { FiguresMemory } from "./figures-memory.ts"
import { splitRecords, type SplitRecords } from "./split-records.ts"

/** Words of the record of an id. */
export const ID_RECORD_WORDS = 3

/** Rows that follow each other. */
export interface IdRows {
  readonly firstRow: number
  readonly rowCount: number
  /** 16 bytes a row. */
  readonly ids: Uint8Array
  /** What each id is of: ids are equal only where that is equal, too. Null where all are of the same. */
  readonly owners: Int32Array | null
}

interface Exports {
  readonly splitIds: (
    ids: number,
    owners: number,
    rowCount: number,
    firstRow: number,
    seed: bigint,
    bucketCount: number,
    hashes: number,
    ends: number,
    records: number,
  ) => void
  readonly idTableBytes: (count: number) => number
  readonly findRepeated: (records: number, count: number, table: number, found: number) => number
}

const ID_BYTES = 16
const HASH_BYTES = 8
const WORD_BYTES = 4
const FOUND_WORDS = 2

/** Splits rows into buckets, and finds repeated ids in one bucket after the other. */
export class RepeatedIds {
  readonly #bucketCount: number
  readonly #seed: bigint
  readonly #memory = new FiguresMemory<Exports>()

  /** `bucketCount` is a power of two. Hashes depend on the seed, of 64 bits; what is repeated does not. */
  constructor(bucketCount: number, seed: bigint) {
    this.#bucketCount = bucketCount
    this.#seed = seed
  }

  /** The records of rows, `ID_RECORD_WORDS` each. Valid until the next call. */
  split({ firstRow, rowCount, ids, owners }: IdRows): SplitRecords {
    const memory = this.#memory
    const at = memory.lay({
      ids: rowCount * ID_BYTES,
      owners: owners === null ? 0 : rowCount * WORD_BYTES,
      hashes: rowCount * HASH_BYTES,
      bucketEnds: this.#bucketCount * WORD_BYTES,
      records: rowCount * ID_RECORD_WORDS * WORD_BYTES,
    })
    memory.bytes.set(ids.subarray(0, rowCount * ID_BYTES), at.ids)
    if (owners !== null) new Int32Array(memory.bytes.buffer).set(owners.subarray(0, rowCount), at.owners / WORD_BYTES)
    const ownersAt = owners === null ? 0 : at.owners
    const { splitIds } = memory.exports
    splitIds(at.ids, ownersAt, rowCount, firstRow, this.#seed, this.#bucketCount, at.hashes, at.bucketEnds, at.records)
    return splitRecords(memory, at, this.#bucketCount, ID_RECORD_WORDS)
  }

  /**
   * The rows of a bucket whose id is repeated there; some more than once. `fill` writes all records of the bucket, so many
   * words, to the memory that it is given. Valid until the next call.
   */
  find(wordCount: number, fill: (target: Int32Array) => void): Uint32Array {
    const count = wordCount / ID_RECORD_WORDS
    const { exports } = this.#memory
    const at = this.#memory.lay({
      records: wordCount * WORD_BYTES,
      table: exports.idTableBytes(count),
      found: count * FOUND_WORDS * WORD_BYTES,
    })
    const { buffer } = this.#memory.bytes
    fill(new Int32Array(buffer, at.records, wordCount))
    return new Uint32Array(buffer, at.found, exports.findRepeated(at.records, count, at.table, at.found))
  }
}
