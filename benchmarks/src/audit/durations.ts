/** How long sessions lasted: statistics with quantiles of type 7, and a histogram. */
import type { Report } from "@callsift/core"
import { seconds, type Question, type Row } from "./question.ts"

const STATISTICS = `count(*) AS count, ${seconds("min(ticks)")} AS minSeconds, ${seconds("max(ticks)")} AS maxSeconds,
  ${seconds("avg(ticks)")} AS meanSeconds, ${seconds("stddev_pop(ticks)")} AS stddevSeconds, ${seconds("sum(ticks)")} AS sumSeconds,
  quantile_cont(ticks / 1e7, [0.5, 0.9, 0.95, 0.99]) AS quantiles`
const QUANTILES = `quantiles[1] AS p50Seconds, quantiles[2] AS p90Seconds, quantiles[3] AS p95Seconds, quantiles[4] AS p99Seconds`

type Statistics = Report["durations"]["overall"]

/** One row of statistics, keys in the order of the report. */
function rowOf({ count, ...figures }: Statistics): Row {
  return { count, ...figures }
}

const overall: Question = {
  name: "durations",
  sql: `SELECT * EXCLUDE (quantiles), ${QUANTILES} FROM (SELECT ${STATISTICS} FROM timed)`,
  expected: ({ durations }) => [rowOf(durations.overall)],
}

const byModality: Question = {
  name: "durations by modality",
  sql: `SELECT * EXCLUDE (quantiles), ${QUANTILES}
FROM (SELECT modality, ${STATISTICS} FROM timed, range(7) AS names(modality) WHERE (bits >> modality::INT) & 1 = 1 GROUP BY modality)
ORDER BY modality`,
  expected: ({ durations }) =>
    durations.byModality
      .map((each, index): Row => {
        const { modality: _, ...statistics } = each
        return { modality: index, ...rowOf(statistics) }
      })
      .filter(({ count }) => count !== 0),
}

const byFailure: Question = {
  name: "durations by failure",
  sql: `SELECT * EXCLUDE (quantiles), ${QUANTILES}
FROM (SELECT failed, ${STATISTICS} FROM timed GROUP BY failed) ORDER BY failed`,
  expected: ({ durations }) =>
    durations.byFailure.filter(({ count }) => count !== 0).map(({ failed, ...each }) => ({ failed, ...rowOf(each) })),
}

const byCallType: Question = {
  name: "durations by type of call",
  sql: `SELECT * EXCLUDE (quantiles), ${QUANTILES}
FROM (SELECT call_type AS callType, ${STATISTICS} FROM timed GROUP BY call_type) ORDER BY count DESC, callType NULLS FIRST`,
  expected: ({ durations }) => durations.byCallType.map(({ callType, ...each }) => ({ callType, ...rowOf(each) })),
}

const EDGES = [0, 1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]

const histogram: Question = {
  name: "histogram of durations",
  sql: `SELECT edge AS fromSeconds, count(*) AS count FROM timed
JOIN (SELECT edge, coalesce(lead(edge) OVER (ORDER BY edge) * 10000000, 9223372036854775807) AS next FROM (SELECT unnest([${EDGES.join(", ")}])::BIGINT AS edge))
ON ticks >= edge * 10000000 AND ticks < next
GROUP BY edge ORDER BY edge`,
  expected: ({ durations }) =>
    durations.histogram.filter(({ count }) => count > 0).map(({ fromSeconds, count }): Row => ({ fromSeconds, count })),
}

/** Statistics of durations. */
export const DURATIONS: readonly Question[] = [overall, byModality]

/** Those that the comparison of speed leaves out. */
export const MORE_DURATIONS: readonly Question[] = [byFailure, byCallType, histogram]
