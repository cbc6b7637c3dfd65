/**
 * Who was in several sessions at once. In: timed sessions as half-open intervals, touching ones apart. Out: for each
 * identity the pairs that overlap and how long, told apart by whether they are of one call, and where it began.
 * One sweep over each identity's sessions; nothing is compared pair by pair.
 */
import type { IntervalResults, OverlapResults, OverlapTotals } from "@callsift/kernel"
import type { Facts } from "../facts/facts.ts"
import type { CallOverlap, CallOverlaps } from "../facts/session-findings.ts"
import { firstOf, ranked, type Ranking } from "./ranked.ts"
import { secondsOf } from "./rational.ts"

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
  readonly participants: ParticipantOverlaps
  readonly evidence: CallOverlaps
}

/** All identities with a pair: by seconds across calls, the most first, then by id. Figures are made when they are asked for. */
export class ParticipantOverlaps implements Iterable<ParticipantOverlap> {
  readonly #overlaps: OverlapResults
  readonly #ranking: Ranking

  /** `overlapsByTime`: by the time across calls, the most first. */
  constructor({ participants }: Facts, { overlaps, overlapsByTime }: IntervalResults) {
    this.#overlaps = overlaps
    this.#ranking = {
      order: overlapsByTime,
      isEqual: (a, b) => overlaps.hasSameAcrossTicks(a, b),
      idOf: (overlap) => participants.id(overlaps.participant(overlap)),
    }
  }

  *[Symbol.iterator](): Generator<ParticipantOverlap> {
    for (const overlap of ranked(this.#ranking)) yield participantOverlap(this.#overlaps, overlap)
  }

  /** The first of them, so many. */
  first(count: number): ParticipantOverlap[] {
    return firstOf(this, count)
  }
}

/** The figures of a sweep over all identities. */
export function overlapFigures(facts: Facts, results: IntervalResults): Overlap {
  const { overlaps, acrossByRow } = results
  return {
    participantsWithOverlap: overlaps.count,
    acrossCalls: total(overlaps.across),
    sameCall: total(overlaps.sameGroup),
    participants: new ParticipantOverlaps(facts, results),
    evidence: { length: acrossByRow.length, at: (index) => callOverlap(overlaps, acrossByRow[index]) },
  }
}

function total({ pairs, ticks, participants }: OverlapTotals): OverlapTotal {
  return { pairs, seconds: secondsOf(ticks), participants }
}

/**
 * The first moment at which each identity is in two calls: at the session that starts then, of equals the first in
 * input order; with the session of another call that runs then and started first, then by input order.
 */
function callOverlap(overlaps: OverlapResults, overlap: number | undefined): CallOverlap | undefined {
  if (overlap === undefined) return undefined
  return { participant: overlaps.participant(overlap), rowA: overlaps.rowA(overlap), rowB: overlaps.rowB(overlap) }
}

function participantOverlap(overlaps: OverlapResults, overlap: number): ParticipantOverlap {
  return {
    participant: overlaps.participant(overlap),
    sessions: overlaps.intervals(overlap),
    pairs: overlaps.pairs(overlap),
    seconds: secondsOf(overlaps.ticks(overlap)),
    maxConcurrent: overlaps.most(overlap),
    acrossCalls: { pairs: overlaps.acrossPairs(overlap), seconds: secondsOf(overlaps.acrossTicks(overlap)) },
  }
}
