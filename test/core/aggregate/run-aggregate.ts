/** Runs an aggregate over rows, whole or in parts. */
import type { Aggregate } from "#core/aggregate/aggregate.ts"
import type { Facts } from "#core/facts/facts.ts"
import { allRows } from "./facts-builder.ts"

/** The state of some rows. */
export function stateOf<State, Result>(
  aggregate: Aggregate<State, Result>,
  facts: Facts,
  rows: readonly number[],
): State {
  const state = aggregate.zero()
  for (const row of rows) aggregate.add(state, facts, row)
  return state
}

/** The figures of all rows. */
export function run<State, Result>(aggregate: Aggregate<State, Result>, facts: Facts): Result {
  return aggregate.finish(stateOf(aggregate, facts, allRows(facts)), facts)
}
