/** Every known call, with how many counted sessions and participants it has. */
import type { Facts } from "../facts/facts.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { groupItems } from "./grouping.ts"
import { addRow, emptyRows, mergeRows, sortedRows, type RowList } from "./row-list.ts"

/** One call; what its callRecord says is in `facts.calls`. */
export interface CallFigures {
  /** Index in `facts.calls`. */
  readonly call: number
  readonly sessions: number
  /** Different participants of these. */
  readonly participants: number
}

/** Known calls, those without a counted session too: by sessions, the most first, then by id. */
export const calls: Aggregate<RowList, readonly CallFigures[]> = {
  zero: emptyRows,
  add: (state, facts, row) => {
    if ((facts.call[row] ?? -1) >= 0) addRow(state, facts, row)
  },
  merge: mergeRows,
  finish: (state, facts) => {
    const groups = groupItems(facts.calls.length, (emit) => {
      for (const row of sortedRows(state)) emit(facts.call[row] ?? 0, row)
    })
    const lastCall = new Int32Array(facts.participants.count).fill(-1)
    return facts.calls
      .map((_, call) => {
        const rows = groups.items.subarray(groups.offsets[call], groups.offsets[call + 1])
        return { call, sessions: rows.length, participants: countParticipants(facts, call, rows, lastCall) }
      })
      .toSorted(
        byCountThenName(
          (each) => each.sessions,
          (each) => facts.calls[each.call]?.id ?? null,
        ),
      )
  },
}

/** Participants of a call's rows; `lastCall` holds for each participant the call it was last counted in. */
function countParticipants(facts: Facts, call: number, rows: Int32Array, lastCall: Int32Array): number {
  let count = 0
  for (const row of rows) {
    for (const participant of [facts.caller[row] ?? -1, facts.callee[row] ?? -1]) {
      if (participant < 0 || lastCall[participant] === call) continue
      lastCall[participant] = call
      count += 1
    }
  }
  return count
}
