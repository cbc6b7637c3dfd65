/** What is in the archive, how much of it counts, what failed, and which days it covers. */
import type { Report } from "@callsift/core"
import { instant, type Question, type Row } from "./question.ts"

const totals: Question = {
  name: "counts of sessions, calls, participants",
  sql: `SELECT
  count(*) + superseded + duplicates AS sessions,
  count(*) FILTER (ok) AS accepted,
  count(*) FILTER (ok IS NOT true) AS rejected,
  duplicates,
  superseded,
  count(*) FILTER (ok AND is_test) AS testCalls,
  count(*) FILTER (ok AND NOT is_test AND start_tick > end_tick) AS startAfterEnd,
  count(DISTINCT call) AS calls,
  count(*) FILTER (ok AND NOT is_test AND call IS NULL) AS sessionsWithoutCall,
  (SELECT count(DISTINCT participant) FROM (SELECT caller AS participant FROM counted UNION ALL SELECT callee FROM counted)) AS participants,
  (SELECT ${instant("min(start_tick)")} FROM timed) AS firstStart,
  (SELECT ${instant("max(end_tick)")} FROM timed) AS lastEnd
FROM session, resolved GROUP BY superseded, duplicates`,
  expected: ({ totals: all, coverage }) => [
    {
      sessions: all.sessions,
      accepted: all.accepted,
      rejected: all.rejected,
      duplicates: all.duplicates,
      superseded: all.superseded,
      testCalls: all.excluded.testCalls,
      startAfterEnd: all.excluded.startAfterEnd,
      calls: all.calls,
      sessionsWithoutCall: coverage.sessionsWithoutCall,
      participants: all.participants,
      firstStart: all.firstStart,
      lastEnd: all.lastEnd,
    },
  ],
}

const failed: Question = {
  name: "failures",
  sql: `SELECT count(*) FILTER (failed) AS failed, count(*) FILTER (failed) / nullif(count(*), 0) AS rate,
  count(*) FILTER (segment_failed AND NOT failed) AS segmentFailures FROM counted`,
  expected: ({ failures: { failed: count, rate, segmentFailures } }) => [{ failed: count, rate, segmentFailures }],
}

const failuresByReason: Question = {
  name: "failures by stage and reason",
  sql: `SELECT stage, reason, count(*) AS sessions FROM counted WHERE failed
GROUP BY stage, reason ORDER BY sessions DESC, stage NULLS FIRST, reason NULLS FIRST LIMIT 1000`,
  expected: ({ failures }) => failures.byReason.map(({ stage, reason, sessions }) => ({ stage, reason, sessions })),
}

const failuresByStage: Question = {
  name: "failures by stage",
  sql: `SELECT stage, count(*) AS sessions FROM counted WHERE failed
GROUP BY stage ORDER BY sessions DESC, stage NULLS FIRST LIMIT 1000`,
  expected: ({ failures }) => failures.byStage.map(({ stage, sessions }) => ({ stage, sessions })),
}

const DAY_TICKS = "864000000000"

const days: Question = {
  name: "sessions by day",
  sql: `SELECT strftime(make_timestamp(day * 86400000000), '%Y-%m-%d') AS day, sessions
FROM (SELECT start_tick // ${DAY_TICKS} AS day, count(*) AS sessions FROM counted GROUP BY ALL) ORDER BY day`,
  expected: (report) => report.coverage.days.map(({ day, sessions }): Row => ({ day, sessions })),
}

const gaps: Question = {
  name: "days without a session",
  sql: `SELECT strftime(make_timestamp((day + 1) * 86400000000), '%Y-%m-%d') AS fromDay,
  strftime(make_timestamp((next - 1) * 86400000000), '%Y-%m-%d') AS toDay
FROM (SELECT day, lead(day) OVER (ORDER BY day) AS next FROM (SELECT DISTINCT start_tick // ${DAY_TICKS} AS day FROM counted))
WHERE next > day + 1 ORDER BY day`,
  expected: (report: Report) => report.coverage.gaps.map(({ fromDay, toDay }): Row => ({ fromDay, toDay })),
}

/** Counts, failures, coverage. */
export const COUNTS: readonly Question[] = [totals, failed, failuresByStage, failuresByReason, days, gaps]
