import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { TickSums } from "#core/aggregate/tick-sums.ts"
import { UnitClock } from "#core/aggregate/unit-clock.ts"
import { isBefore, spanHigh, spanLow, tickWords, wholeUnits } from "#core/aggregate/tick-words.ts"

const HOUR = 36_000_000_000n
const DAY = 24n * HOUR
const YEAR_1 = -621_355_968_000_000_000n
const ticks = fc.oneof(
  fc.bigInt({ min: YEAR_1, max: 2_534_023_008_000_000_000n }),
  fc
    .tuple(fc.bigInt({ min: -17_000_000n, max: 70_000_000n }), fc.constantFrom(-1n, 0n, 1n))
    .map(([hour, by]) => hour * HOUR + by),
)
const ascending = fc.tuple(ticks, ticks).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)))
const words = (...values: bigint[]) => tickWords(BigInt64Array.from(values))
const floor = (value: bigint, unit: bigint): bigint => (value - (((value % unit) + unit) % unit)) / unit

describe("tick words", () => {
  it("compare and subtract as BigInt does", () => {
    fc.assert(
      fc.property(ascending, ([a, b]) => {
        const both = words(a, b)
        expect(isBefore(both, 0, both, 1)).toBe(a < b)
        expect(isBefore(both, 1, both, 0)).toBe(false)
        expect(BigInt(spanHigh(both, 0, both, 1)) * 2n ** 32n + BigInt(spanLow(both, 0, both, 1))).toBe(b - a)
      }),
    )
  })

  it("count whole hours and days as BigInt does", () => {
    fc.assert(
      fc.property(ticks, fc.constantFrom(HOUR, DAY), (value, unit) => {
        expect(BigInt(wholeUnits(words(value), 0, Number(unit)))).toBe(floor(value, unit))
      }),
      { numRuns: 1000 },
    )
  })

  it("see columns that begin anywhere in their buffer", () => {
    const column = BigInt64Array.of(1n, -2n, 3n).subarray(1)
    expect(wholeUnits(tickWords(column), 0, 1)).toBe(-2)
    expect(tickWords(new BigInt64Array(0)).high).toHaveLength(0)
  })
})

describe("UnitClock", () => {
  it("shows the unit and the ticks into it, whatever it showed before", () => {
    fc.assert(
      fc.property(fc.array(ticks, { maxLength: 20 }), fc.constantFrom(HOUR, DAY), (values, unit) => {
        const clock = new UnitClock(Number(unit))
        const column = words(...values)
        for (const [index, value] of values.entries()) {
          clock.set(column, index)
          expect(BigInt(clock.units)).toBe(floor(value, unit))
          expect(BigInt(clock.ticks)).toBe(value - floor(value, unit) * unit)
        }
      }),
    )
  })
})

describe("TickSums", () => {
  it("sum as BigInt does, past 64 bits", () => {
    fc.assert(
      fc.property(fc.array(ascending, { maxLength: 40 }), (spans) => {
        const start = words(...spans.map(([a]) => a))
        const end = words(...spans.map(([, b]) => b))
        const sums = new TickSums(2)
        spans.forEach((_, index) => sums.addSpan(1, start, index, end, index))
        const expected = spans.reduce((sum, [a, b]) => sum + b - a, 0n)
        expect(sums.ticks(1)).toBe(expected)
        const doubled = new TickSums(2)
        doubled.addSum(1, sums, 1)
        doubled.addSum(1, sums, 1)
        expect(doubled.ticks(1)).toBe(2n * expected)
      }),
    )
  })
})
