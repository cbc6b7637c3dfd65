/** Who took part. In: counted sessions. Out: each participant's talk time, and what is said of them. */
import type { Facts } from "../facts/facts.ts"
import type { Aggregate } from "./aggregate.ts"
import { groupItems, type Groups } from "./grouping.ts"
import { participantTraits, type ParticipantTraits } from "./participant-traits.ts"
import { addRow, emptyRows, mergeRows, sortedRows, type RowList } from "./row-list.ts"
import { talkTimes, type TalkTime } from "./talk-time.ts"
import { rowsByTicks } from "./time-order.ts"

/** The figures of participants. */
export interface Participants extends ParticipantTraits {
  /** Every participant of a counted session: by seconds, the most first, then by id. */
  readonly talkTimes: readonly TalkTime[]
}

/** Talk time and traits of participants. */
export const participants: Aggregate<RowList, Participants> = {
  zero: emptyRows,
  add: addRow,
  merge: mergeRows,
  finish: (state, facts) => {
    const rows = sortedRows(state)
    const groups = rowsByParticipant(facts, rowsByTicks(facts.startTicks, rows))
    return { talkTimes: talkTimes(facts, rows, groups), ...participantTraits(facts, rows, groups) }
  },
}

/** Each participant's rows in the order given; one at both ends of a session has it once. */
function rowsByParticipant(facts: Facts, rows: Int32Array): Groups {
  return groupItems(facts.participants.count, (emit) => {
    for (const row of rows) {
      const caller = facts.caller[row] ?? -1
      const callee = facts.callee[row] ?? -1
      if (caller >= 0) emit(caller, row)
      if (callee >= 0 && callee !== caller) emit(callee, row)
    }
  })
}
