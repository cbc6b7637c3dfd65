/**
 * The one interface of all aggregates. A state is made of the rows added to it, batch by batch in input order; into
 * which batches they are cut never changes a figure.
 */
import type { FactBatch, Facts } from "../facts/facts.ts"
import type { SelectedRows } from "./selection.ts"
import type { SessionRows } from "./session-rows.ts"

export interface Aggregate<State, Result> {
  /** The state of no rows of these facts. `sessions` holds each batch before it is added. */
  readonly zero: (facts: Facts, sessions: SessionRows) => State
  /** Adds the rows of a batch that the selection counts. */
  readonly add: (state: State, batch: FactBatch, rows: SelectedRows, facts: Facts) => void
  /** The figures, as they stand in the report. The state may not be used afterwards. */
  readonly finish: (state: State, facts: Facts) => Result
}
