/**
 * How much each participant took part. In: counted sessions. Out: sessions, calls, their time summed, and the length
 * of their union. An identity at both ends of a session counts once.
 */
import type { IntervalResults, TalkResults } from "@callsift/kernel"
import type { Facts } from "../facts/facts.ts"
import { IDENTITY_KINDS, type IdentityKind } from "../model/identity.ts"
import { firstOf, ranked, type Ranking } from "./ranked.ts"
import { secondsOf } from "./rational.ts"

/** One participant. */
export interface TalkTime {
  /** Number in `facts.participants`. */
  readonly participant: number
  /** The kind that most of its ends have; of equals the first of the model. */
  readonly kind: IdentityKind
  /** Counted sessions. */
  readonly sessions: number
  /** Different calls of these; a session of no known call is one of its own. */
  readonly calls: number
  /** The time of its timed sessions, each in full. */
  readonly seconds: number
  /** The time in which at least one of them runs. */
  readonly unionSeconds: number
}

/** Every participant of a counted session: by seconds, the most first, then by id. Figures are made when they are asked for. */
export class TalkTimes implements Iterable<TalkTime> {
  /** How many there are. */
  readonly count: number
  readonly #talk: TalkResults
  readonly #ranking: Ranking

  /** `byTime`: participants by their time, the most first. */
  constructor({ participants }: Facts, { talk, byTime }: Pick<IntervalResults, "talk" | "byTime">) {
    this.count = byTime.length
    this.#talk = talk
    this.#ranking = { order: byTime, isEqual: (a, b) => talk.hasSameTicks(a, b), idOf: participants.id }
  }

  *[Symbol.iterator](): Generator<TalkTime> {
    for (const participant of ranked(this.#ranking)) yield this.#figuresOf(participant)
  }

  /** The first of them, so many. */
  first(count: number): TalkTime[] {
    return firstOf(this, count)
  }

  kindOf(participant: number): IdentityKind {
    return IDENTITY_KINDS[this.#talk.kind(participant)] ?? "unknown"
  }

  #figuresOf(participant: number): TalkTime {
    const talk = this.#talk
    return {
      participant,
      kind: this.kindOf(participant),
      sessions: talk.intervals(participant),
      calls: talk.groups(participant),
      seconds: secondsOf(talk.ticks(participant)),
      unionSeconds: secondsOf(talk.unionTicks(participant)),
    }
  }
}
