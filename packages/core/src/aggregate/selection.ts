/**
 * Which rows are in the figures. Every accepted session is in exactly one of: `filtered`, `testCalls`, the counted
 * rows; those of the last that start after they end are counted, but in no figure of time.
 */
import { RowFlag, RowStatus, type FactBatch, type Facts } from "../facts/facts.ts"
import { participantKey } from "../model/identity.ts"
import { MODALITIES } from "../model/modality.ts"
import { isBefore, tickWords } from "./tick-words.ts"

/** What is counted. A plan is one. */
export interface Selection {
  /** Sessions that start at or after this instant, in ticks; null: all. */
  readonly since: bigint | null
  /** Sessions that start before this instant, in ticks; null: all. */
  readonly until: bigint | null
  /** Sessions with this participant id, as caller or callee; null: all. */
  readonly participant: string | null
  /** Sessions with this modality, a member of the model; null: all. */
  readonly modality: string | null
  /** Only sessions that failed. */
  readonly failed: boolean
  /** Test calls too. */
  readonly includeTests: boolean
}

/**
 * Accepted sessions that are not in every figure, each under the first that holds: `filtered` (outside the filters,
 * whatever else it is), `testCalls` (within them, but a test call), `startAfterEnd` (counted, but in no duration,
 * concurrency or overlap). Accepted sessions = timed + the three.
 */
export interface Excluded {
  readonly testCalls: number
  readonly startAfterEnd: number
  readonly filtered: number
}

/** The counted rows of a batch by their place in it, ascending, those of them that are timed, and how many were left out. */
export interface SelectedRows {
  readonly counted: Int32Array
  readonly timed: Int32Array
  readonly excluded: Excluded
}

/** Tells which rows of a batch a selection counts. Duplicate and superseded rows are in none. */
export type SelectRows = (batch: FactBatch) => SelectedRows

/** What a selection counts in these facts. */
export function selectRows(facts: Facts, selection: Selection): SelectRows {
  const filtersOf = filters(facts, selection)
  return (batch) => {
    const excluded = { testCalls: 0, startAfterEnd: 0, filtered: 0 }
    const accepted = acceptedRows(batch)
    const within = filtersOf(batch).reduce(rowsWhere, accepted)
    excluded.filtered = accepted.length - within.length
    const counted = selection.includeTests ? within : withoutTests(batch, within, excluded)
    const timed = timedRows(batch, counted)
    excluded.startAfterEnd = counted.length - timed.length
    return { counted, timed, excluded }
  }
}

/** Tells which rows of a batch are within the filters of a selection, whatever else they are. */
export function rowsWithin(facts: Facts, selection: Selection): (batch: FactBatch) => Int32Array {
  const filtersOf = filters(facts, selection)
  return (batch) =>
    filtersOf(batch).reduce(
      rowsWhere,
      Int32Array.from({ length: batch.rowCount }, (_, row) => row),
    )
}

/** Those of the rows that start no later than they end, so that they have a duration. */
function timedRows(batch: FactBatch, rows: Int32Array): Int32Array {
  const start = tickWords(batch.startTicks)
  const end = tickWords(batch.endTicks)
  const timed = new Int32Array(rows.length)
  let count = 0
  for (const row of rows) if (!isBefore(end, row, start, row)) timed[count++] = row
  return timed.subarray(0, count)
}

/** Whether a bit of `RowFlag` is set. */
export function hasFlag(batch: Pick<FactBatch, "flags">, row: number, flag: number): boolean {
  return ((batch.flags[row] ?? 0) & flag) !== 0
}

type RowTest = (row: number) => boolean

function acceptedRows({ rowCount, status }: FactBatch): Int32Array {
  const rows = new Int32Array(rowCount)
  let count = 0
  for (let row = 0; row < rowCount; row++) if (status[row] === RowStatus.counted) rows[count++] = row
  return rows.subarray(0, count)
}

function withoutTests(batch: FactBatch, rows: Int32Array, excluded: { testCalls: number }): Int32Array {
  const { flags } = batch
  const others = new Int32Array(rows.length)
  let count = 0
  for (const row of rows) if (((flags[row] ?? 0) & RowFlag.test) === 0) others[count++] = row
  excluded.testCalls = rows.length - count
  return others.subarray(0, count)
}

function rowsWhere(rows: Int32Array, test: RowTest): Int32Array {
  const found = new Int32Array(rows.length)
  let count = 0
  for (const row of rows) if (test(row)) found[count++] = row
  return found.subarray(0, count)
}

/** What a row of a batch must be. */
function filters(facts: Facts, selection: Selection): (batch: FactBatch) => RowTest[] {
  const { since, until, participant, modality, failed } = selection
  const key = participant === null ? null : participantKey(participant)
  const number = key === null ? -1 : participantNumber(facts, key)
  return (batch) => {
    const { startTicks } = batch
    const tests: RowTest[] = []
    if (since !== null) tests.push((row) => (startTicks[row] ?? 0n) >= since)
    if (until !== null) tests.push((row) => (startTicks[row] ?? 0n) < until)
    if (participant !== null) tests.push((row) => hasParticipant(batch, row, number))
    if (modality !== null) tests.push(hasModality(batch, modality))
    if (failed) tests.push((row) => hasFlag(batch, row, RowFlag.failed))
    return tests
  }
}

function hasModality(batch: FactBatch, modality: string): RowTest {
  const index = (MODALITIES as readonly string[]).indexOf(modality)
  return (row) => index >= 0 && ((batch.modalities[row] ?? 0) & (1 << index)) !== 0
}

function hasParticipant({ caller, callee }: FactBatch, row: number, number: number): boolean {
  return number >= 0 && (caller[row] === number || callee[row] === number)
}

function participantNumber(facts: Facts, key: string): number {
  for (let number = 0; number < facts.participants.count; number++) {
    if (facts.participants.id(number) === key) return number
  }
  return -1
}
