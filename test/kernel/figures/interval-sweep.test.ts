import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  INTERVAL_WORDS,
  IntervalRows,
  IntervalSplit,
  IntervalSweep,
  type IntervalResults,
} from "../../../packages/kernel/dist/index.js"
import { loadBatches } from "./load-intervals.ts"
import { ascending, larger, overlaps, smaller } from "../../core/aggregate/oracle.ts"

interface Row {
  readonly start: bigint
  readonly end: bigint
  readonly group: number
  readonly from: number
  readonly to: number
  readonly kind: number
}

const PARTICIPANTS = 11
const FIRST_ROW = 70

/** The results of rows, split into buckets in parts of so many rows. */
function sweep(rows: readonly Row[], bucketCount: number, partRows: number): IntervalResults {
  const intervals = new IntervalRows()
  const split = new IntervalSplit(intervals, bucketCount)
  const buckets: number[][] = Array.from({ length: bucketCount }, () => [])
  let first = 0
  loadBatches(intervals, rows, partRows, () => {
    const part = rows.slice(first, first + partRows)
    const { ends, words } = split.split({
      firstRow: FIRST_ROW + first,
      rowCount: part.length,
      from: Int32Array.from(part, (row) => row.from),
      to: Int32Array.from(part, (row) => row.to),
      fromKinds: Uint8Array.from(part, (row) => row.kind),
      toKinds: Uint8Array.from(part, (row) => row.kind),
    })
    for (const [bucket, end] of ends.entries()) buckets[bucket]?.push(...words.subarray(ends[bucket - 1] ?? 0, end))
    first += part.length
  })
  const all = new IntervalSweep(intervals, PARTICIPANTS, bucketCount)
  for (const [bucket, words] of buckets.entries()) {
    expect(words.length % INTERVAL_WORDS).toBe(0)
    all.measure(bucket, words.length, (target) => target.set(words))
  }
  return all.results()
}

type Numbered = Row & { readonly row: number; readonly call: string }
const groupsOf = (running: readonly Numbered[]): number => new Set(running.map(({ call }) => call)).size

/** Ticks in which so many of the intervals run, and of how many groups at least, by their sorted edges. */
function ticksWhere(own: readonly Numbered[], holds: (running: readonly Numbered[]) => boolean): bigint {
  const edges = own.flatMap(({ start, end }) => [start, end]).toSorted(ascending)
  return edges.reduce((sum, edge, index) => {
    const next = edges[index + 1] ?? edge
    const running = next === edge ? [] : own.filter(({ start, end }) => start <= edge && next <= end)
    return next > edge && holds(running) ? sum + next - edge : sum
  }, 0n)
}

function expectedOf(own: readonly Numbered[]) {
  const timed = own.filter(({ start, end }) => start <= end)
  const pairs = timed
    .flatMap((a, at) => timed.slice(at + 1).map((b) => [a, b] as const))
    .filter(([a, b]) => overlaps(a, b))
  return {
    intervals: own.length,
    groups: groupsOf(own),
    ticks: timed.reduce((sum, { start, end }) => sum + end - start, 0n),
    unionTicks: ticksWhere(timed, (running) => running.length > 0),
    timed: timed.length,
    pairs: pairs.length,
    acrossPairs: pairs.filter(([a, b]) => a.call !== b.call).length,
    overlapTicks: ticksWhere(timed, (running) => running.length > 1),
    acrossTicks: ticksWhere(timed, (running) => groupsOf(running) > 1),
    most: timed.reduce(
      (most, { start }) => Math.max(most, timed.filter((b) => b.start <= start && start < b.end).length),
      0,
    ),
  }
}

const instants = fc.oneof(
  fc.bigInt({ min: 0n, max: 400n }),
  fc.bigInt({ min: -(2n ** 58n), max: 2n ** 58n }),
  fc.bigInt({ min: -300n, max: 2n ** 33n }),
)
const rowLists = fc.array(
  fc
    .record({
      ends: fc.tuple(instants, instants),
      isReversed: fc.integer({ min: 0, max: 9 }),
      group: fc.integer({ min: -4, max: 5 }),
      from: fc.integer({ min: -1, max: PARTICIPANTS - 1 }),
      to: fc.constantFrom(-1, 0, 8),
      kind: fc.nat(14),
    })
    .map(({ ends: [a, b], isReversed, ...row }): Row => {
      const [first, last] = [smaller(a, b), larger(a, b)]
      return { ...row, ...(isReversed === 0 ? { start: last, end: first } : { start: first, end: last }) }
    }),
  { maxLength: 260, size: "max" },
)

