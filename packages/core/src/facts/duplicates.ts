/**
 * Which rows repeat an earlier one: equal in everything that a duplicate must equal, or in call and session id alone.
 * Rows are told apart by a hash of the id. A first pass finds the ids that are there more than once; a second one
 * compares the rows that bear them, which are few as a rule. No row is compared with more than a few, however often an
 * id is repeated.
 */
import { IdForm, RowFlag } from "../worker/protocol.ts"
import type { CallIds } from "./call-ids.ts"
import { textIndexOf } from "./evidence.ts"
import { RowStatus } from "./facts.ts"
import { guidWords } from "./id-table.ts"
import { NO_OTHER, OwnCalls } from "./own-calls.ts"
import { bucketCountFor, Partition } from "./partition.ts"
import { hashOf, RecordSet } from "./record-set.ts"
import { RowBits } from "./row-bits.ts"
import type { RowGroup } from "./row-columns.ts"
import type { RowGroups } from "./row-groups.ts"
import type { RowOutcomes } from "./row-outcomes.ts"
import type { Texts } from "./string-table.ts"
import type { WorkSpace } from "./work-space.ts"

/** What is known of the rows before. */
export interface ComparedRows {
  readonly groups: RowGroups
  readonly calls: CallIds
  readonly texts: Texts
  /** By envelope: its call, and whether it is superseded. */
  readonly callOfEnvelope: Int32Array
  readonly isSuperseded: Uint8Array
  readonly space: WorkSpace
}

const GUID_WORDS = 4
/** A bucket's table goes by the lower bits of the hash, so buckets go by upper ones. */
const BUCKET_SHIFT = 20
const TEST_SHIFT = 8

/** Words of a record: four of the id, one of the call and the form of the id, and in the first pass the row. */
const CALL = 4
const ID_WORDS = 5
const ROW = 5
const RECORD_WORDS = 6
/** In the second pass: what must be equal, of which the id is the first part; then whether the call is its own; the row. */
const START = 5
const END = 7
const CALLER = 9
const CALLEE = 10
const STAGE = 11
const REASON = 12
const ENDPOINTS = 13
const MARKS = 14
const COMPARED_WORDS = 15
const KNOWN_CALL = 15
const COMPARED_ROW = 16
const COMPARED_RECORD_WORDS = 17

/**
 * Says of each duplicate the first of its equals, of a session that repeats call and id only the first with them. Rows
 * that are superseded take no part. Counted rows of no known call that bear the same id get the same number for their
 * call, as in `FactBatch.call`.
 */
export function findDuplicates(rows: ComparedRows, outcomes: RowOutcomes): void {
  const repeated = findRepeatedIds(rows)
  if (repeated.count > 0) compareRepeated(rows, repeated, outcomes)
}

/** The rows whose call and id other rows have too. */
function findRepeatedIds(rows: ComparedRows): RowBits {
  const { groups, space } = rows
  const repeated = new RowBits(groups.rowCount)
  const partition = new Partition(bucketCountFor(groups.rowCount, RECORD_WORDS), RECORD_WORDS, space)
  for (const group of groups.from(0)) {
    placeRows(rows, group, partition, (row, words, at) => {
      words[at + ROW] = group.firstRow + row
    })
  }
  let firsts: RecordSet | null = null
  for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
    const words = partition.read(bucket)
    firsts = new RecordSet(words, RECORD_WORDS, ID_WORDS, firsts)
    for (let record = 0; record < firsts.recordCount; record++) {
      const first = firsts.findOrAdd(record)
      if (first === record) continue
      repeated.add(words[first * RECORD_WORDS + ROW] ?? 0)
      repeated.add(words[record * RECORD_WORDS + ROW] ?? 0)
    }
  }
  partition.close()
  return repeated
}

/** Compares the rows that bear a repeated id in all that a duplicate must equal. */
function compareRepeated(rows: ComparedRows, repeated: RowBits, outcomes: RowOutcomes): void {
  const { groups, space } = rows
  const bucketCount = bucketCountFor(repeated.count, COMPARED_RECORD_WORDS)
  const partition = new Partition(bucketCount, COMPARED_RECORD_WORDS, space)
  for (const group of groups.from(0)) placeCompared(rows, group, partition, repeated)
  const ownCalls = new OwnCalls()
  for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
    new RepeatedRows(partition.read(bucket), ownCalls).decide(outcomes)
  }
  partition.close()
}

function placeCompared(rows: ComparedRows, group: RowGroup, partition: Partition, repeated: RowBits): void {
  const { columns, firstRow } = group
  const { caller, callee, failureStage, failureReason, endpoints, modalities, flags, envelope } = columns
  const start = wordsOf(columns.startTicks)
  const end = wordsOf(columns.endTicks)
  placeRows(
    rows,
    group,
    partition,
    (row, words, at) => {
      words[at + START] = start[2 * row] ?? 0
      words[at + START + 1] = start[2 * row + 1] ?? 0
      words[at + END] = end[2 * row] ?? 0
      words[at + END + 1] = end[2 * row + 1] ?? 0
      words[at + CALLER] = caller[row] ?? -1
      words[at + CALLEE] = callee[row] ?? -1
      words[at + STAGE] = failureStage[row] ?? -1
      words[at + REASON] = failureReason[row] ?? -1
      words[at + ENDPOINTS] = endpoints[row] ?? -1
      words[at + MARKS] = (modalities[row] ?? 0) | (((flags[row] ?? 0) & RowFlag.test) << TEST_SHIFT)
      words[at + KNOWN_CALL] = rows.callOfEnvelope[envelope[row] ?? -1] ?? -1
      words[at + COMPARED_ROW] = firstRow + row
    },
    (row) => repeated.has(firstRow + row),
  )
}

