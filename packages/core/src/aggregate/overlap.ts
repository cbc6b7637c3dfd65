/**
 * Who was in several sessions at once. In: timed sessions as half-open intervals, touching ones apart. Out: for each
 * identity the pairs that overlap and how long, told apart by whether they are of one call, and where it began.
 * One sweep over each identity's events; nothing is compared pair by pair.
 */
import type { Facts } from "../facts/facts.ts"
import type { CallOverlap } from "../facts/session-findings.ts"
import type { Aggregate } from "./aggregate.ts"
import { callNumbers } from "./call-number.ts"
import { groupItems, type Groups } from "./grouping.ts"
import { OverlapSweep, type OverlapCounts } from "./overlap-sweep.ts"
import { participantOrder } from "./participant-order.ts"
import { secondsOf } from "./rational.ts"
import { sortedRows, type RowList } from "./row-list.ts"
import { TickSums } from "./tick-sums.ts"
import { timedRows } from "./timed-rows.ts"
import { eventRow, timeline } from "./timeline.ts"

/** Sums over identities; an identity counts in `participants` if it has at least one such pair. */
export interface OverlapTotal {
  readonly pairs: number
  readonly seconds: number
  readonly participants: number
}

/** One identity with at least one pair. */
export interface ParticipantOverlap {
  /** Number in `facts.participants`. */
  readonly participant: number
  /** Its timed sessions. */
  readonly sessions: number
  /** Pairs of sessions that overlap. */
  readonly pairs: number
  /** Time in which two or more of its sessions run. */
  readonly seconds: number
  /** The most of its sessions at once. */
  readonly maxConcurrent: number
  /** Pairs of different calls, and the time in which sessions of two or more calls run. */
  readonly acrossCalls: { readonly pairs: number; readonly seconds: number }
}

/** The figures of overlap. */
export interface Overlap {
  readonly participantsWithOverlap: number
  readonly acrossCalls: OverlapTotal
  readonly sameCall: OverlapTotal
  /** All identities with a pair: by seconds across calls, the most first, then by id. */
  readonly participants: readonly ParticipantOverlap[]
  /** One for each identity in two calls at once, by participant number. */
  readonly evidence: readonly CallOverlap[]
}

/** Sessions of one identity at once. */
export const overlap: Aggregate<RowList, Overlap> = {
  ...timedRows,
  finish: (state, facts) => {
    const rows = sortedRows(state)
    const groups = eventsByParticipant(facts, timeline(facts, rows))
    const sweep = new OverlapSweep(facts, callNumbers(facts, rows))
    for (let participant = 0; participant < facts.participants.count; participant++) {
      sweep.run(participant, groups.items.subarray(groups.offsets[participant], groups.offsets[participant + 1]))
    }
    return figures(facts, sweep)
  },
}

/** The events of each identity, in the order of time; an identity at both ends of a session has them once. */
function eventsByParticipant(facts: Facts, events: Int32Array): Groups {
  return groupItems(facts.participants.count, (emit) => {
    for (const event of events) {
      const caller = facts.caller[eventRow(event)] ?? -1
      const callee = facts.callee[eventRow(event)] ?? -1
      if (caller >= 0) emit(caller, event)
      if (callee >= 0 && callee !== caller) emit(callee, event)
    }
  })
}

function figures(facts: Facts, sweep: OverlapSweep): Overlap {
  const { counted, callTicks, sameCallTicks } = sweep
  const allCallTicks = new TickSums(1)
  for (const each of counted) allCallTicks.addSum(0, callTicks, each.participant)
  return {
    participantsWithOverlap: counted.length,
    acrossCalls: total(counted, (each) => each.pairs - each.sameCallPairs, allCallTicks),
    sameCall: total(counted, (each) => each.sameCallPairs, sameCallTicks),
    participants: counted
      .toSorted(bySecondsAcrossCalls(facts, callTicks))
      .map((each) => participantOverlap(each, sweep)),
    evidence: sweep.evidence,
  }
}

function total(
  counted: readonly OverlapCounts[],
  pairsOf: (counts: OverlapCounts) => number,
  ticks: TickSums,
): OverlapTotal {
  return {
    pairs: counted.reduce((sum, each) => sum + pairsOf(each), 0),
    seconds: secondsOf(ticks.ticks(0)),
    participants: counted.reduce((sum, each) => sum + (pairsOf(each) > 0 ? 1 : 0), 0),
  }
}

function bySecondsAcrossCalls(facts: Facts, callTicks: TickSums): (a: OverlapCounts, b: OverlapCounts) => number {
  const byId = participantOrder(facts)
  return (a, b) => callTicks.compare(b.participant, a.participant) || byId(a.participant, b.participant)
}

function participantOverlap(counts: OverlapCounts, sweep: OverlapSweep): ParticipantOverlap {
  const { participant, sessions, pairs, sameCallPairs, maxConcurrent } = counts
  return {
    participant,
    sessions,
    pairs,
    seconds: secondsOf(sweep.sessionTicks.ticks(participant)),
    maxConcurrent,
    acrossCalls: { pairs: pairs - sameCallPairs, seconds: secondsOf(sweep.callTicks.ticks(participant)) },
  }
}
