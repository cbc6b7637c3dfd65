/**
 * The sweep over one identity's sessions at a time. It knows how many run, in how many calls, and since when there
 * are two; what it counts of each identity stays until all are done.
 */
import type { CallOverlap } from "../facts/session-findings.ts"
import type { Sessions } from "./participations.ts"
import { RunningSessions } from "./running-sessions.ts"
import { TickSums } from "./tick-sums.ts"
import { isBefore } from "./tick-words.ts"

/** What was counted of one identity that has a pair. */
export interface OverlapCounts {
  readonly participant: number
  /** Time with two sessions or more, and with two calls or more. */
  sessionTicks: bigint
  callTicks: bigint
  sessions: number
  pairs: number
  sameCallPairs: number
  maxConcurrent: number
}

/** Of a call of which sessions run: how many, and the session whose start made them two. */
interface RunningCall {
  count: number
  doubledBy: number
}

const SESSIONS = 0
const CALLS = 1
const NOTHING = { sessionTicks: 0n, callTicks: 0n, sessions: 0, pairs: 0, sameCallPairs: 0, maxConcurrent: 0 }

/** Run it for one identity after the other. */
export class OverlapSweep {
  readonly counted: OverlapCounts[] = []
  /**
   * The first moment at which each identity is in two calls: at the session that starts then, of equals the first in
   * input order; with the session of another call that runs then and started first, then by input order.
   */
  readonly evidence: CallOverlap[] = []
  /** Slot 0: over all identities, time with two calls or more; over all calls too, with two sessions or more of the call. */
  readonly callTicks = new TickSums(1)
  readonly sameCallTicks = new TickSums(1)

  readonly #calls = new Map<number, RunningCall>()
  /** Times of the current identity, by the slots below. */
  #own = new TickSums(2)
  #runningCalls = 0
  /** The sessions whose start made the running sessions, and calls, two. */
  #sessionsDoubledBy = -1
  #callsDoubledBy = -1

  /** Sweeps over all sessions of one identity, of which two overlap; they are in the order of their starts. */
  run(participant: number, sessions: Sessions, order: Int32Array): void {
    const counts = { ...NOTHING, participant }
    this.#own = new TickSums(2)
    const running = new RunningSessions(sessions)
    let isInTwoCalls = false
    for (const session of order) {
      if (!sessions.isTimed(session)) continue
      counts.sessions += 1
      if (!sessions.hasTime(session)) continue
      this.#endBefore(running, session)
      this.#start(running, counts, session)
      if (isInTwoCalls || this.#runningCalls < 2) continue
      isInTwoCalls = true
      const other = firstOfOtherCall(running, sessions, session)
      this.evidence.push({ participant, rowA: sessions.row(session), rowB: sessions.row(other) })
    }
    while (running.count > 0) this.#end(running)
    counts.sessionTicks = this.#own.ticks(SESSIONS)
    counts.callTicks = this.#own.ticks(CALLS)
    this.callTicks.addSum(0, this.#own, CALLS)
    this.counted.push(counts)
  }

  /** Ends what runs no longer when a session starts. */
  #endBefore(running: RunningSessions, session: number): void {
    const { ticks } = running.sessions
    const start = running.sessions.startAt(session)
    while (running.count > 0 && !isBefore(ticks, start, ticks, running.sessions.endAt(running.first()))) {
      this.#end(running)
    }
  }

  #start(running: RunningSessions, counts: OverlapCounts, session: number): void {
    counts.pairs += running.count
    const inCall = this.#startInCall(running.sessions.call(session), session)
    counts.sameCallPairs += inCall
    if (inCall === 0 && ++this.#runningCalls === 2) this.#callsDoubledBy = session
    running.add(session)
    if (running.count === 2) this.#sessionsDoubledBy = session
    counts.maxConcurrent = Math.max(counts.maxConcurrent, running.count)
  }

  #end(running: RunningSessions): void {
    const { sessions } = running
    const session = running.takeFirst()
    const inCall = this.#endInCall(sessions, session)
    if (inCall === 0 && --this.#runningCalls === 1) addTime(this.#own, CALLS, sessions, this.#callsDoubledBy, session)
    if (running.count === 1) addTime(this.#own, SESSIONS, sessions, this.#sessionsDoubledBy, session)
  }

  /** How many sessions of the call ran before this one. */
  #startInCall(call: number, session: number): number {
    // A call of its own has no other session.
    if (call === -1) return 0
    const known = this.#calls.get(call)
    if (known === undefined) {
      this.#calls.set(call, { count: 1, doubledBy: -1 })
      return 0
    }
    if (known.count === 1) known.doubledBy = session
    return known.count++
  }

  /** How many sessions of the call run after this one. */
  #endInCall(sessions: Sessions, session: number): number {
    const call = sessions.call(session)
    const known = this.#calls.get(call)
    if (known === undefined) return 0
    known.count -= 1
    if (known.count === 0) this.#calls.delete(call)
    if (known.count === 1) addTime(this.sameCallTicks, 0, sessions, known.doubledBy, session)
    return known.count
  }
}

/** Adds the time from the start of one session to the end of another. */
function addTime(sums: TickSums, slot: number, sessions: Sessions, from: number, to: number): void {
  sums.addSpan(slot, sessions.ticks, sessions.startAt(from), sessions.ticks, sessions.endAt(to))
}

/** Of the sessions that run beside one and are of another call, the first by start, then in input order. */
function firstOfOtherCall(running: RunningSessions, sessions: Sessions, session: number): number {
  const call = sessions.call(session)
  let first = session
  for (let at = 0; at < running.count; at++) {
    const other = running.at(at)
    const isOfOtherCall = other !== session && (call === -1 || sessions.call(other) !== call)
    if (isOfOtherCall && (first === session || sessions.compare(other, first) < 0)) first = other
  }
  return first
}
