import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Random } from "#cli/generate/random.ts"

const drawn = (seed: number, stream: string): number[] => {
  const random = new Random(seed, stream)
  return Array.from({ length: 4 }, () => random.next())
}

describe("Random", () => {
  it("gives the numbers it always gave", () => {
    expect(drawn(1, "calls")).toEqual([1_282_860_772, 1_238_964_042, 831_470_383, 2_561_322_143])
  })

  it("gives other numbers for another seed and another stream", () => {
    expect(drawn(1, "calls")).not.toEqual(drawn(2, "calls"))
    expect(drawn(1, "calls")).not.toEqual(drawn(1, "people"))
    expect(drawn(1, "calls")).not.toEqual(drawn(2 ** 32 + 1, "calls"))
  })

  it("stays in the range that was asked for", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 2 ** 21 }),
        fc.nat({ max: 1000 }),
        (seed, count, least) => {
          const random = new Random(seed, "range")
          const below = random.below(count)
          expect(Number.isInteger(below) && below >= 0 && below < count).toBe(true)
          const between = random.between(least, least + 7)
          expect(between >= least && between <= least + 7).toBe(true)
          const ticks = random.ticksBelow(60)
          expect(Number.isInteger(ticks) && ticks >= 0 && ticks < 600_000_000).toBe(true)
        },
      ),
    )
  })

  it("draws all of a few about equally often", () => {
    const random = new Random(3, "even")
    const counts = [0, 0, 0, 0, 0]
    for (let draw = 0; draw < 50_000; draw++) {
      const drawnNumber = random.below(5)
      counts[drawnNumber] = (counts[drawnNumber] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})
