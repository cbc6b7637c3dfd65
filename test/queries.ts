/** The queries of docs/queries.md, and the answers that a report has to each. */
import { readFileSync } from "node:fs"
import { expect } from "vitest"
import { parseInstant } from "@callsift/core"
import type { Report } from "#core/report/schema.ts"
import type { Query, Row } from "./duckdb.ts"

const text = readFileSync(new URL("../docs/queries.md", import.meta.url), "utf8")

/** By heading. */
export const QUERIES: ReadonlyMap<string, string> = new Map(
  [...text.matchAll(/### (.+)\n(?:(?!### |```)[^\n]*\n)*```sql\n([\s\S]*?)```/g)].map(([, heading, sql]) => [
    heading ?? "",
    sql ?? "",
  ]),
)

const rows = <Item>(items: readonly Item[], rowOf: (item: Item) => Row): Row[] => items.map(rowOf)
const bySession = (a: Row, b: Row): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
const ROW_CODES = /^(?:session|segment)\/|^participant\/unidentified$|^call\/session-outside-call$/

/** What the report says to each query, for a report without filters. */
const ANSWERS: Readonly<Record<string, (report: Report) => Row[]>> = {
  "What became of the sessions": ({ totals: { accepted, duplicates, superseded } }) =>
    [
      { status: "accepted", sessions: accepted },
      { status: "duplicate", sessions: duplicates },
      { status: "superseded", sessions: superseded },
    ].filter(({ sessions }) => sessions > 0),
  Durations: ({ durations }) => [{ ...durations.overall }],
  "Durations by modality": ({ durations }) =>
    rows(
      durations.byModality.filter(({ count }) => count > 0),
      ({ modality, count, sumSeconds, p50Seconds }) => ({ modality, count, sumSeconds, p50Seconds }),
    ),
  "Sets of modalities": ({ modalities }) => rows(modalities.sets, (each) => ({ ...each })),
  "Modalities that go together": ({ modalities }) =>
    rows(
      modalities.pairs.filter(({ sessions }) => sessions > 0),
      ({ a, b, sessions, jaccard }) => ({ a: a < b ? a : b, b: a < b ? b : a, sessions, jaccard }),
    ),
  Failures: ({ failures }) => rows(failures.byReason, (each) => ({ ...each })),
  "The most sessions at once": ({ concurrency: { peak, peakAt } }) =>
    peakAt === null ? [] : [{ peak, peakAtTicks: ticksOf(peakAt) }],
  "Sessions by day": ({ coverage }) => rows(coverage.days, (each) => ({ ...each })),
  "Who talked most": ({ participants }) =>
    rows(participants.top.slice(0, 10), ({ participant, sessions, seconds }) => ({ participant, sessions, seconds })),
  "Who was in two calls at once": ({ overlap }) =>
    rows(
      overlap.top.filter(({ acrossCalls }) => acrossCalls.pairs > 0),
      ({ participant, acrossCalls: { pairs } }) => ({ participant, pairs }),
    ),
  "What is wrong with sessions": ({ findings }) =>
    rows(
      findings.filter(({ code }) => ROW_CODES.test(code)),
      ({ code, count }) => ({ code, sessions: count }),
    ),
  "Back to the bytes": ({ findings }) =>
    rows(
      findings.find(({ code }) => code === "session/start-after-end")?.examples ?? [],
      ({ input, offset, length, line, record }) => ({ input, byteOffset: offset, byteLength: length, line, record }),
    ),
}

function ticksOf(instant: string): number {
  const parsed = parseInstant(instant)
  return parsed.ok ? Number(parsed.ticks) : Number.NaN
}

/** Expects that every query of the document has the report's answer; order is compared only where it is the report's. */
export async function expectAnswers(query: Query, report: Report): Promise<void> {
  expect([...QUERIES.keys()].toSorted()).toEqual(Object.keys(ANSWERS).toSorted())
  for (const [heading, sql] of QUERIES) {
    const answer = (await query(sql)).map(plain)
    const expected = (ANSWERS[heading]?.(report) ?? []).map(plain)
    const keys = expected[0] === undefined ? [] : Object.keys(expected[0])
    const asked = answer.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])))
    expect([heading, asked.toSorted(bySession)]).toEqual([heading, expected.toSorted(bySession).map(nearly)])
  }
}

function plain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === "bigint" ? Number(value) : value]),
  )
}

/** Sums of doubles in another order differ in their last digits. */
function nearly(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === "number" && /seconds$|jaccard/i.test(key) ? expect.closeTo(value, 5) : value,
    ]),
  )
}
