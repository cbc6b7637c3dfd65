/** What failed. In: counted sessions. Out: how many failed, at which stage, for which reason. */
import { RowFlag, type Facts } from "../facts/facts.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { hasFlag } from "./selection.ts"

/** The figures of failures. */
export interface Failures {
  /** Sessions whose failureInfo has a stage or a reason. */
  readonly failed: number
  /** failed / counted sessions, said of recorded sessions: no answer-seizure ratio. Null where there are none. */
  readonly rate: number | null
  /** Sessions that did not fail but hold a failed segment. */
  readonly segmentFailures: number
  /** Null where the stage is absent. By sessions, the most first, then by stage. */
  readonly byStage: readonly { readonly stage: string | null; readonly sessions: number }[]
  /** Absent parts are null. By sessions, the most first, then by stage, then by reason. */
  readonly byReason: readonly {
    readonly stage: string | null
    readonly reason: string | null
    readonly sessions: number
  }[]
}

interface FailureCounts {
  sessions: number
  failed: number
  segmentFailures: number
  /** Failed sessions by stage, then by reason. */
  readonly byStage: Map<string | null, Map<string | null, number>>
}

/** Failed sessions. */
export const failures: Aggregate<FailureCounts, Failures> = {
  zero: () => ({ sessions: 0, failed: 0, segmentFailures: 0, byStage: new Map() }),
  add: (state, facts, row) => {
    state.sessions += 1
    if (hasFlag(facts, row, RowFlag.segmentFailed)) state.segmentFailures += 1
    if (!hasFlag(facts, row, RowFlag.failed)) return
    state.failed += 1
    addReason(state, textAt(facts, facts.failureStage[row]), textAt(facts, facts.failureReason[row]), 1)
  },
  merge: (left, right) => {
    left.sessions += right.sessions
    left.failed += right.failed
    left.segmentFailures += right.segmentFailures
    for (const [stage, reasons] of right.byStage) {
      for (const [reason, sessions] of reasons) addReason(left, stage, reason, sessions)
    }
    return left
  },
  finish: (state) => ({
    failed: state.failed,
    rate: state.sessions === 0 ? null : state.failed / state.sessions,
    segmentFailures: state.segmentFailures,
    byStage: byStage(state),
    byReason: byReason(state),
  }),
}

function textAt(facts: Facts, index: number | undefined): string | null {
  return facts.strings[index ?? -1] ?? null
}

function addReason(state: FailureCounts, stage: string | null, reason: string | null, sessions: number): void {
  const reasons = state.byStage.get(stage) ?? new Map<string | null, number>()
  state.byStage.set(stage, reasons)
  reasons.set(reason, (reasons.get(reason) ?? 0) + sessions)
}

function byStage(state: FailureCounts): Failures["byStage"] {
  return [...state.byStage]
    .map(([stage, reasons]) => ({
      stage,
      sessions: [...reasons.values()].reduce((sum, sessions) => sum + sessions, 0),
    }))
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.stage,
      ),
    )
}

function byReason(state: FailureCounts): Failures["byReason"] {
  return [...state.byStage]
    .flatMap(([stage, reasons]) => [...reasons].map(([reason, sessions]) => ({ stage, reason, sessions })))
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.stage,
        (each) => each.reason,
      ),
    )
}
