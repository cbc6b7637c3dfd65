/** Runs an aggregate over rows, whole or in batches. */
import type { Aggregate } from "#core/aggregate/aggregate.ts"
import { durations, type Durations } from "#core/aggregate/durations.ts"
import { selectRows } from "#core/aggregate/selection.ts"
import { SessionRows } from "#core/aggregate/session-rows.ts"
import type { FactBatch } from "#core/facts/facts.ts"
import type { CallOverlap, CallOverlaps } from "#core/facts/session-findings.ts"
import { GUID_BYTES } from "#core/facts/guid.ts"
import type { TestFacts } from "./facts-builder.ts"

const EVERYTHING = { since: null, until: null, participant: null, modality: null, failed: false, includeTests: true }

/** The figures of all rows, added in batches of so many. */
export function run<State, Result>(aggregate: Aggregate<State, Result>, facts: TestFacts, batchRows = 1000): Result {
  return runWith(new SessionRows(), aggregate, facts, batchRows)
}

/** The figures of durations, whose second pass is given the rows where it needs them. */
export function runDurations(facts: TestFacts, batchRows = 1000): Durations {
  const sessions = new SessionRows()
  const again = runWith(sessions, durations, facts, batchRows)
  const rowCount = again.needsRows ? facts.rowCount : 0
  return runWith(sessions, again, facts, batchRows, rowCount)
}

function runWith<State, Result>(
  sessions: SessionRows,
  aggregate: Aggregate<State, Result>,
  facts: TestFacts,
  batchRows: number,
  rowCount = facts.rowCount,
): Result {
  const select = selectRows(facts, EVERYTHING, sessions)
  const state = aggregate.zero(facts, sessions)
  for (let from = 0; from < rowCount; from += batchRows) {
    const batch = partOf(facts, from, Math.min(from + batchRows, rowCount))
    aggregate.add(state, batch, select(batch), facts)
  }
  return aggregate.finish(state, facts)
}

function partOf({ sessionId, ...facts }: TestFacts, from: number, to: number): FactBatch {
  const columns = Object.entries(facts).map(([name, value]) => [
    name,
    ArrayBuffer.isView(value) ? (value as Uint8Array).subarray(from, to) : value,
  ])
  return {
    ...(Object.fromEntries(columns) as FactBatch),
    firstRow: from,
    rowCount: to - from,
    sessionId: {
      bytes: sessionId.bytes.subarray(from * GUID_BYTES, to * GUID_BYTES),
      forms: sessionId.forms.subarray(from, to),
    },
  }
}

/** All of them. */
export function listedOverlaps(overlaps: CallOverlaps): (CallOverlap | undefined)[] {
  return Array.from({ length: overlaps.length }, (_, index) => overlaps.at(index))
}
