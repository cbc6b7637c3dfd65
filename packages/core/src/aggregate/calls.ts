/** Every known call, with how many counted sessions and participants it has. */
import { bucketCountFor, Partition } from "../facts/partition.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { PairCounts } from "./pair-counts.ts"

/** One call; what its callRecord says is in `facts.calls`. */
export interface CallFigures {
  /** Index in `facts.calls`. */
  readonly call: number
  readonly sessions: number
  /** Different participants of these. */
  readonly participants: number
}

/** Words of a record. */
const RECORD_WORDS = 3
const CALLER = 1
const CALLEE = 2

/** Known calls, those without a counted session too: by sessions, the most first, then by id. */
export const calls: Aggregate<Partition, readonly CallFigures[]> = {
  zero: ({ calls: all, rowCount, space }) =>
    new Partition(all.length === 0 ? 1 : bucketCountFor(rowCount, RECORD_WORDS), RECORD_WORDS, space),
  add: (state, { call, caller, callee }, { counted }) => {
    const lastBucket = state.bucketCount - 1
    for (const row of counted) {
      const number = call[row] ?? -1
      if (number < 0) continue
      const at = state.place(number & lastBucket)
      state.words[at] = number
      state.words[at + CALLER] = caller[row] ?? -1
      state.words[at + CALLEE] = callee[row] ?? -1
    }
  },
  finish: (state, facts) => {
    const sessions = new Uint32Array(facts.calls.length)
    const participants = new Uint32Array(facts.calls.length)
    for (let bucket = 0; bucket < state.bucketCount; bucket++) countBucket(state.read(bucket), sessions, participants)
    state.close()
    return facts.calls
      .map((_, call) => ({ call, sessions: sessions[call] ?? 0, participants: participants[call] ?? 0 }))
      .toSorted(
        byCountThenName(
          (each) => each.sessions,
          (each) => facts.calls[each.call]?.id ?? null,
        ),
      )
  },
}

/** Counts the sessions of each call of a bucket, and each different pair of a call and a participant once. */
function countBucket(words: Int32Array, sessions: Uint32Array, participants: Uint32Array): void {
  const known = new PairCounts()
  const addParticipant = (call: number, participant: number): void => {
    if (participant < 0) return
    const size = known.size
    known.add(call, participant, 1)
    if (known.size > size) participants[call] = (participants[call] ?? 0) + 1
  }
  for (let at = 0; at < words.length; at += RECORD_WORDS) {
    const call = words[at] ?? 0
    sessions[call] = (sessions[call] ?? 0) + 1
    addParticipant(call, words[at + CALLER] ?? -1)
    addParticipant(call, words[at + CALLEE] ?? -1)
  }
}
