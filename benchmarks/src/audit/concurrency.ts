/** How many sessions ran at once: the peak, and every hour. One window over starts and ends. */
import { MODALITIES } from "@callsift/core"
import { instant, seconds, type Question, type Row } from "./question.ts"

const HOUR = "36000000000"

/** Table statements the questions need: how many run from each tick on. Marks at full hours carry the count over. */
export const CONCURRENCY_STATEMENTS = [
  `CREATE TABLE hour AS
WITH part AS (
  SELECT start_tick // ${HOUR} AS first, greatest(start_tick // ${HOUR}, (end_tick - 1) // ${HOUR}) AS last, start_tick, end_tick FROM timed),
inside AS (
  SELECT unnest(range(first, last + 1)) AS hour, first, last, start_tick, end_tick FROM part)
SELECT hour, count(*) FILTER (hour = first) AS started, bool_or(hour < first + 48 OR hour = last) AS listed,
  sum(least(end_tick, (hour + 1) * ${HOUR}) - greatest(start_tick, hour * ${HOUR})) AS ticks
FROM inside GROUP BY hour`,
  `CREATE TABLE running AS
SELECT tick, sum(step) OVER (ORDER BY tick) AS sessions FROM (
  SELECT start_tick AS tick, 1 AS step FROM timed WHERE start_tick < end_tick
  UNION ALL SELECT end_tick, -1 FROM timed WHERE start_tick < end_tick
  UNION ALL SELECT hour * ${HOUR}, 0 FROM hour)`,
]

const peak: Question = {
  name: "peak concurrency",
  sql: `SELECT sessions AS peak, ${instant("min(tick)")} AS peakAt,
  (SELECT sum(ticks) / nullif(max(end_tick) - min(start_tick), 0) FROM timed) AS meanSessions
FROM running WHERE sessions = (SELECT max(sessions) FROM running) GROUP BY sessions`,
  expected: ({ concurrency: { peak: most, peakAt, meanSessions } }) => [{ peak: most, peakAt, meanSessions }],
}

const byHour: Question = {
  name: "concurrency by hour",
  sql: `SELECT ${instant(`hour * ${HOUR}`)} AS start, coalesce(peak, 0) AS peak, ticks / ${HOUR} AS meanSessions, started
FROM hour LEFT JOIN (SELECT tick // ${HOUR} AS hour, max(sessions) AS peak FROM running GROUP BY ALL) USING (hour)
WHERE listed ORDER BY hour`,
  expected: ({ concurrency }) => concurrency.byHour.map((hour): Row => ({ ...hour })),
}

const busyHour: Question = {
  name: "busy hour",
  sql: `SELECT ${instant(`hour * ${HOUR}`)} AS start, ${seconds("ticks")} AS sessionSeconds, ticks / ${HOUR} AS erlangs
FROM hour WHERE listed AND ticks > 0 ORDER BY ticks DESC, hour LIMIT 1`,
  expected: ({ concurrency: { busyHour: hour } }) => (hour === null ? [] : [{ ...hour }]),
}

const peakByModality: Question = {
  name: "peak concurrency by modality",
  sql: `WITH event AS (
  SELECT modality, tick, sum(step) OVER (PARTITION BY modality ORDER BY tick) AS sessions FROM (
    SELECT start_tick AS tick, 1 AS step, bits FROM timed WHERE start_tick < end_tick
    UNION ALL SELECT end_tick, -1, bits FROM timed WHERE start_tick < end_tick), range(${MODALITIES.length}) AS names(modality)
  WHERE (bits >> modality::INT) & 1 = 1)
SELECT modality, max(sessions) AS peak, ${instant("arg_min(tick, row(-sessions, tick))")} AS peakAt FROM event GROUP BY modality ORDER BY modality`,
  expected: ({ concurrency }) =>
    concurrency.byModality
      .map(({ peak: most, peakAt }, modality): Row => ({ modality, peak: most, peakAt }))
      .filter((each) => each["peak"] !== 0),
}

/** Sessions at once. */
export const CONCURRENCY: readonly Question[] = [peak, byHour, busyHour]

/** Those that the comparison of speed leaves out. */
export const MORE_CONCURRENCY: readonly Question[] = [peakByModality]
