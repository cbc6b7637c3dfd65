import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { RowBits } from "#core/facts/row-bits.ts"

describe("RowBits", () => {
  it("is a set of rows", () => {
    const ranges = fc.tuple(fc.array(fc.nat(299)), fc.nat(300), fc.nat(300))
    fc.assert(
      fc.property(ranges, ([rows, from, to]) => {
        const bits = new RowBits(300)
        for (const row of rows) bits.add(row)
        const set = [...new Set(rows)].toSorted((a, b) => a - b)
        expect(bits.count).toBe(set.length)
        expect(bits.between(0, 300)).toEqual(set)
        expect(bits.between(from, to)).toEqual(set.filter((row) => row >= from && row < to))
        for (const row of set) expect(bits.has(row)).toBe(true)
      }),
    )
  })
})
