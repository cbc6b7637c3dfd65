/** Who took part. In: counted sessions. Out: each participant's talk time, and what is said of them. */
import type { Aggregate } from "./aggregate.ts"
import { participantTraits, type ParticipantTraits } from "./participant-traits.ts"
import { addRow, emptyRows, mergeRows, sortedRows, type RowList } from "./row-list.ts"
import { talkTimes, type TalkTime } from "./talk-time.ts"

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
    return { talkTimes: talkTimes(facts, rows), ...participantTraits(facts, rows) }
  },
}
