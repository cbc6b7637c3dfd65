/**
 * Who was in several sessions at once. Each session is first held against its neighbours in the order of starts: those
 * that overlap no other, nearly all, are left out before the rest is taken apart into starts and ends.
 */
import { seconds, type Question, type Row } from "./question.ts"

/** Tables of the sessions that overlap, of their starts and ends with how many run then, and of their participants. */
export const OVERLAP_STATEMENTS = [
  `CREATE TABLE meeting AS
SELECT participant, call_key, start_tick, end_tick FROM attended WHERE start_tick < end_tick
QUALIFY start_tick < max(end_tick) OVER (PARTITION BY participant ORDER BY start_tick ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  OR end_tick > lead(start_tick) OVER (PARTITION BY participant ORDER BY start_tick)`,
  // Ends go before starts of one instant, so touching sessions stay apart.
  `CREATE TABLE moment AS
SELECT participant, call_key, tick, step,
  sum(step) OVER (PARTITION BY participant ORDER BY tick, step ROWS UNBOUNDED PRECEDING) AS sessions,
  lead(tick) OVER (PARTITION BY participant ORDER BY tick, step) AS next,
  sum(step) OVER (PARTITION BY participant, call_key ORDER BY tick, step ROWS UNBOUNDED PRECEDING) AS of_call,
  lead(tick) OVER (PARTITION BY participant, call_key ORDER BY tick, step) AS next_of_call
FROM (
  SELECT participant, call_key, start_tick AS tick, 1 AS step FROM meeting
  UNION ALL
  SELECT participant, call_key, end_tick, -1 FROM meeting)`,
  // A call begins to run with its first session and ends with its last.
  `CREATE TABLE call_moment AS
SELECT participant, tick, sum(step) OVER (PARTITION BY participant ORDER BY tick, step ROWS UNBOUNDED PRECEDING) AS calls,
  lead(tick) OVER (PARTITION BY participant ORDER BY tick, step) AS next
FROM moment WHERE (step = 1 AND of_call = 1) OR (step = -1 AND of_call = 0)`,
  `CREATE TABLE overlap AS
SELECT participant, sessions, pairs, same_pairs, max_concurrent, ticks, same_ticks, coalesce(across_ticks, 0) AS across_ticks
FROM (
  SELECT participant, sum(sessions - 1) FILTER (step = 1) AS pairs, sum(of_call - 1) FILTER (step = 1) AS same_pairs, max(sessions) AS max_concurrent,
    coalesce(sum(next - tick) FILTER (sessions >= 2), 0) AS ticks, coalesce(sum(next_of_call - tick) FILTER (of_call >= 2), 0) AS same_ticks
  FROM moment GROUP BY participant)
JOIN (SELECT participant, count(*) AS sessions FROM attended SEMI JOIN meeting USING (participant) GROUP BY participant) USING (participant)
LEFT JOIN (SELECT participant, sum(next - tick) AS across_ticks FROM call_moment WHERE calls >= 2 GROUP BY participant) USING (participant)`,
]

const totals: Question = {
  name: "overlap",
  sql: `SELECT count(*) AS participants,
  coalesce(sum(pairs - same_pairs), 0) AS acrossPairs, ${seconds("coalesce(sum(across_ticks), 0)")} AS acrossSeconds, count(*) FILTER (pairs > same_pairs) AS acrossParticipants,
  coalesce(sum(same_pairs), 0) AS samePairs, ${seconds("coalesce(sum(same_ticks), 0)")} AS sameSeconds, count(*) FILTER (same_pairs > 0) AS sameParticipants
FROM overlap`,
  expected: ({ overlap: { participantsWithOverlap, acrossCalls, sameCall } }) => [
    {
      participants: participantsWithOverlap,
      acrossPairs: acrossCalls.pairs,
      acrossSeconds: acrossCalls.seconds,
      acrossParticipants: acrossCalls.participants,
      samePairs: sameCall.pairs,
      sameSeconds: sameCall.seconds,
      sameParticipants: sameCall.participants,
    },
  ],
}

const top: Question = {
  name: "participants in two calls at once",
  sql: `SELECT participant, sessions, pairs, ${seconds("ticks")} AS seconds, max_concurrent AS maxConcurrent,
  pairs - same_pairs AS acrossPairs, ${seconds("across_ticks")} AS acrossSeconds
FROM overlap ORDER BY across_ticks DESC, participant LIMIT 100`,
  expected: ({ overlap }) =>
    overlap.top.map(({ participant, sessions, pairs, seconds: time, maxConcurrent, acrossCalls }): Row => ({
      participant,
      sessions,
      pairs,
      seconds: time,
      maxConcurrent,
      acrossPairs: acrossCalls.pairs,
      acrossSeconds: acrossCalls.seconds,
    })),
}

const talkTime: Question = {
  name: "talk time",
  sql: `WITH part AS (
  SELECT caller AS participant, call_key, call, start_tick, end_tick FROM counted WHERE caller IS NOT NULL
  UNION ALL SELECT callee, call_key, call, start_tick, end_tick FROM counted WHERE callee IS NOT NULL AND callee IS DISTINCT FROM caller),
fresh AS (
  SELECT *, greatest(start_tick, coalesce(max(end_tick) OVER (PARTITION BY participant ORDER BY start_tick, end_tick ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), start_tick)) AS from_tick
  FROM part WHERE start_tick <= end_tick)
SELECT participant, sessions, calls, ${seconds("coalesce(ticks, 0)")} AS seconds, ${seconds("coalesce(union_ticks, 0)")} AS unionSeconds
FROM (SELECT participant, count(*) AS sessions, count(DISTINCT call_key) AS calls FROM part GROUP BY participant)
LEFT JOIN (SELECT participant, sum(end_tick - start_tick) AS ticks, sum(greatest(end_tick - from_tick, 0)) AS union_ticks FROM fresh GROUP BY participant) USING (participant)
ORDER BY coalesce(ticks, 0) DESC, participant LIMIT 100`,
  expected: ({ participants }) =>
    participants.top.map(({ participant, sessions, calls, seconds: time, unionSeconds }): Row => ({
      participant,
      sessions,
      calls,
      seconds: time,
      unionSeconds,
    })),
}

/** Overlap of each participant's sessions. */
export const OVERLAP: readonly Question[] = [totals, top]

/** Those that the comparison of speed leaves out. */
export const MORE_PARTICIPANTS: readonly Question[] = [talkTime]
