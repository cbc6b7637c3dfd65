/** The rows of one batch after the other, in the memory of the figures' module, for the aggregates that work there. */
import { IntervalRows, OUTSIDE, type ChosenRows, type RowLimits } from "@callsift/kernel"
import type { FactBatch } from "../facts/facts.ts"

/** The columns that are loaded. */
export type SessionColumns = Pick<
  FactBatch,
  "rowCount" | "startTicks" | "endTicks" | "modalities" | "flags" | "call" | "unknownProperties" | "status"
>

/** What the aggregates of one computation share. */
export class SessionRows {
  readonly rows = new IntervalRows()
  #states = new Uint8Array(0)

  /**
   * Loads a batch and chooses rows whose status is 0 (`RowStatus.counted`). Rows for which `isOutside` holds (null: none)
   * count as outside of the limits.
   */
  choose(batch: SessionColumns, limits: RowLimits, isOutside: ((row: number) => boolean) | null): ChosenRows {
    const { rowCount, startTicks, endTicks, modalities: sets, flags: marks, call: groups, status } = batch
    const labels = batch.unknownProperties
    const states = isOutside === null ? status : this.#statesWith(status, rowCount, isOutside)
    this.rows.load({ rowCount, startTicks, endTicks, sets, marks, groups, labels, states })
    return this.rows.choose(limits)
  }

  #statesWith(status: Uint8Array, rowCount: number, isOutside: (row: number) => boolean): Uint8Array {
    if (this.#states.length < rowCount) this.#states = new Uint8Array(rowCount)
    for (let row = 0; row < rowCount; row++) {
      const state = status[row] ?? 0
      this.#states[row] = state === 0 && isOutside(row) ? OUTSIDE : state
    }
    return this.#states
  }
}
