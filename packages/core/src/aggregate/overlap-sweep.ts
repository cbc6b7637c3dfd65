/**
 * The sweep over one identity's sessions at a time. It knows how many run, in how many calls, and since when there
 * are two; what it counts of each identity stays until all are done.
 */
import type { Facts } from "../facts/facts.ts"
import type { CallOverlap } from "../facts/session-findings.ts"
import type { CallNumbers } from "./call-number.ts"
import { TickSums } from "./tick-sums.ts"
import { tickWords, type TickWords } from "./tick-words.ts"
import { EventKind, eventKind, eventRow } from "./timeline.ts"

/** What was counted of one identity that has a pair; its times are in the sums, in the slot of its number. */
export interface OverlapCounts {
  readonly participant: number
  sessions: number
  pairs: number
  sameCallPairs: number
  maxConcurrent: number
}

/** Run it for one identity after the other. */
export class OverlapSweep {
  readonly counted: OverlapCounts[] = []
  /**
   * The first moment at which each identity is in two calls: at the session that starts then, of equals the first in
   * input order; with the session of another call that runs then and started first, then by input order.
   */
  readonly evidence: CallOverlap[] = []
  /** By participant: time with two sessions or more, and with two calls or more. */
  readonly sessionTicks: TickSums
  readonly callTicks: TickSums
  /** Slot 0: over all identities and calls, time with two sessions or more of the call. */
  readonly sameCallTicks = new TickSums(1)

  readonly #facts: Facts
  readonly #start: TickWords
  readonly #end: TickWords
  readonly #callOf: Int32Array
  /** By call: its sessions that run now, and the row whose start made them two. */
  readonly #runningOfCall: Int32Array
  readonly #doubledBy: Int32Array
  #running = 0
  #runningCalls = 0
  /** The rows whose start made the running sessions, and calls, two. */
  #sessionsDoubledBy = -1
  #callsDoubledBy = -1

  constructor(facts: Facts, calls: CallNumbers) {
    this.#facts = facts
    this.#start = tickWords(facts.startTicks)
    this.#end = tickWords(facts.endTicks)
    this.#callOf = calls.of
    this.#runningOfCall = new Int32Array(calls.count)
    this.#doubledBy = new Int32Array(calls.count)
    this.sessionTicks = new TickSums(facts.participants.count)
    this.callTicks = new TickSums(facts.participants.count)
  }

  /** Sweeps over all events of one identity, which are in the order of time. */
  run(participant: number, events: Int32Array): void {
    // Two events are one session, which overlaps nothing.
    if (events.length < 3) return
    const counts = { participant, sessions: 0, pairs: 0, sameCallPairs: 0, maxConcurrent: 0 }
    let isInTwoCalls = false
    for (const event of events) {
      const row = eventRow(event)
      const kind = eventKind(event)
      if (kind === EventKind.end) this.#endSession(participant, row)
      else counts.sessions += 1
      if (kind !== EventKind.start) continue
      this.#startSession(counts, row)
      if (isInTwoCalls || this.#runningCalls < 2) continue
      isInTwoCalls = true
      this.evidence.push({ participant, rowA: row, rowB: this.#firstOfOtherCall(events, row) })
    }
    if (counts.pairs > 0) this.counted.push(counts)
  }

  #startSession(counts: OverlapCounts, row: number): void {
    const call = this.#callOf[row] ?? -1
    const inCall = this.#runningOfCall[call] ?? 0
    counts.pairs += this.#running
    counts.sameCallPairs += inCall
    this.#runningOfCall[call] = inCall + 1
    if (inCall === 1) this.#doubledBy[call] = row
    if (inCall === 0 && ++this.#runningCalls === 2) this.#callsDoubledBy = row
    if (++this.#running === 2) this.#sessionsDoubledBy = row
    counts.maxConcurrent = Math.max(counts.maxConcurrent, this.#running)
  }

  #endSession(participant: number, row: number): void {
    const call = this.#callOf[row] ?? -1
    const inCall = (this.#runningOfCall[call] ?? 0) - 1
    this.#runningOfCall[call] = inCall
    if (inCall === 1) this.#addTime(this.sameCallTicks, 0, this.#doubledBy[call] ?? -1, row)
    if (inCall === 0 && --this.#runningCalls === 1)
      this.#addTime(this.callTicks, participant, this.#callsDoubledBy, row)
    if (--this.#running === 1) this.#addTime(this.sessionTicks, participant, this.#sessionsDoubledBy, row)
  }

  /** Adds the time from the start of one row to the end of another. */
  #addTime(sums: TickSums, slot: number, startRow: number, endRow: number): void {
    sums.addSpan(slot, this.#start, startRow, this.#end, endRow)
  }

  /** Of the sessions that run when `row` starts and are of another call, the first in the order of events. */
  #firstOfOtherCall(events: Int32Array, row: number): number {
    const { startTicks, endTicks } = this.#facts
    const start = startTicks[row] ?? 0n
    const event = events.find((each) => {
      const other = eventRow(each)
      return (
        eventKind(each) === EventKind.start &&
        (endTicks[other] ?? 0n) > start &&
        this.#callOf[other] !== this.#callOf[row]
      )
    })
    return event === undefined ? row : eventRow(event)
  }
}
