/**
 * How much each participant took part. In: counted sessions. Out: sessions, calls, their time summed, and the length
 * of their union. An identity at both ends of a session counts once.
 */
import type { Facts } from "../facts/facts.ts"
import { IDENTITY_KINDS, type IdentityKind } from "../model/identity.ts"
import { callNumbers } from "./call-number.ts"
import type { Groups } from "./grouping.ts"
import { participantOrder } from "./participant-order.ts"
import { secondsOf } from "./rational.ts"
import { isTimed } from "./selection.ts"
import { TickSums } from "./tick-sums.ts"
import { tickWords, type TickWords } from "./tick-words.ts"

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

/**
 * All participants of `rows`: by seconds, the most first, then by id. `groups` has the rows by participant, each
 * participant's in the order of their starts.
 */
export function talkTimes(facts: Facts, rows: Int32Array, groups: Groups): TalkTime[] {
  const { count } = facts.participants
  const tally = new TalkTally(facts, rows)
  const present: number[] = []
  for (let participant = 0; participant < count; participant++) {
    const own = groups.items.subarray(groups.offsets[participant], groups.offsets[participant + 1])
    if (own.length === 0) continue
    tally.count(participant, own)
    present.push(participant)
  }
  const byId = participantOrder(facts)
  return present
    .toSorted((a, b) => tally.ticks.compare(b, a) || byId(a, b))
    .map((participant) => tally.figures(participant))
}

/** What was counted, by participant. */
class TalkTally {
  readonly ticks: TickSums
  readonly #unionTicks: TickSums
  readonly #sessions: Uint32Array
  readonly #calls: Uint32Array
  readonly #kinds: Uint8Array
  readonly #facts: Facts
  readonly #start: TickWords
  readonly #end: TickWords
  readonly #callOf: Int32Array
  /** By call: the participant that was last counted in it. */
  readonly #countedIn: Int32Array

  constructor(facts: Facts, rows: Int32Array) {
    const { count } = facts.participants
    const calls = callNumbers(facts, rows)
    this.#facts = facts
    this.#start = tickWords(facts.startTicks)
    this.#end = tickWords(facts.endTicks)
    this.ticks = new TickSums(count)
    this.#unionTicks = new TickSums(count)
    this.#sessions = new Uint32Array(count)
    this.#calls = new Uint32Array(count)
    this.#kinds = new Uint8Array(count)
    this.#callOf = calls.of
    this.#countedIn = new Int32Array(calls.count).fill(-1)
  }

  /** Counts a participant's sessions, which are in the order of their starts. */
  count(participant: number, rows: Int32Array): void {
    this.#sessions[participant] = rows.length
    this.#calls[participant] = this.#countCalls(participant, rows)
    this.#kinds[participant] = this.#commonKind(participant, rows)
    this.#addTimes(participant, rows)
  }

  /** What is said of a participant. */
  figures(participant: number): TalkTime {
    return {
      participant,
      kind: IDENTITY_KINDS[this.#kinds[participant] ?? 0] ?? "unknown",
      sessions: this.#sessions[participant] ?? 0,
      calls: this.#calls[participant] ?? 0,
      seconds: secondsOf(this.ticks.ticks(participant)),
      unionSeconds: secondsOf(this.#unionTicks.ticks(participant)),
    }
  }

  #countCalls(participant: number, rows: Int32Array): number {
    let count = 0
    for (const row of rows) {
      const call = this.#callOf[row] ?? -1
      if (this.#countedIn[call] !== participant) count += 1
      this.#countedIn[call] = participant
    }
    return count
  }

  #commonKind(participant: number, rows: Int32Array): number {
    const { caller, callee, callerKind, calleeKind } = this.#facts
    const counts = IDENTITY_KINDS.map(() => 0)
    const countEnd = (kind: number): void => {
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    for (const row of rows) {
      if (caller[row] === participant) countEnd(callerKind[row] ?? 0)
      if (callee[row] === participant) countEnd(calleeKind[row] ?? 0)
    }
    return counts.indexOf(Math.max(...counts))
  }

  /** Adds each session's time, and the time of their union: stretches that neither overlap nor touch. */
  #addTimes(participant: number, rows: Int32Array): void {
    const { startTicks, endTicks } = this.#facts
    const start = this.#start
    const end = this.#end
    let firstRow = -1
    let lastRow = -1
    for (const row of rows) {
      if (!isTimed(this.#facts, row)) continue
      this.ticks.addSpan(participant, start, row, end, row)
      if (lastRow >= 0 && (startTicks[row] ?? 0n) > (endTicks[lastRow] ?? 0n)) {
        this.#unionTicks.addSpan(participant, start, firstRow, end, lastRow)
        lastRow = -1
      }
      if (lastRow < 0) firstRow = row
      if (lastRow < 0 || (endTicks[row] ?? 0n) > (endTicks[lastRow] ?? 0n)) lastRow = row
    }
    if (lastRow >= 0) this.#unionTicks.addSpan(participant, start, firstRow, end, lastRow)
  }
}
