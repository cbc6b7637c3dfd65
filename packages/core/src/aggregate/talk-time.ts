/**
 * How much each participant took part. In: counted sessions. Out: sessions, calls, their time summed, and the length
 * of their union. An identity at both ends of a session counts once.
 */
import type { Facts } from "../facts/facts.ts"
import { IDENTITY_KINDS, type IdentityKind } from "../model/identity.ts"
import { participantOrder } from "./participant-order.ts"
import { kindOfCallee, kindOfCaller, type Sessions } from "./participations.ts"
import { secondsOf } from "./rational.ts"
import { TickSums } from "./tick-sums.ts"
import { isBefore, spanHigh, spanLow } from "./tick-words.ts"

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
  readonly kindOf: (participant: number) => IdentityKind
  readonly #order: Int32Array
  readonly #figuresOf: (participant: number) => TalkTime

  constructor(
    order: Int32Array,
    figuresOf: (participant: number) => TalkTime,
    kindOf: (participant: number) => IdentityKind,
  ) {
    this.#order = order
    this.#figuresOf = figuresOf
    this.kindOf = kindOf
  }

  get count(): number {
    return this.#order.length
  }

  *[Symbol.iterator](): Generator<TalkTime> {
    for (const participant of this.#order) yield this.#figuresOf(participant)
  }

  /** The first of them, so many. */
  first(count: number): TalkTime[] {
    return Array.from(this.#order.subarray(0, count), (participant) => this.#figuresOf(participant))
  }
}

/** Low words are summed up to here, so that the sum stays exact. */
const MAX_LOW = 2 ** 52

/** What was counted, by participant. */
export class TalkTally {
  readonly #ticks: TickSums
  readonly #unionTicks: TickSums
  readonly #sessions: Uint32Array
  readonly #calls: Uint32Array
  readonly #kinds: Uint8Array
  readonly #countOfKind = new Uint32Array(IDENTITY_KINDS.length)

  constructor(participantCount: number) {
    this.#ticks = new TickSums(participantCount)
    this.#unionTicks = new TickSums(participantCount)
    this.#sessions = new Uint32Array(participantCount)
    this.#calls = new Uint32Array(participantCount)
    this.#kinds = new Uint8Array(participantCount)
  }

  /** Counts a participant's sessions, which are in the order of their starts; whether two of them overlap. */
  count(participant: number, sessions: Sessions, order: Int32Array): boolean {
    this.#sessions[participant] = order.length
    this.#calls[participant] = countCalls(sessions, order)
    this.#kinds[participant] = this.#commonKind(sessions, order)
    return this.#addTimes(participant, sessions, order)
  }

  /** All participants that were counted. */
  figures(facts: Facts): TalkTimes {
    const byId = participantOrder(facts)
    const present = Int32Array.from(this.#sessions.keys()).filter(
      (participant) => (this.#sessions[participant] ?? 0) > 0,
    )
    const order = present.toSorted((a, b) => this.#ticks.compare(b, a) || byId(a, b))
    return new TalkTimes(
      order,
      (participant) => this.#figuresOf(participant),
      (participant) => this.#kindOf(participant),
    )
  }

  #kindOf(participant: number): IdentityKind {
    return IDENTITY_KINDS[this.#kinds[participant] ?? 0] ?? "unknown"
  }

  #figuresOf(participant: number): TalkTime {
    return {
      participant,
      kind: this.#kindOf(participant),
      sessions: this.#sessions[participant] ?? 0,
      calls: this.#calls[participant] ?? 0,
      seconds: secondsOf(this.#ticks.ticks(participant)),
      unionSeconds: secondsOf(this.#unionTicks.ticks(participant)),
    }
  }

  #commonKind(sessions: Sessions, order: Int32Array): number {
    const kind = onlyKind(sessions, order)
    if (kind >= 0) return kind
    const counts = this.#countOfKind.fill(0)
    for (const session of order) {
      const [caller, callee] = [kindOfCaller(sessions.kinds(session)), kindOfCallee(sessions.kinds(session))]
      if (caller >= 0) counts[caller] = (counts[caller] ?? 0) + 1
      if (callee >= 0) counts[callee] = (counts[callee] ?? 0) + 1
    }
    return indexOfGreatest(counts)
  }

  /** Adds each session's time, and the time of their union: stretches that neither overlap nor touch. */
  #addTimes(participant: number, sessions: Sessions, order: Int32Array): boolean {
    const { ticks } = sessions
    let first = -1
    let last = -1
    let high = 0
    let low = 0
    let isOverlapping = false
    for (const session of order) {
      const start = sessions.startAt(session)
      const end = sessions.endAt(session)
      if (isBefore(ticks, end, ticks, start)) continue
      high += spanHigh(ticks, start, ticks, end)
      low += spanLow(ticks, start, ticks, end)
      if (low > MAX_LOW) {
        this.#ticks.addParts(participant, high, low)
        high = low = 0
      }
      if (last < 0) {
        first = last = session
      } else if (isBefore(ticks, sessions.endAt(last), ticks, start)) {
        this.#unionTicks.addSpan(participant, ticks, sessions.startAt(first), ticks, sessions.endAt(last))
        first = last = session
      } else {
        isOverlapping ||= isBefore(ticks, start, ticks, sessions.endAt(last)) && isBefore(ticks, start, ticks, end)
        if (isBefore(ticks, sessions.endAt(last), ticks, end)) last = session
      }
    }
    this.#ticks.addParts(participant, high, low)
    if (last >= 0) this.#unionTicks.addSpan(participant, ticks, sessions.startAt(first), ticks, sessions.endAt(last))
    return isOverlapping
  }
}

/** The kind that a participant has at all its ends, as a rule; -1 where there are several. */
function onlyKind(sessions: Sessions, order: Int32Array): number {
  let kind = -1
  for (const session of order) {
    const kinds = sessions.kinds(session)
    const [caller, callee] = [kindOfCaller(kinds), kindOfCallee(kinds)]
    if (kind < 0) kind = Math.max(caller, callee)
    if ((caller >= 0 && caller !== kind) || (callee >= 0 && callee !== kind)) return -1
  }
  return kind
}

/** Different calls; a session of no known call is one of its own. */
function countCalls(sessions: Sessions, order: Int32Array): number {
  let ownCount = 0
  for (const session of order) if (sessions.call(session) === -1) ownCount += 1
  return ownCount === order.length ? ownCount : ownCount + countOthers(sessions, order)
}

function countOthers(sessions: Sessions, order: Int32Array): number {
  const calls = order.map((session) => sessions.call(session)).toSorted()
  let count = 0
  for (let at = 0; at < calls.length; at++) if (calls[at] !== -1 && calls[at] !== calls[at - 1]) count += 1
  return count
}

function indexOfGreatest(counts: Uint32Array): number {
  let greatest = 0
  for (let index = 1; index < counts.length; index++) {
    if ((counts[index] ?? 0) > (counts[greatest] ?? 0)) greatest = index
  }
  return greatest
}
