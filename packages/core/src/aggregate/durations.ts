/**
 * How long sessions lasted. In: timed sessions. Out: statistics of all, by modality, by failure, by type of call, and
 * a histogram; exact integers of ticks up to one rounding at the end. A session counts under each of its modalities.
 */
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { MODALITIES, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { DurationCells, type DurationGroup, type DurationGroups } from "./duration-groups.ts"
import { DurationSpread } from "./duration-spread.ts"
import { secondsOf } from "./rational.ts"
import { spanHigh, spanLow, tickWords } from "./tick-words.ts"

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
const HISTOGRAM_EDGES_TICKS = HISTOGRAM_EDGES_SECONDS.map((seconds) => seconds * Number(TICKS_PER_SECOND))
const WORD = 2 ** 32

/** What the passes over the rows are made of. */
interface DurationState {
  readonly cells: DurationCells
  readonly spread: DurationSpread
  readonly histogram: Float64Array
}

/** Statistics of durations. Its figures need the rows a second time: they are what the aggregate of `finish` gives. */
export const durations: Aggregate<DurationState, Aggregate<DurationGroups, Durations>> = {
  zero: (facts) => ({
    cells: new DurationCells(facts),
    spread: new DurationSpread(facts.rowCount),
    histogram: new Float64Array(HISTOGRAM_EDGES_SECONDS.length),
  }),
  add: ({ cells, spread, histogram }, batch, { timed }) => {
    const start = tickWords(batch.startTicks)
    const end = tickWords(batch.endTicks)
    const cellOf = cells.of(batch)
    for (const row of timed) {
      const high = spanHigh(start, row, end, row)
      const low = spanLow(start, row, end, row)
      const cell = cellOf(row)
      cells.moments[cell]?.add(high, low)
      spread.count(cell, high, low)
      const bin = binOf(high * WORD + low)
      histogram[bin] = (histogram[bin] ?? 0) + 1
    }
  },
  finish: secondPass,
}

function secondPass({ cells, spread, histogram }: DurationState): Aggregate<DurationGroups, Durations> {
  return {
    zero: () => {
      const groups = cells.groups()
      spread.want(groups)
      return groups
    },
    add: (_, batch, { timed }) => {
      const start = tickWords(batch.startTicks)
      const end = tickWords(batch.endTicks)
      const cellOf = cells.of(batch)
      for (const row of timed) {
        const high = spanHigh(start, row, end, row)
        const low = spanLow(start, row, end, row)
        if (spread.isWanted(high, low)) spread.keep(cellOf(row), high, low)
      }
    },
    finish: (groups) => {
      spread.settle()
      return figures(groups, histogram)
    },
  }
}

function figures(groups: DurationGroups, histogram: Float64Array): Durations {
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

/** The bin of a duration in ticks: exact below 2^53, and what is rounded beyond lies in the open bin. */
function binOf(ticks: number): number {
  let low = 0
  let high = HISTOGRAM_EDGES_TICKS.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((HISTOGRAM_EDGES_TICKS[middle] ?? 0) <= ticks) low = middle
    else high = middle
  }
  return low
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
