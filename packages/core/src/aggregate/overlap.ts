/**
 * Who was in several sessions at once. In: timed sessions as half-open intervals, touching ones apart. Out: for each
 * identity the pairs that overlap and how long, told apart by whether they are of one call, and where it began.
 * One sweep over each identity's sessions; nothing is compared pair by pair.
 */
import type { Facts } from "../facts/facts.ts"
import type { CallOverlap } from "../facts/session-findings.ts"
import type { OverlapCounts, OverlapSweep } from "./overlap-sweep.ts"
import { participantOrder } from "./participant-order.ts"
import { secondsOf } from "./rational.ts"
import type { TickSums } from "./tick-sums.ts"

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

/** The figures of a sweep over all identities. */
export function overlapFigures(facts: Facts, sweep: OverlapSweep): Overlap {
  const { counted, callTicks, sameCallTicks } = sweep
  return {
    participantsWithOverlap: counted.length,
    acrossCalls: total(counted, (each) => each.pairs - each.sameCallPairs, callTicks),
    sameCall: total(counted, (each) => each.sameCallPairs, sameCallTicks),
    participants: counted.toSorted(bySecondsAcrossCalls(facts)).map(participantOverlap),
    evidence: sweep.evidence.toSorted((a, b) => a.participant - b.participant),
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

function bySecondsAcrossCalls(facts: Facts): (a: OverlapCounts, b: OverlapCounts) => number {
  const byId = participantOrder(facts)
  return (a, b) => Number(b.callTicks - a.callTicks) || byId(a.participant, b.participant)
}

function participantOverlap(counts: OverlapCounts): ParticipantOverlap {
  const { participant, sessions, pairs, sameCallPairs, maxConcurrent } = counts
  return {
    participant,
    sessions,
    pairs,
    seconds: secondsOf(counts.sessionTicks),
    maxConcurrent,
    acrossCalls: { pairs: pairs - sameCallPairs, seconds: secondsOf(counts.callTicks) },
  }
}
