/**
 * Which rows repeat an earlier one: equal in everything that a duplicate must equal, or in call and session id alone.
 * A first pass finds the ids that are there more than once by hashes alone; a second one, for which there is
 * seldom a reason, compares the rows that bear them. No row is compared with more than a few, however often an
 * id is repeated.
 */
import { randomBytes } from "node:crypto"
import { ID_RECORD_WORDS, RepeatedIds, type NumberMap } from "@callsift/kernel"
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
  readonly callOfEnvelope: NumberMap
  readonly isSuperseded: Uint8Array
  readonly hasSuperseded: boolean
  readonly space: WorkSpace
}

/** Anew in each run, so that no export can be made to collide. */
const ID_SEED = randomBytes(8).readBigUInt64LE()
const GUID_WORDS = 4
/** A bucket's table goes by the lower bits of the hash, so buckets go by upper ones. */
const BUCKET_SHIFT = 20
const TEST_SHIFT = 8

/** Words of a record: four of the id, one of the call and the form of the id. */
const CALL = 4
const ID_WORDS = 5
/** Then what must be equal, too; whether the call is its own; the row. */
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

/** The rows whose call and id other rows have too, and now and then others: only hashes are compared. */
function findRepeatedIds(rows: ComparedRows): RowBits {
  const { groups, space } = rows
  const repeated = new RowBits(groups.rowCount)
  const partition = new Partition(bucketCountFor(groups.rowCount, ID_RECORD_WORDS), ID_RECORD_WORDS, space)
  const ids = new RepeatedIds(partition.bucketCount, ID_SEED)
  for (const group of groups.from(0)) {
    const { firstRow, rowCount, sessionBytes } = group
    partition.appendSplit(ids.split({ firstRow, rowCount, ids: sessionBytes, owners: ownersOf(rows, group) }))
  }
  for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
    const found = ids.find(partition.wordCount(bucket), (target) => partition.readInto(bucket, target))
    for (const row of found) repeated.add(row)
  }
  partition.close()
  return repeated
}

/** By row: its call, or what no other row has where it takes no part. Null where no call is known. */
function ownersOf(rows: ComparedRows, group: RowGroup): Int32Array | null {
  if (rows.calls.count === 0) return null
  const { envelope } = group.columns
  const owners = new Int32Array(group.rowCount)
  rows.callOfEnvelope.gather(envelope, group.rowCount, owners)
  if (!rows.hasSuperseded && !owners.includes(-1)) return owners
  const ids = guidWords(group.sessionBytes)
  for (let row = 0; row < group.rowCount; row++) {
    if ((owners[row] ?? -1) < 0) owners[row] = comparedCall(rows, group, ids, row)
    if (rows.isSuperseded[envelope[row] ?? -1] === 1) owners[row] = -2 - group.firstRow - row
  }
  return owners
}

/** Compares the rows that bear a repeated id in all that a duplicate must equal. */
function compareRepeated(rows: ComparedRows, repeated: RowBits, outcomes: RowOutcomes): void {
  const { groups, space } = rows
  const bucketCount = bucketCountFor(repeated.count, COMPARED_RECORD_WORDS)
  const partition = new Partition(bucketCount, COMPARED_RECORD_WORDS, space)
  for (const group of groups.from(0)) {
    const wanted = repeated.between(group.firstRow, group.firstRow + group.rowCount)
    if (wanted.length > 0) placeCompared(rows, group, partition, wanted)
  }
  const ownCalls = new OwnCalls()
  for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
    new RepeatedRows(partition.read(bucket), ownCalls).decide(outcomes)
  }
  partition.close()
}

/** Places a record for each of these rows of a group that takes part. */
function placeCompared(rows: ComparedRows, group: RowGroup, partition: Partition, wanted: readonly number[]): void {
  const { columns, firstRow } = group
  const { caller, callee, failureStage, failureReason, endpoints, modalities, flags, envelope } = columns
  const start = wordsOf(columns.startTicks)
  const end = wordsOf(columns.endTicks)
  const { words } = partition
  for (const wantedRow of wanted) {
    const row = wantedRow - firstRow
    if (rows.isSuperseded[envelope[row] ?? -1] === 1) continue
    const at = placeId(rows, group, row, partition)
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
    words[at + KNOWN_CALL] = rows.callOfEnvelope.get(envelope[row] ?? -1)
    words[at + COMPARED_ROW] = wantedRow
  }
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

/** Places a record with the words of a row's id; where they begin. */
function placeId(rows: ComparedRows, group: RowGroup, row: number, partition: Partition): number {
  const ids = guidWords(group.sessionBytes)
  const from = GUID_WORDS * row
  const at = partition.place((hashOf(ids, from, GUID_WORDS) >>> BUCKET_SHIFT) & (partition.bucketCount - 1))
  const { words } = partition
  for (let word = 0; word < GUID_WORDS; word++) words[at + word] = ids[from + word] ?? 0
  const form = group.columns.sessionForms[row] === IdForm.text ? 1 : 0
  words[at + CALL] = 2 * comparedCall(rows, group, ids, row) + form
  return at
}

/**
 * The call of a row for comparing: a session of no known call is a call of its own that bears the session's id, so it
 * is of the known call with that id where there is one. -1: the session's id says it all.
 */
function comparedCall(rows: ComparedRows, group: RowGroup, ids: Uint32Array, row: number): number {
  const known = rows.callOfEnvelope.get(group.columns.envelope[row] ?? -1)
  if (known >= 0 || rows.calls.count === 0) return known
  if (group.columns.sessionForms[row] === IdForm.guid) return rows.calls.findGuid(ids, 4 * row)
  const text = textIndexOf({ bytes: group.sessionBytes }, row)
  return rows.calls.findText(rows.texts.get(text) ?? "")
}

/** 64-bit numbers as pairs of words: comparing them makes no BigInt. */
function wordsOf(ticks: BigInt64Array): Int32Array {
  return new Int32Array(ticks.buffer, ticks.byteOffset, 2 * ticks.length)
}
