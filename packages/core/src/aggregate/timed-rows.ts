/** What all aggregates share that need every timed session again at the end. */
import type { Aggregate } from "./aggregate.ts"
import { addRow, emptyRows, mergeRows, type RowList } from "./row-list.ts"
import { isTimed } from "./selection.ts"

/** All of such an aggregate but `finish`. */
export const timedRows: Omit<Aggregate<RowList, unknown>, "finish"> = {
  zero: emptyRows,
  add: (state, facts, row) => {
    if (isTimed(facts, row)) addRow(state, facts, row)
  },
  merge: mergeRows,
}
