/** Which modalities went together: exact sets, and pairs with Jaccard index and lift. Sets are bits here. */
import { MODALITIES } from "@callsift/core"
import { seconds, type Question, type Row } from "./question.ts"

/** Bits of a list of names. */
function bitsOf(names: readonly string[]): number {
  return names.reduce((bits, name) => bits | (1 << MODALITIES.indexOf(name as (typeof MODALITIES)[number])), 0)
}

const SETS = `SELECT bits, count(*) AS sessions, coalesce(sum(ticks) FILTER (ticks >= 0), 0) AS ticks FROM counted GROUP BY bits`

const sets: Question = {
  name: "sets of modalities",
  sql: `SELECT bits, sessions, ${seconds("ticks")} AS seconds FROM (${SETS}) ORDER BY bits`,
  expected: ({ modalities }) =>
    modalities.sets
      .map(({ modalities: names, sessions, seconds: time }): Row => ({ bits: bitsOf(names), sessions, seconds: time }))
      .toSorted((left, right) => Number(left["bits"]) - Number(right["bits"])),
}

const pairs: Question = {
  name: "pairs of modalities",
  sql: `WITH sets AS MATERIALIZED (${SETS}),
member AS (SELECT range AS member, coalesce(sum(sessions) FILTER ((bits >> range::INT) & 1 = 1), 0) AS sessions FROM range(7), sets GROUP BY range),
pair AS (
  SELECT mask, coalesce(sum(sets.sessions) FILTER ((bits & mask) = mask), 0) AS sessions,
    coalesce(sum(ticks) FILTER ((bits & mask) = mask), 0) AS ticks, any_value(with_a) AS with_a, any_value(with_b) AS with_b
  FROM (SELECT (1 << a.member::INT) | (1 << b.member::INT) AS mask, a.sessions AS with_a, b.sessions AS with_b FROM member AS a JOIN member AS b ON a.member < b.member), sets
  GROUP BY mask)
SELECT mask AS bits, sessions, ${seconds("ticks")} AS seconds,
  sessions / nullif(with_a + with_b - sessions, 0) AS jaccard,
  sessions * (SELECT sum(sessions) FROM sets WHERE bits <> 0) / nullif(with_a * with_b, 0) AS lift
FROM pair ORDER BY bits`,
  expected: ({ modalities }) =>
    modalities.pairs
      .map(({ a, b, ...figures }): Row => ({ bits: bitsOf([a, b]), ...figures }))
      .toSorted((left, right) => Number(left["bits"]) - Number(right["bits"])),
}

/** Co-occurrence. */
export const CO_OCCURRENCE: readonly Question[] = [sets, pairs]
