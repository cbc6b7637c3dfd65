import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { PairCounts } from "#core/aggregate/pair-counts.ts"

const pairs = fc.array(fc.tuple(fc.integer(), fc.integer({ min: -40, max: 40 })), { maxLength: 3000, size: "max" })

describe("PairCounts", () => {
  it("counts as a Map does, and numbers pairs as they come", () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 99 }), (list, modulus) => {
        const counts = new PairCounts()
        const expected = new Map<string, number>()
        for (const [first, second] of list) {
          const key = `${first % modulus} ${second}`
          expected.set(key, (expected.get(key) ?? 0) + 2)
          expect(counts.add((first % modulus) | 0, second, 2)).toBe([...expected.keys()].indexOf(key))
        }
        const found = Array.from({ length: counts.size }, (_, number) => [
          `${counts.first[number]} ${counts.second[number]}`,
          counts.counts[number],
        ])
        expect(found).toEqual([...expected])
        expect(counts.find(100, 0)).toBe(-1)
      }),
      { numRuns: 10 },
    )
  })
})
