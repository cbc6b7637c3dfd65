import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { participation } from "#core/aggregate/participation.ts"
import { secondsOf } from "#core/aggregate/rational.ts"
import { sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts, type TestSession } from "./facts-builder.ts"
import { intervals, overlaps, peakOf, rowsOfParticipants, timeWhere, type Interval } from "./oracle.ts"
import { listedOverlaps, run } from "./run-aggregate.ts"

const SECOND = 10_000_000n
const callsOf = (running: readonly Interval[]): Set<string> => new Set(running.map(({ call }) => call))

/** Everything about one participant, the obvious way. */
function expected(all: readonly Interval[]) {
  const pairs = all
    .flatMap((a, index) => all.slice(index + 1).map((b) => [a, b] as const))
    .filter(([a, b]) => overlaps(a, b))
  const across = pairs.filter(([a, b]) => a.call !== b.call)
  const sameCallTicks = [...callsOf(all)].reduce(
    (sum, call) =>
      sum +
      timeWhere(
        all.filter((each) => each.call === call),
        (running) => running.length >= 2,
      ),
    0n,
  )
  return {
    sessions: all.length,
    pairs: pairs.length,
    ticks: timeWhere(all, (running) => running.length >= 2),
    maxConcurrent: peakOf(all).peak,
    acrossPairs: across.length,
    acrossTicks: timeWhere(all, (running) => callsOf(running).size >= 2),
    samePairs: pairs.length - across.length,
    sameCallTicks,
    across,
  }
}

const at = (id: string, call: string | null, start: bigint, end: bigint): TestSession => ({
  id,
  call,
  start: start * SECOND,
  end: end * SECOND,
  caller: "ann",
})

describe("overlap", () => {
  it("equals that made pair by pair", () => {
    fc.assert(
      fc.property(sessionLists(60), (list) => {
        const facts = buildFacts(list)
        const result = run(participation, facts).overlap
        const people = [...rowsOfParticipants(facts)].map(([participant, rows]) => ({
          participant,
          ...expected(intervals(facts, rows)),
        }))
        const overlapping = people.filter(({ pairs }) => pairs > 0)
        const sum = (valueOf: (each: (typeof people)[number]) => number): number =>
          people.reduce((total, each) => total + valueOf(each), 0)
        const sumTicks = (ticksOf: (each: (typeof people)[number]) => bigint): number =>
          secondsOf(people.reduce((total, each) => total + ticksOf(each), 0n))
        expect(result.participantsWithOverlap).toBe(overlapping.length)
        expect(result.acrossCalls).toEqual({
          pairs: sum(({ acrossPairs }) => acrossPairs),
          seconds: sumTicks(({ acrossTicks }) => acrossTicks),
          participants: people.filter(({ acrossPairs }) => acrossPairs > 0).length,
        })
        expect(result.sameCall).toEqual({
          pairs: sum(({ samePairs }) => samePairs),
          seconds: sumTicks(({ sameCallTicks }) => sameCallTicks),
          participants: people.filter(({ samePairs }) => samePairs > 0).length,
        })
        const id = facts.participants.id
        const order = overlapping.toSorted(
          (a, b) => Number(b.acrossTicks - a.acrossTicks) || (id(a.participant) < id(b.participant) ? -1 : 1),
        )
        expect([...result.participants]).toEqual(
          order.map(({ participant, sessions, pairs, ticks, maxConcurrent, acrossPairs, acrossTicks }) => ({
            participant,
            sessions,
            pairs,
            seconds: secondsOf(ticks),
            maxConcurrent,
            acrossCalls: { pairs: acrossPairs, seconds: secondsOf(acrossTicks) },
          })),
        )
        expect(listedOverlaps(result.evidence)).toEqual(
          people
            .filter(({ across }) => across.length > 0)
            .map(({ participant, across }) => ({ participant, ...firstOf(across) }))
            .toSorted((a, b) => a.rowA - b.rowA || a.participant - b.participant),
        )
      }),
      { numRuns: 200 },
    )
  })

  it("tells calls apart, and takes sessions of no call by their id", () => {
    const facts = buildFacts([
      at("s1", null, 0n, 10n),
      at("s1", null, 5n, 12n),
      at("s2", null, 8n, 9n),
      at("s3", "c", 11n, 13n),
    ])
    const result = run(participation, facts).overlap
    expect(result.sameCall).toEqual({ pairs: 1, seconds: 5, participants: 1 })
    expect(result.acrossCalls).toEqual({ pairs: 3, seconds: 2, participants: 1 })
    expect(result.participants.first(1)[0]).toMatchObject({ sessions: 4, pairs: 4, seconds: 6, maxConcurrent: 3 })
    expect(listedOverlaps(result.evidence)).toEqual([{ participant: 0, rowA: 2, rowB: 0 }])
  })

  it("counts an identity at both ends once, and nobody not at all", () => {
    const facts = buildFacts([
      { start: 0n, end: 10n, caller: "ann", callee: "ann", call: "a" },
      { start: 0n, end: 10n, caller: "ben", callee: null, call: "b" },
      { start: 5n, end: 15n, caller: null, callee: "ben", call: "b" },
    ])
    expect(run(participation, facts).overlap).toMatchObject({
      participantsWithOverlap: 1,
      sameCall: { pairs: 1 },
      acrossCalls: { pairs: 0 },
      evidence: { length: 0 },
    })
  })
})

const before = (a: Interval, b: Interval): boolean => a.start < b.start || (a.start === b.start && a.row < b.row)

/** Of the pairs the one in which the later session starts first, then by row; with the earlier one first by start, then by row. */
function firstOf(pairs: readonly (readonly [Interval, Interval])[]): { rowA: number; rowB: number } {
  const ordered = pairs.map(([a, b]) => (before(a, b) ? { first: a, second: b } : { first: b, second: a }))
  const best = ordered.reduce((found, each) => {
    if (each.second.row !== found.second.row) return before(each.second, found.second) ? each : found
    return before(each.first, found.first) ? each : found
  })
  return { rowA: best.second.row, rowB: best.first.row }
}
