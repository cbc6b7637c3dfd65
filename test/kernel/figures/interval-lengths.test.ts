import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { IntervalLengths, IntervalRows, type LengthCell } from "../../../packages/kernel/dist/index.js"
import { loadBatches } from "./load-intervals.ts"

const YEAR_1 = -621_355_968_000_000_000n
const LONGEST = 3_155_378_975_999_999_999n
const EDGES = [0n, 10n, 1000n, 2n ** 40n]
const MARK = 4

interface Row {
  readonly length: bigint
  readonly set: number
  readonly mark: number
  /** Of a group its class is this number less 1, below 0 for no group. */
  readonly group: number
}

const lengths = fc.oneof(
  fc.bigInt({ min: 0n, max: 40n }),
  fc.bigInt({ min: 0n, max: LONGEST }),
  fc.tuple(fc.nat(61), fc.constantFrom(-1n, 0n, 1n)).map(([bit, by]) => (bit === 0 ? 0n : 2n ** BigInt(bit) + by)),
)
const rowLists = fc.array(
  fc.record({
    length: lengths,
    set: fc.nat(127),
    mark: fc.constantFrom(0, 1, 4, 5),
    group: fc.integer({ min: -2, max: 3 }),
  }),
  { maxLength: 80, size: "max" },
)

const classOf = ({ group }: Row): number => (group < 0 ? 0 : group + 1)
const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** Loads batches of so many rows, one after the other. */
function load(intervals: IntervalRows, list: readonly Row[], batchRows: number, use: () => void): void {
  const rows = list.map(({ length, ...row }) => ({ ...row, start: YEAR_1, end: YEAR_1 + length }))
  loadBatches(intervals, rows, batchRows, use)
}

function isOf({ set, isMarked, class: own }: LengthCell, row: Row): boolean {
  return set === row.set && isMarked === ((row.mark & MARK) !== 0) && own === classOf(row)
}

describe("IntervalLengths", () => {
  it.each([
    ["kept", true],
    ["added twice", false],
  ])("gives moments, bins and ranks: %s", (_, isKept) => {
    fc.assert(
      fc.property(
        rowLists,
        fc.integer({ min: 1, max: 80 }),
        fc.array(fc.nat(79), { minLength: 10, maxLength: 10 }),
        fc.func(fc.subarray([0, 1, 2, 3])),
        (list, batchRows, chosen, collectionsOf) => {
          const intervals = new IntervalRows()
          const measured = new IntervalLengths(intervals, {
            rowCount: list.length,
            isKept,
            markMask: MARK,
            classOfGroup: Uint32Array.of(1, 2, 3, 4),
            edges: EDGES,
          })
          load(intervals, list, batchRows, () => measured.add())
          expect(measured.histogram()).toEqual(
            EDGES.map(
              (edge, bin) =>
                list.filter(({ length }) => length >= edge && (EDGES[bin + 1] ?? length + 1n) > length).length,
            ),
          )
          const cells = measured.cells()
          for (const cell of cells) {
            const own = list.filter((row) => isOf(cell, row)).map(({ length }) => length)
            expect(cell).toMatchObject({
              count: own.length,
              sum: own.reduce((sum, each) => sum + each, 0n),
              sumOfSquares: own.reduce((sum, each) => sum + each * each, 0n),
            })
          }
          expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(list.length)
          const collectionsOfCell = cells.map(({ set, class: own }) => collectionsOf(set, own))
          const sorted = [0, 1, 2, 3].map((collection) =>
            list
              .filter((row) =>
                cells.some((cell, number) => collectionsOfCell[number]?.includes(collection) && isOf(cell, row)),
              )
              .map(({ length }) => length)
              .toSorted(ascending),
          )
          const ranks = sorted.map(({ length }) =>
            [...new Set(chosen)].filter((rank) => rank < length).toSorted((a, b) => a - b),
          )
          measured.want(collectionsOfCell, ranks)
          if (measured.needsRows) load(intervals, list, batchRows, () => measured.keep())
          expect(measured.values()).toEqual(ranks.map((own, at) => own.map((rank) => sorted[at]?.[rank])))
        },
      ),
      { numRuns: 200 },
    )
  })

  it("sums squares of many lengths of ten thousand years", () => {
    const list = Array.from({ length: 20_000 }, (_, index) => ({
      length: LONGEST - BigInt(index) * 7919n,
      set: 0,
      mark: 0,
      group: -1,
    }))
    const intervals = new IntervalRows()
    const measured = new IntervalLengths(intervals, {
      rowCount: list.length,
      isKept: false,
      markMask: MARK,
      classOfGroup: new Uint32Array(0),
      edges: EDGES,
    })
    load(intervals, list, 7000, () => measured.add())
    expect(measured.cells()).toEqual([
      {
        set: 0,
        isMarked: false,
        class: 0,
        count: list.length,
        sum: list.reduce((sum, { length }) => sum + length, 0n),
        sumOfSquares: list.reduce((sum, { length }) => sum + length * length, 0n),
      },
    ])
  })
})
