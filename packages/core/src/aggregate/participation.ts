/**
 * What is told of each participant by its sessions: how much it took part, and when it was in several sessions at
 * once. In: counted sessions. Both are made in one pass over each participant's sessions.
 */
import type { Aggregate } from "./aggregate.ts"
import { OverlapSweep } from "./overlap-sweep.ts"
import { overlapFigures, type Overlap } from "./overlap.ts"
import { Participations } from "./participations.ts"
import { TalkTally, type TalkTimes } from "./talk-time.ts"

/** The figures of both. */
export interface Participation {
  readonly talkTimes: TalkTimes
  readonly overlap: Overlap
}

/** Talk times and overlap. */
export const participation: Aggregate<Participations, Participation> = {
  zero: (facts) => new Participations(facts),
  add: (state, batch, { counted }) => state.add(batch, counted),
  finish: (state, facts) => {
    const tally = new TalkTally(facts.participants.count)
    const sweep = new OverlapSweep()
    state.forEach((participant, sessions, order) => {
      if (tally.count(participant, sessions, order)) sweep.run(participant, sessions, order)
    })
    return { talkTimes: tally.figures(facts), overlap: overlapFigures(facts, sweep) }
  },
}
