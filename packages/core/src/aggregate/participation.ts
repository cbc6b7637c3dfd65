/**
 * What is told of each participant by its sessions: how much it took part, and when it was in several sessions at
 * once. In: counted sessions. Both are made in one pass over each participant's sessions.
 */
import type { Aggregate } from "./aggregate.ts"
import { overlapFigures, type Overlap } from "./overlap.ts"
import { Participations } from "./participations.ts"
import { TalkTimes } from "./talk-time.ts"

/** The figures of both. */
export interface Participation {
  readonly talkTimes: TalkTimes
  readonly overlap: Overlap
}

/** Talk times and overlap. */
export const participation: Aggregate<Participations, Participation> = {
  zero: (facts, sessions) => new Participations(facts, sessions),
  add: (state, batch) => state.add(batch),
  finish: (state, facts) => {
    const results = state.sweep()
    return { talkTimes: new TalkTimes(facts, results), overlap: overlapFigures(facts, results) }
  },
}
