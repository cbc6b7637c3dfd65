/**
 * Which modalities went together. In: counted sessions (their time: timed ones). Out: every exact set, every pair
 * with Jaccard index and lift, every single modality. All follow from the counts of the exact sets.
 */
import { SetSums, type SetSum } from "@callsift/kernel"
import { MODALITIES, modalityNames, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { nearestDouble, secondsOf } from "./rational.ts"

/** Sessions with exactly these modalities, in the order of the model; none for the empty set. */
export interface ModalitySet {
  readonly modalities: readonly Modality[]
  readonly sessions: number
  readonly seconds: number
}

/** Sessions with both modalities, whatever else they have; `a` stands before `b` in the model. */
export interface ModalityPair {
  readonly a: Modality
  readonly b: Modality
  readonly sessions: number
  readonly seconds: number
  /** n(a∧b) / n(a∨b); null where no session has either. */
  readonly jaccard: number | null
  /** n(a∧b)·N / (n(a)·n(b)), N the sessions with any modality; null where no session has `a`, or none `b`. */
  readonly lift: number | null
}

/** The figures of modalities. */
export interface ModalityFigures {
  /** Sets that occur: by sessions, the most first, then by the names joined by commas. */
  readonly sets: readonly ModalitySet[]
  /** All pairs of the model: by sessions, the most first, then by names. */
  readonly pairs: readonly ModalityPair[]
  /** All members of the model, in its order. */
  readonly single: readonly { readonly modality: Modality; readonly sessions: number; readonly seconds: number }[]
}

const SET_COUNT = 2 ** MODALITIES.length

/** Modalities by themselves and together. */
export const modalities: Aggregate<SetSums, ModalityFigures> = {
  zero: (_, sessions) => new SetSums(sessions.rows),
  add: (sums) => sums.add(),
  finish: (sums) => {
    const state = presentSets(sums)
    return {
      sets: sets(state),
      pairs: pairs(state),
      single: MODALITIES.map((modality, index) => ({ modality, ...supersetsOf(state, 1 << index) })),
    }
  },
}

/** A set of modalities that some sessions have. */
interface PresentSet extends SetSum {
  readonly set: number
}

function presentSets(sums: SetSums): PresentSet[] {
  return sums
    .sums()
    .slice(0, SET_COUNT)
    .map((sum, set) => ({ set, ...sum }))
    .filter(({ rowCount }) => rowCount > 0)
}

function sets(state: readonly PresentSet[]): ModalitySet[] {
  return state
    .map(({ set, rowCount, lengthSum }) => ({
      modalities: modalityNames(set),
      sessions: rowCount,
      seconds: secondsOf(lengthSum),
    }))
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.modalities.join(","),
      ),
    )
}

function pairs(state: readonly PresentSet[]): ModalityPair[] {
  const nonEmpty = state.reduce((sum, { set, rowCount }) => (set === 0 ? sum : sum + rowCount), 0)
  return MODALITIES.flatMap((a, first) =>
    MODALITIES.slice(first + 1).map((b, offset) => pair(state, nonEmpty, a, first, b, first + 1 + offset)),
  ).toSorted(
    byCountThenName(
      (each) => each.sessions,
      (each) => each.a,
      (each) => each.b,
    ),
  )
}

function pair(
  state: readonly PresentSet[],
  nonEmpty: number,
  a: Modality,
  first: number,
  b: Modality,
  second: number,
): ModalityPair {
  const both = supersetsOf(state, (1 << first) | (1 << second))
  const withA = supersetsOf(state, 1 << first).sessions
  const withB = supersetsOf(state, 1 << second).sessions
  const either = withA + withB - both.sessions
  const product = BigInt(withA) * BigInt(withB)
  return {
    a,
    b,
    ...both,
    jaccard: either === 0 ? null : both.sessions / either,
    lift: product === 0n ? null : nearestDouble(BigInt(both.sessions) * BigInt(nonEmpty), product),
  }
}

/** Sessions, and their time, of all sets that hold every member of `bits`. */
function supersetsOf(
  state: readonly PresentSet[],
  bits: number,
): { readonly sessions: number; readonly seconds: number } {
  let sessions = 0
  let ticks = 0n
  for (const { set, rowCount, lengthSum } of state) {
    if ((set & bits) !== bits) continue
    sessions += rowCount
    ticks += lengthSum
  }
  return { sessions, seconds: secondsOf(ticks) }
}
