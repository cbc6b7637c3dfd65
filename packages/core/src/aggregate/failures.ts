/** What failed. In: counted sessions. Out: how many failed, at which stage, for which reason. */
import type { IntervalRows } from "@callsift/kernel"
import { RowFlag } from "../facts/facts.ts"
import type { Texts } from "../facts/string-table.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"

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
  readonly rows: IntervalRows
  sessions: number
  failed: number
  segmentFailures: number
  /** Failed sessions by stage, then by reason: indices of texts. */
  readonly byStage: Map<number, Map<number, number>>
}

/** Failed sessions. */
export const failures: Aggregate<FailureCounts, Failures> = {
  zero: (_, { rows }) => ({ rows, sessions: 0, failed: 0, segmentFailures: 0, byStage: new Map() }),
  add: (state, { flags, failureStage, failureReason }, { counted }) => {
    state.sessions += counted.length
    for (const row of state.rows.marked(RowFlag.failed | RowFlag.segmentFailed)) {
      const bits = flags[row] ?? 0
      if ((bits & RowFlag.segmentFailed) !== 0) state.segmentFailures += 1
      if ((bits & RowFlag.failed) === 0) continue
      state.failed += 1
      addReason(state, failureStage[row] ?? -1, failureReason[row] ?? -1)
    }
  },
  finish: (state, { strings }) => ({
    failed: state.failed,
    rate: state.sessions === 0 ? null : state.failed / state.sessions,
    segmentFailures: state.segmentFailures,
    byStage: byStage(state, strings),
    byReason: byReason(state, strings),
  }),
}

function addReason(state: FailureCounts, stage: number, reason: number): void {
  const reasons = state.byStage.get(stage) ?? new Map<number, number>()
  state.byStage.set(stage, reasons)
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
}

function byStage(state: FailureCounts, strings: Texts): Failures["byStage"] {
  return [...state.byStage]
    .map(([stage, reasons]) => ({
      stage: strings.get(stage) ?? null,
      sessions: [...reasons.values()].reduce((sum, sessions) => sum + sessions, 0),
    }))
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.stage,
      ),
    )
}

function byReason(state: FailureCounts, strings: Texts): Failures["byReason"] {
  const named = (stage: number, [reason, sessions]: [number, number]): Failures["byReason"][number] => ({
    stage: strings.get(stage) ?? null,
    reason: strings.get(reason) ?? null,
    sessions,
  })
  return [...state.byStage]
    .flatMap(([stage, reasons]) => [...reasons].map((counts) => named(stage, counts)))
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.stage,
        (each) => each.reason,
      ),
    )
}