/** The rows of a bucket that bear repeated ids. */
class RepeatedRows {
  readonly #words: Int32Array
  readonly #ownCalls: OwnCalls
  readonly #firsts: RecordSet
  readonly #different: RecordSet
  /** By record: the earlier one it repeats, or -1; its status; its own call, or NO_OTHER. */
  readonly #earlier: Int32Array
  readonly #status: Uint8Array
  readonly #call: Int32Array
  /** By the first record with an id, where it is of a known call: the own call of those that bear the id but name none. */
  readonly #besideKnown = new Map<number, number>()

  constructor(words: Int32Array, ownCalls: OwnCalls) {
    this.#words = words
    this.#ownCalls = ownCalls
    this.#firsts = new RecordSet(words, COMPARED_RECORD_WORDS, ID_WORDS)
    this.#different = new RecordSet(words, COMPARED_RECORD_WORDS, COMPARED_WORDS)
    const { recordCount } = this.#firsts
    this.#earlier = new Int32Array(recordCount).fill(-1)
    this.#status = new Uint8Array(recordCount)
    this.#call = new Int32Array(recordCount).fill(NO_OTHER)
  }

  /** Decides what becomes of them, in input order, and says so. */
  decide(outcomes: RowOutcomes): void {
    for (let record = 0; record < this.#status.length; record++) this.#decideOne(record)
    for (let record = 0; record < this.#status.length; record++) {
      const earlier = this.#earlier[record] ?? -1
      const call = this.#call[record] ?? NO_OTHER
      if (earlier < 0 && call === NO_OTHER) continue
      const earlierRow = earlier < 0 ? -1 : this.#word(earlier, COMPARED_ROW)
      const status = this.#status[record] === 1 ? RowStatus.duplicate : RowStatus.counted
      outcomes.add(this.#word(record, COMPARED_ROW), earlierRow, call === NO_OTHER ? 0 : call, status)
    }
  }

  #decideOne(record: number): void {
    const first = this.#firsts.findOrAdd(record)
    const equal = this.#different.findOrAdd(record)
    if (first === record) return
    this.#earlier[record] = equal === record ? first : equal
    if (equal === record) this.#joinOwnCall(first, record)
    else this.#status[record] = 1
  }

  /** Puts a session of no known call into the own call of those with its id. */
  #joinOwnCall(first: number, record: number): void {
    if (this.#word(record, KNOWN_CALL) >= 0) return
    if (this.#word(first, KNOWN_CALL) >= 0) {
      const call = this.#besideKnown.get(first) ?? this.#ownCalls.next()
      this.#besideKnown.set(first, call)
      this.#call[record] = call
      return
    }
    if (this.#call[first] === NO_OTHER) this.#call[first] = this.#ownCalls.next()
    this.#call[record] = this.#call[first] ?? NO_OTHER
  }

  #word(record: number, word: number): number {
    return this.#words[record * COMPARED_RECORD_WORDS + word] ?? -1
  }
}

/** Writes the words of a row behind those of its id, which begin at `at`. */
type WriteRow = (row: number, words: Int32Array, at: number) => void

/** Places a record for each row of a group that takes part. */
function placeRows(
  rows: ComparedRows,
  group: RowGroup,
  partition: Partition,
  write: WriteRow,
  isWanted: (row: number) => boolean = () => true,
): void {
  const { columns, rowCount, sessionBytes } = group
  const { envelope, sessionForms } = columns
  const ids = guidWords(sessionBytes)
  const lastBucket = partition.bucketCount - 1
  for (let row = 0; row < rowCount; row++) {
    if (rows.isSuperseded[envelope[row] ?? -1] === 1 || !isWanted(row)) continue
    const from = 4 * row
    const at = partition.place((hashOf(ids, from, GUID_WORDS) >>> BUCKET_SHIFT) & lastBucket)
    const { words } = partition
    words[at] = ids[from] ?? 0
    words[at + 1] = ids[from + 1] ?? 0
    words[at + 2] = ids[from + 2] ?? 0
    words[at + 3] = ids[from + 3] ?? 0
    const form = sessionForms[row] === IdForm.text ? 1 : 0
    words[at + CALL] = 2 * comparedCall(rows, group, ids, row) + form
    write(row, words, at)
  }
}

/**
 * The call of a row for comparing: a session of no known call is a call of its own that bears the session's id, so it
 * is of the known call with that id where there is one. -1: the session's id says it all.
 */
function comparedCall(rows: ComparedRows, group: RowGroup, ids: Uint32Array, row: number): number {
  const known = rows.callOfEnvelope[group.columns.envelope[row] ?? -1] ?? -1
  if (known >= 0 || rows.calls.count === 0) return known
  if (group.columns.sessionForms[row] === IdForm.guid) return rows.calls.findGuid(ids, 4 * row)
  const text = textIndexOf({ bytes: group.sessionBytes, forms: group.columns.sessionForms }, row)
  return rows.calls.findText(rows.texts.get(text) ?? "")
}

/** 64-bit numbers as pairs of words: comparing them makes no BigInt. */
function wordsOf(ticks: BigInt64Array): Int32Array {
  return new Int32Array(ticks.buffer, ticks.byteOffset, 2 * ticks.length)
}
