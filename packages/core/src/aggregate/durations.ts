/**
 * How long sessions lasted. In: timed sessions. Out: statistics of all, by modality, by failure, by type of call, and
 * a histogram; exact integers of ticks up to one rounding at the end. A session counts under each of its modalities.
 */
import type { Facts } from "../facts/facts.ts"
import { TICKS_PER_SECOND } from "../model/instant.ts"
import { MODALITIES, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { DurationGroups, type DurationGroup } from "./duration-groups.ts"
import { secondsOf } from "./rational.ts"
import { sortedRows, type RowList } from "./row-list.ts"
import { spanHigh, spanLow, tickWords } from "./tick-words.ts"
import { rowsByTicks } from "./time-order.ts"
import { timedRows } from "./timed-rows.ts"

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

/** Statistics of durations. */
export const durations: Aggregate<RowList, Durations> = {
  ...timedRows,
  finish: (state, facts) => {
    const rows = sortedRows(state)
    const groups = groupDurations(facts, rows)
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
      histogram: histogram(facts, rows),
    }
  },
}

function groupDurations(facts: Facts, rows: Int32Array): DurationGroups {
  const groups = new DurationGroups(facts)
  const start = tickWords(facts.startTicks)
  const end = tickWords(facts.endTicks)
  for (const row of rows) {
    groups.cellOf(row).moments.add(spanHigh(start, row, end, row), spanLow(start, row, end, row))
  }
  groups.sumCells()
  passInOrder(facts, rows, groups)
  return groups
}

/** Passes every duration to its groups, in ascending order. */
function passInOrder(facts: Facts, rows: Int32Array, groups: DurationGroups): void {
  const spans = new BigInt64Array(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    spans[at] = (facts.endTicks[row] ?? 0n) - (facts.startTicks[row] ?? 0n)
  }
  for (const at of rowsByTicks(
    spans,
    rows.map((_, position) => position),
  )) {
    for (const group of groups.cellOf(rows[at] ?? 0).groups) group.order.pass(spans, at)
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

function histogram(facts: Facts, rows: Int32Array): HistogramBin[] {
  const counts = new Uint32Array(HISTOGRAM_EDGES_SECONDS.length)
  const start = tickWords(facts.startTicks)
  const end = tickWords(facts.endTicks)
  for (const row of rows) {
    // Exact below 2^53; what is rounded beyond lies in the open bin.
    const ticks = spanHigh(start, row, end, row) * WORD + spanLow(start, row, end, row)
    const bin = HISTOGRAM_EDGES_TICKS.findLastIndex((edge) => edge <= ticks)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return HISTOGRAM_EDGES_SECONDS.map((fromSeconds, bin) => ({
    fromSeconds,
    toSeconds: HISTOGRAM_EDGES_SECONDS[bin + 1] ?? null,
    count: counts[bin] ?? 0,
  }))
}
