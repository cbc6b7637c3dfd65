/**
 * Which rows are in the figures. Every accepted session is in exactly one of: `filtered`, `testCalls`, the counted
 * rows; those of the last that start after they end are counted, but in no figure of time.
 */
import { RowFlag, RowStatus, type Facts } from "../facts/facts.ts"
import { participantKey } from "../model/identity.ts"
import { MODALITIES } from "../model/modality.ts"

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

/** The counted rows in ascending order, and how many were left out. */
export interface SelectedRows {
  readonly rows: Int32Array
  readonly excluded: Excluded
}

/** The rows that a selection counts. Duplicate and superseded rows are in none. */
export function selectRows(facts: Facts, selection: Selection): SelectedRows {
  const isWithin = withinFilters(facts, selection)
  const rows = new Int32Array(facts.rowCount)
  const excluded = { testCalls: 0, startAfterEnd: 0, filtered: 0 }
  let count = 0
  for (let row = 0; row < facts.rowCount; row++) {
    if (facts.status[row] !== RowStatus.counted) continue
    if (!isWithin(row)) excluded.filtered += 1
    else if (!selection.includeTests && hasFlag(facts, row, RowFlag.test)) excluded.testCalls += 1
    else {
      if (!isTimed(facts, row)) excluded.startAfterEnd += 1
      rows[count++] = row
    }
  }
  return { rows: rows.slice(0, count), excluded }
}

/** Whether a session starts no later than it ends, so that it has a duration. */
export function isTimed(facts: Facts, row: number): boolean {
  return (facts.startTicks[row] ?? 0n) <= (facts.endTicks[row] ?? 0n)
}

/** Whether a bit of `RowFlag` is set. */
export function hasFlag(facts: Facts, row: number, flag: number): boolean {
  return ((facts.flags[row] ?? 0) & flag) !== 0
}

function withinFilters(facts: Facts, selection: Selection): (row: number) => boolean {
  const { since, until } = selection
  const tests: ((row: number) => boolean)[] = []
  if (since !== null) tests.push((row) => (facts.startTicks[row] ?? 0n) >= since)
  if (until !== null) tests.push((row) => (facts.startTicks[row] ?? 0n) < until)
  if (selection.participant !== null) tests.push(hasParticipant(facts, selection.participant))
  if (selection.modality !== null) tests.push(hasModality(facts, selection.modality))
  if (selection.failed) tests.push((row) => hasFlag(facts, row, RowFlag.failed))
  return (row) => tests.every((test) => test(row))
}

function hasModality(facts: Facts, modality: string): (row: number) => boolean {
  const index = (MODALITIES as readonly string[]).indexOf(modality)
  return (row) => index >= 0 && ((facts.modalities[row] ?? 0) & (1 << index)) !== 0
}

function hasParticipant(facts: Facts, id: string): (row: number) => boolean {
  const key = participantKey(id)
  const wanted = key === null ? -1 : participantNumber(facts, key)
  return (row) => wanted >= 0 && (facts.caller[row] === wanted || facts.callee[row] === wanted)
}

function participantNumber(facts: Facts, key: string): number {
  for (let number = 0; number < facts.participants.count; number++) {
    if (facts.participants.id(number) === key) return number
  }
  return -1
}
