/** The selected rows of one batch after the other, in the memory of the figures' module, for the aggregates that work there. */
import { IntervalRows } from "@callsift/kernel"
import type { FactBatch } from "../facts/facts.ts"
import type { SelectedRows } from "./selection.ts"

/** What the aggregates of one computation share. */
export class SessionRows {
  readonly rows = new IntervalRows()

  /** Loads a batch, before it is added to aggregates. */
  load(batch: FactBatch, { timed }: SelectedRows): void {
    const { rowCount, startTicks, endTicks, modalities: sets, flags: marks, call: groups } = batch
    this.rows.load({ rowCount, startTicks, endTicks, sets, marks, groups }, timed)
  }
}
