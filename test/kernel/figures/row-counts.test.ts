import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { IntervalRows, OUTSIDE, RowCounts, SetSums } from "../../../packages/kernel/dist/index.js"
import { batchOf, loadBatches, type TestRow } from "./load-intervals.ts"

const DAY = 864_000_000_000n
const YEAR_1 = -621_355_968_000_000_000n
const YEAR_9999 = 2_534_023_008_000_000_000n

const instants = fc.oneof(
  fc.bigInt({ min: YEAR_1, max: YEAR_9999 }),
  fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-1n, 0n, 1n)).map(([day, by]) => BigInt(day) * DAY + by),
)
const testRow = fc.record({
  start: instants,
  end: instants,
  set: fc.nat(127),
  mark: fc.nat(7),
  group: fc.integer({ min: -2, max: 2 }),
  label: fc.integer({ min: -2, max: 5 }),
  state: fc.constantFrom(0, 0, 0, 1, 2, OUTSIDE),
})
/** Rows of which nothing is odd, many of which are looked at together. */
const plainRow = testRow.map(({ start, end, ...row }) => {
  const [first, last] = start < end ? [start, end] : [end, start]
  return { ...row, start: first, end: last, mark: row.mark & 3, state: 0 }
})
const rowLists: fc.Arbitrary<TestRow[]> = fc
  .array(fc.oneof(fc.array(plainRow, { maxLength: 40, size: "max" }), fc.array(testRow, { maxLength: 2 })), {
    maxLength: 6,
    size: "max",
  })
  .map((lists) => lists.flat())
const floor = (value: bigint, unit: bigint): bigint => (value - (((value % unit) + unit) % unit)) / unit

function counts(values: readonly (number | bigint)[]): [number, number][] {
  const found = new Map<number, number>()
  for (const value of values) found.set(Number(value), (found.get(Number(value)) ?? 0) + 1)
  return [...found].toSorted(([a], [b]) => a - b)
}

describe("IntervalRows", () => {
  it("chooses the rows within limits, and tells why others are left out", () => {
    const limits = fc.record({
      since: fc.oneof(fc.constant(null), instants),
      until: fc.oneof(fc.constant(null), instants),
      setMask: fc.constantFrom(0, 0, 0, 1, 6, 128),
      markMask: fc.constantFrom(0, 0, 0, 1, 2),
      barringMarks: fc.constantFrom(0, 4),
    })
    fc.assert(
      fc.property(rowLists, limits, (list, { since, until, setMask, markMask, barringMarks }) => {
        const rows = new IntervalRows()
        rows.load(batchOf(list))
        const isWithin = ({ start, set = 0, mark = 0 }: TestRow): boolean =>
          (since === null || start >= since) &&
          (until === null || start < until) &&
          (setMask === 0 || (set & setMask) !== 0) &&
          (markMask === 0 || (mark & markMask) !== 0)
        const isBarred = ({ mark = 0 }: TestRow): boolean => (mark & barringMarks) !== 0
        const open = list.filter(({ state }) => state === 0)
        const chosen = [...list.keys()].filter((row) => {
          const each = list[row]
          return each !== undefined && each.state === 0 && isWithin(each) && !isBarred(each)
        })
        const found = rows.choose({ since, until, setMask, markMask, barringMarks })
        expect([...found.chosen]).toEqual(chosen)
        expect([...found.intervals]).toEqual(chosen.filter((row) => (list[row]?.start ?? 1n) <= (list[row]?.end ?? 0n)))
        expect(found.outsideCount).toBe(
          open.filter((each) => !isWithin(each)).length + list.filter(({ state }) => state === OUTSIDE).length,
        )
        expect(found.barredCount).toBe(open.filter((each) => isWithin(each) && isBarred(each)).length)
      }),
      { numRuns: 200 },
    )
  })
})

describe("rows that were chosen", () => {
  it("are told apart by their marks", () => {
    fc.assert(
      fc.property(rowLists, fc.integer({ min: 1, max: 7 }), (list, mask) => {
        const rows = new IntervalRows()
        rows.load(batchOf(list))
        const { chosen } = rows.choose({ since: null, until: null, setMask: 0, markMask: 0, barringMarks: 0 })
        const hasMark = (row: number): boolean => ((list[row]?.mark ?? 0) & mask) !== 0
        expect([...rows.marked(mask)]).toEqual([...chosen].filter(hasMark))
      }),
      { numRuns: 200 },
    )
  })
})

describe("counts of rows", () => {
  it("are those of the definitions, whatever the batches", () => {
    fc.assert(
      fc.property(rowLists, fc.integer({ min: 1, max: 80 }), (list, batchRows) => {
        const rows = new IntervalRows()
        const sums = new SetSums(rows)
        const byDay = new RowCounts(rows, DAY)
        loadBatches(rows, list, batchRows, () => {
          sums.add()
          byDay.add()
        })
        const chosen = list.filter(({ state }) => state === 0)
        expect(byDay.byUnit()).toEqual(counts(chosen.map(({ start }) => floor(start, DAY))))
        expect(byDay.byLabel()).toEqual(counts(chosen.map(({ label = -1 }) => label).filter((label) => label >= 0)))
        expect(byDay.ungroupedCount).toBe(chosen.filter(({ group = -1 }) => group < 0).length)
        sums.sums().forEach(({ rowCount, lengthSum }, set) => {
          const own = chosen.filter((each) => each.set === set)
          expect(rowCount).toBe(own.length)
          expect(lengthSum).toBe(own.reduce((sum, { start, end }) => (start <= end ? sum + end - start : sum), 0n))
        })
      }),
      { numRuns: 100 },
    )
  })

  it("sum more than 64 bits hold", () => {
    const rows = new IntervalRows()
    const sums = new SetSums(rows)
    const list = Array.from({ length: 30 }, (_, index) => ({ start: YEAR_1, end: YEAR_9999 - BigInt(index), set: 3 }))
    loadBatches(rows, list, 7, () => sums.add())
    const total = list.reduce((sum, { start, end }) => sum + end - start, 0n)
    expect(total).toBeGreaterThan(2n ** 64n)
    expect(sums.sums()[3]).toEqual({ rowCount: 30, lengthSum: total })
  })
})
