/**
 * The one interface of all aggregates. A state is made of the rows added to it, in any order and any split:
 * `merge` is associative and commutative and `zero()` is its identity, so the figures never depend on workers or blocks.
 */
import type { Facts } from "../facts/facts.ts"

export interface Aggregate<State, Result> {
  /** The state of no rows. */
  readonly zero: () => State
  /** Adds one row of `facts` that the selection counts. */
  readonly add: (state: State, facts: Facts, row: number) => void
  /** The state of both. Neither argument may be used afterwards. */
  readonly merge: (left: State, right: State) => State
  /** The figures, as they stand in the report. Leaves the state as it was. */
  readonly finish: (state: State, facts: Facts) => Result
}
