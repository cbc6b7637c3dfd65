/** Runs an aggregate over rows, whole or in batches. */
import type { Aggregate } from "#core/aggregate/aggregate.ts"
import { durations, type Durations } from "#core/aggregate/durations.ts"
import { selectRows } from "#core/aggregate/selection.ts"
import { batchesOf } from "#core/facts/batches.ts"
import type { Facts } from "#core/facts/facts.ts"

const EVERYTHING = { since: null, until: null, participant: null, modality: null, failed: false, includeTests: true }

/** The figures of all rows, added in batches of so many. */
export function run<State, Result>(aggregate: Aggregate<State, Result>, facts: Facts, batchRows = 1000): Result {
  const select = selectRows(facts, EVERYTHING)
  const state = aggregate.zero(facts)
  for (const batch of batchesOf(facts, batchRows)) aggregate.add(state, batch, select(batch), facts)
  return aggregate.finish(state, facts)
}

/** The figures of durations, which take two passes. */
export function runDurations(facts: Facts, batchRows = 1000): Durations {
  return run(run(durations, facts, batchRows), facts, batchRows)
}
