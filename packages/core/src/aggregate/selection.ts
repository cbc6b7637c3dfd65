/**
 * Which rows are in the figures. Every accepted session is in exactly one of: `filtered`, `testCalls`, the counted
 * rows; those of the last that start after they end are counted, but in no figure of time.
 */
import type { RowLimits } from "@callsift/kernel"
import { RowFlag, type FactBatch, type Facts } from "../facts/facts.ts"
import { participantKey } from "../model/identity.ts"
import { MODALITIES } from "../model/modality.ts"
import { SessionRows } from "./session-rows.ts"

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

/** What a selection counts in these facts. Each batch is loaded into `sessions`, with the rows that are counted. */
export function selectRows(facts: Facts, selection: Selection, sessions: SessionRows): SelectRows {
  const limits = { ...limitsOf(selection), barringMarks: selection.includeTests ? 0 : RowFlag.test }
  const outsideOf = participantFilter(facts, selection)
  return (batch) => {
    const { chosen, intervals, outsideCount, barredCount } = sessions.choose(batch, limits, outsideOf(batch))
    const startAfterEnd = chosen.length - intervals.length
    return {
      counted: chosen,
      timed: intervals,
      excluded: { testCalls: barredCount, startAfterEnd, filtered: outsideCount },
    }
  }
}

/** Tells which rows of a batch are within the filters of a selection, whatever else they are. */
export function rowsWithin(facts: Facts, selection: Selection): (batch: FactBatch) => Int32Array {
  const sessions = new SessionRows()
  const limits = { ...limitsOf(selection), barringMarks: 0 }
  const outsideOf = participantFilter(facts, selection)
  return (batch) => {
    const { startTicks, endTicks, modalities, flags, call, unknownProperties, rowCount } = batch
    const status = new Uint8Array(rowCount)
    const columns = { startTicks, endTicks, modalities, flags, call, unknownProperties, rowCount, status }
    return sessions.choose(columns, limits, outsideOf(batch)).chosen
  }
}

/** Whether a bit of `RowFlag` is set. */
export function hasFlag(batch: Pick<FactBatch, "flags">, row: number, flag: number): boolean {
  return ((batch.flags[row] ?? 0) & flag) !== 0
}

/** No set has this bit. */
const NO_MODALITY = 1 << MODALITIES.length

function limitsOf({ since, until, modality, failed }: Selection): Omit<RowLimits, "barringMarks"> {
  const index = (MODALITIES as readonly (string | null)[]).indexOf(modality)
  const setMask = index < 0 ? NO_MODALITY : 1 << index
  return { since, until, setMask: modality === null ? 0 : setMask, markMask: failed ? RowFlag.failed : 0 }
}

/** Gives, where a participant is selected, what tells whether a row of a batch is of none of its sessions. */
function participantFilter(
  facts: Facts,
  { participant }: Selection,
): (batch: FactBatch) => ((row: number) => boolean) | null {
  if (participant === null) return () => null
  const key = participantKey(participant)
  const number = key === null ? -1 : participantNumber(facts, key)
  return (batch) => (row) => !hasParticipant(batch, row, number)
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
