import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { nearestDouble, nearestRoot, secondsOf } from "#core/aggregate/rational.ts"

/** A double as an exact fraction with a power of two below. */
function fraction(value: number): { numerator: bigint; denominator: bigint } {
  let denominator = 1n
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    denominator *= 2n
  }
  return { numerator: BigInt(scaled), denominator }
}

const BITS = new BigInt64Array(1)
const DOUBLE = new Float64Array(BITS.buffer)

/** The neighbour of a positive double. */
function neighbour(value: number, step: bigint): number {
  DOUBLE[0] = value
  BITS[0] = (BITS[0] ?? 0n) + step
  return DOUBLE[0]
}

/** Twice the midpoint between two doubles, as a fraction. */
function doubledMidpoint(a: number, b: number): { numerator: bigint; denominator: bigint } {
  const [x, y] = [fraction(a), fraction(b)]
  return {
    numerator: x.numerator * y.denominator + y.numerator * x.denominator,
    denominator: x.denominator * y.denominator,
  }
}

const large = fc.bigInt({ min: 1n, max: 2n ** 130n })

describe("nearestDouble", () => {
  it("is IEEE division where both are exact", () => {
    const exact = fc.maxSafeInteger()
    fc.assert(
      fc.property(exact, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (a, b) => {
        expect(nearestDouble(BigInt(a), BigInt(b))).toBe(a / b || 0)
      }),
    )
  })

  it("has no nearer neighbour, and breaks ties to even", () => {
    fc.assert(
      fc.property(large, large, (numerator, denominator) => {
        const value = nearestDouble(numerator, denominator)
        const low = doubledMidpoint(neighbour(value, -1n), value)
        const high = doubledMidpoint(value, neighbour(value, 1n))
        expect(low.numerator * denominator <= 2n * numerator * low.denominator).toBe(true)
        expect(high.numerator * denominator >= 2n * numerator * high.denominator).toBe(true)
      }),
    )
    expect(nearestDouble(2n ** 53n + 1n, 1n)).toBe(2 ** 53)
    expect(nearestDouble(2n ** 53n + 3n, 1n)).toBe(2 ** 53 + 4)
    // A tie but for the smallest rest.
    expect(nearestDouble((2n ** 53n + 1n) * 10n ** 60n + 1n, 10n ** 60n)).toBe(2 ** 53 + 2)
  })

  it("keeps the sign", () => {
    expect(nearestDouble(-1n, 3n)).toBe(-1 / 3)
    expect(Object.is(nearestDouble(0n, 3n), 0)).toBe(true)
  })
})

describe("nearestRoot", () => {
  it("is Math.sqrt where the radicand is exact", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (value) => {
        expect(nearestRoot(BigInt(value), 1n)).toBe(Math.sqrt(value))
      }),
    )
  })

  it("has no nearer neighbour", () => {
    fc.assert(
      fc.property(large, large, (numerator, denominator) => {
        const value = nearestRoot(numerator, denominator)
        const low = doubledMidpoint(neighbour(value, -1n), value)
        const high = doubledMidpoint(value, neighbour(value, 1n))
        expect(low.numerator ** 2n * denominator <= 4n * numerator * low.denominator ** 2n).toBe(true)
        expect(high.numerator ** 2n * denominator >= 4n * numerator * high.denominator ** 2n).toBe(true)
      }),
    )
  })

  it("is exact for squares of fractions", () => {
    expect(nearestRoot(49n, 64n)).toBe(0.875)
    expect(nearestRoot((2n ** 70n) ** 2n, 1n)).toBe(2 ** 70)
  })
})

describe("secondsOf", () => {
  it("shows single ticks, and ten thousand years", () => {
    expect(secondsOf(8n)).toBe(8e-7)
    expect(secondsOf(3_155_378_975_999_999_999n)).toBe(315_537_897_600)
    expect(secondsOf(0n)).toBe(0)
  })
})
