/**
 * How long sessions lasted. In: timed sessions. Out: statistics of all, by modality, by failure, by type of call, and
 * a histogram; exact integers of ticks up to one rounding at the end. A session counts under each of its modalities.
 */
import { IntervalLengths, LENGTH_BYTES } from "@callsift/kernel"
import { RowFlag } from "../facts/facts.ts"
import type { MemoryAccount } from "../facts/work-space.ts"
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { MODALITIES, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { callTypes, DurationGroups, type DurationGroup } from "./duration-groups.ts"
import { secondsOf } from "./rational.ts"

/** Statistics of durations in seconds; all null where the count is 0. Quantiles are of type 7. */
export interface DurationStatistics {
  readonly count: number
  readonly minSeconds: number | null
  readonly maxSeconds: number | null
  readonly meanSeconds: number | null
  /** Population standard deviation. */
  readonly stddevSeconds: number | null
  readonly sumSeconds: number | null
  readonly p50Seconds: number | null
  readonly p90Seconds: number | null
  readonly p95Seconds: number | null
  readonly p99Seconds: number | null
}

/** Sessions that lasted at least `fromSeconds` and less than `toSeconds` (null: any time). */
export interface HistogramBin {
  readonly fromSeconds: number
  readonly toSeconds: number | null
  readonly count: number
}

/** The figures of durations. */
export interface Durations {
  readonly overall: DurationStatistics
  /** Every modality of the model, in its order. */
  readonly byModality: readonly ({ readonly modality: Modality } & DurationStatistics)[]
  /** First the sessions that did not fail. */
  readonly byFailure: readonly ({ readonly failed: boolean } & DurationStatistics)[]
  /** Null where no callRecord says; most sessions first. */
  readonly byCallType: readonly ({ readonly callType: string | null } & DurationStatistics)[]
  readonly histogram: readonly HistogramBin[]
}

/** Lower edges of the histogram's bins, in seconds. */
export const HISTOGRAM_EDGES_SECONDS = [
  0, 1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400,
] as const
const HISTOGRAM_EDGES_TICKS = HISTOGRAM_EDGES_SECONDS.map((seconds) => BigInt(seconds) * TICKS_PER_SECOND)

/** What the passes over the rows are made of. */
interface DurationState {
  readonly lengths: IntervalLengths
  readonly types: readonly (string | null)[]
  readonly account: MemoryAccount
  readonly takenBytes: number
}

/** The second pass over the rows. */
export interface SecondPass extends Aggregate<DurationGroups, Durations> {
  /** Whether rows have to be added: the durations were not all kept. */
  readonly needsRows: boolean
}

/** Statistics of durations. Their quantiles may need the rows a second time: `finish` gives the aggregate for that. */
export const durations: Aggregate<DurationState, SecondPass> = {
  zero: (facts, sessions) => {
    const { types, typeOfCall } = callTypes(facts)
    const { rowCount, space } = facts
    const bytes = LENGTH_BYTES * rowCount
    const isKept = space.durations.take(bytes)
    const lengths = new IntervalLengths(sessions.rows, {
      rowCount,
      isKept,
      markMask: RowFlag.failed,
      classOfGroup: typeOfCall,
      edges: HISTOGRAM_EDGES_TICKS,
    })
    return { lengths, types, account: space.durations, takenBytes: isKept ? bytes : 0 }
  },
  add: ({ lengths }) => lengths.add(),
  finish: secondPass,
}

function secondPass({ lengths, types, account, takenBytes }: DurationState): SecondPass {
  return {
    needsRows: lengths.needsRows,
    zero: () => {
      const groups = new DurationGroups(lengths.cells(), types)
      lengths.want(
        groups.ofCell,
        groups.all.map(({ order }) => order.ranks),
      )
      return groups
    },
    add: () => lengths.keep(),
    finish: (groups) => {
      const values = lengths.values()
      groups.all.forEach(({ order }, place) => order.take(values[place] ?? []))
      account.give(takenBytes)
      return figures(groups, lengths.histogram())
    },
  }
}

function figures(groups: DurationGroups, histogram: readonly number[]): Durations {
  return {
    overall: statistics(groups.overall),
    byModality: MODALITIES.map((modality, index) => ({ modality, ...statistics(groups.byModality[index]) })),
    byFailure: groups.byFailure.map((group, failed) => ({ failed: failed === 1, ...statistics(group) })),
    byCallType: [...groups.byCallType]
      .map(([callType, group]) => ({ callType, ...statistics(group) }))
      .toSorted(
        byCountThenName(
          (each) => each.count,
          (each) => each.callType,
        ),
      ),
    histogram: HISTOGRAM_EDGES_SECONDS.map((fromSeconds, bin) => ({
      fromSeconds,
      toSeconds: HISTOGRAM_EDGES_SECONDS[bin + 1] ?? null,
      count: histogram[bin] ?? 0,
    })),
  }
}

const NO_DURATION: DurationStatistics = {
  count: 0,
  minSeconds: null,
  maxSeconds: null,
  meanSeconds: null,
  stddevSeconds: null,
  sumSeconds: null,
  p50Seconds: null,
  p90Seconds: null,
  p95Seconds: null,
  p99Seconds: null,
}

function statistics(group: DurationGroup | undefined): DurationStatistics {
  if (group === undefined || group.moments.count === 0) return NO_DURATION
  const { moments, order } = group
  return {
    count: moments.count,
    minSeconds: secondsOf(order.least()),
    maxSeconds: secondsOf(order.greatest()),
    meanSeconds: moments.meanSeconds(),
    stddevSeconds: moments.stddevSeconds(),
    sumSeconds: secondsOf(moments.sumTicks()),
    p50Seconds: order.percentileSeconds(50),
    p90Seconds: order.percentileSeconds(90),
    p95Seconds: order.percentileSeconds(95),
    p99Seconds: order.percentileSeconds(99),
  }
}
