/**
 * Which modalities went together. In: counted sessions (their time: timed ones). Out: every exact set, every pair
 * with Jaccard index and lift, every single modality. All follow from the counts of the exact sets.
 */
import { MODALITIES, modalityNames, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { nearestDouble, secondsOf } from "./rational.ts"
import { TickSums } from "./tick-sums.ts"
import { tickWords } from "./tick-words.ts"

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

/** Counts and times by exact set, whose bits are the index. */
interface SetCounts {
  readonly sessions: Float64Array
  readonly ticks: TickSums
}

/** Modalities by themselves and together. */
export const modalities: Aggregate<SetCounts, ModalityFigures> = {
  zero: () => ({ sessions: new Float64Array(SET_COUNT), ticks: new TickSums(SET_COUNT) }),
  add: ({ sessions, ticks }, batch, { counted, timed }) => {
    const { modalities: bits } = batch
    const start = tickWords(batch.startTicks)
    const end = tickWords(batch.endTicks)
    for (const row of counted) {
      const set = bits[row] ?? 0
      sessions[set] = (sessions[set] ?? 0) + 1
    }
    for (const row of timed) ticks.addSpan(bits[row] ?? 0, start, row, end, row)
  },
  finish: (state) => ({
    sets: sets(state),
    pairs: pairs(state),
    single: MODALITIES.map((modality, index) => ({ modality, ...supersetsOf(state, 1 << index) })),
  }),
}

function sets(state: SetCounts): ModalitySet[] {
  return Array.from(state.sessions, (sessions, set) => ({
    modalities: modalityNames(set),
    sessions,
    seconds: secondsOf(state.ticks.ticks(set)),
  }))
    .filter((each) => each.sessions > 0)
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.modalities.join(","),
      ),
    )
}

function pairs(state: SetCounts): ModalityPair[] {
  const nonEmpty = state.sessions.reduce((sum, sessions, set) => (set === 0 ? sum : sum + sessions), 0)
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
  state: SetCounts,
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
function supersetsOf(state: SetCounts, bits: number): { readonly sessions: number; readonly seconds: number } {
  let sessions = 0
  const ticks = new TickSums(1)
  for (let set = 0; set < SET_COUNT; set++) {
    if ((set & bits) !== bits) continue
    sessions += state.sessions[set] ?? 0
    ticks.addSum(0, state.ticks, set)
  }
  return { sessions, seconds: secondsOf(ticks.ticks(0)) }
}