describe("IntervalSweep", () => {
  it("equals what every edge says, in any order of rows, for any number of buckets", () => {
    fc.assert(
      fc.property(rowLists, fc.constantFrom(1, 2, 8, 32), fc.constantFrom(7, 1000), (rows, bucketCount, partRows) => {
        const { talk, byTime, overlaps: found, overlapsByTime } = sweep(rows, bucketCount, partRows)
        const numbered = rows.map((row, at) => ({
          ...row,
          row: FIRST_ROW + at,
          call: row.group === -1 ? `own ${at}` : `${row.group}`,
        }))
        const people = Array.from({ length: PARTICIPANTS }, (_, participant) => ({
          participant,
          ...expectedOf(numbered.filter(({ from, to }) => from === participant || to === participant)),
        }))
        const present = people.filter(({ intervals }) => intervals > 0)
        expect([...byTime]).toEqual(
          present
            .toSorted((a, b) => ascending(b.ticks, a.ticks) || a.participant - b.participant)
            .map(({ participant }) => participant),
        )
        for (const { participant, intervals, groups, ticks, unionTicks } of present) {
          expect([talk.intervals(participant), talk.groups(participant)]).toEqual([intervals, groups])
          expect([talk.ticks(participant), talk.unionTicks(participant)]).toEqual([ticks, unionTicks])
        }
        const listed = Array.from(overlapsByTime, (overlap) => ({
          participant: found.participant(overlap),
          timed: found.intervals(overlap),
          pairs: found.pairs(overlap),
          acrossPairs: found.acrossPairs(overlap),
          overlapTicks: found.ticks(overlap),
          acrossTicks: found.acrossTicks(overlap),
          most: found.most(overlap),
        }))
        const overlapping = people.filter(({ pairs }) => pairs > 0)
        const byParticipant = (a: { participant: number }, b: { participant: number }): number =>
          a.participant - b.participant
        expect(overlapping).toMatchObject(listed.toSorted(byParticipant))
        expect(listed.map(({ acrossTicks }) => acrossTicks)).toEqual(
          overlapping.map(({ acrossTicks }) => acrossTicks).toSorted((a, b) => ascending(b, a)),
        )
        expect(found.across).toEqual({
          pairs: people.reduce((sum, { acrossPairs }) => sum + acrossPairs, 0),
          ticks: people.reduce((sum, { acrossTicks }) => sum + acrossTicks, 0n),
          participants: people.filter(({ acrossPairs }) => acrossPairs > 0).length,
        })
      }),
      { numRuns: 40 },
    )
  })

  it("sums up more than 64 bits hold", () => {
    const span = 315_537_897_599_999_999n
    const start = -621_355_968_000_000_000n
    const row = { start, end: start + span, group: -1, from: 3, to: 10, kind: 0 }
    const {
      talk,
      overlaps: found,
      byTime,
    } = sweep(
      Array.from({ length: 200 }, () => row),
      2,
      50,
    )
    expect([...byTime]).toEqual([3, 10])
    expect(talk.ticks(3)).toBe(200n * span)
    expect(talk.unionTicks(3)).toBe(span)
    expect(found.across).toEqual({ pairs: 200 * 199, ticks: 2n * span, participants: 2 })
  })

  it("takes the kind that most ends have, of equals the smallest", () => {
    const rows = [5, 2, 5, 2, 9].map((kind) => ({
      start: 0n,
      end: 0n,
      group: 1,
      from: 4,
      to: kind === 9 ? 4 : -1,
      kind,
    }))
    const { talk } = sweep(rows, 1, 9)
    expect(talk.kind(4)).toBe(2)
    expect([talk.intervals(4), talk.groups(4), talk.ticks(4)]).toEqual([5, 1, 0n])
  })

  it("knows nobody where there are no rows", () => {
    const { byTime, overlaps: found, overlapsByTime } = sweep([], 4, 1)
    expect([byTime.length, found.count, overlapsByTime.length]).toEqual([0, 0, 0])
  })
})
