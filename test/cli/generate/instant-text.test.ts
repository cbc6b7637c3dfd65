import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { startTicksAt } from "#cli/generate/calendar.ts"
import {
  instantText,
  instantTextAt,
  minuteText,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  YEAR_START_MS,
} from "#cli/generate/instant-text.ts"
import { graphInstantText } from "../../arbitraries/instant.ts"

const YEAR_START_TICKS = BigInt(YEAR_START_MS) * 10_000n
const ticksOfYear = fc.maxSafeNat().map((number) => number % (364 * 24 * TICKS_PER_HOUR))

describe("instantText", () => {
  it("is what a reference prints, to the tick", () => {
    fc.assert(
      fc.property(ticksOfYear, (ticks) => {
        expect(instantText(ticks)).toBe(graphInstantText(YEAR_START_TICKS + BigInt(ticks)))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [0, "2026-01-01T00:00:00Z"],
    [1, "2026-01-01T00:00:00.0000001Z"],
    [(31 + 27) * 24 * TICKS_PER_HOUR + 10, "2026-02-28T00:00:00.000001Z"],
    [365 * 24 * TICKS_PER_HOUR - 1, "2026-12-31T23:59:59.9999999Z"],
  ])("of %d is %s", (ticks, text) => {
    expect(instantText(ticks)).toBe(text)
  })

  it("means the same with an offset, and with the minute alone", () => {
    expect(instantTextAt(23 * TICKS_PER_HOUR, 2)).toBe("2026-01-02T01:00:00+02:00")
    expect(minuteText(75 * TICKS_PER_MINUTE)).toBe("2026-01-01T01:15Z")
  })
})

describe("startTicksAt", () => {
  it("grows with the position and stays within the weeks", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 2 ** 31 }),
        fc.integer({ min: 2, max: 48 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (length, weekCount, share) => {
          const position = Math.min(Math.floor(share * length), length - 2)
          const [one, next] = [startTicksAt(position, length, weekCount), startTicksAt(position + 1, length, weekCount)]
          expect(Number.isSafeInteger(one) && one <= next).toBe(true)
          expect(next).toBeLessThan((4 + weekCount * 7) * 24 * TICKS_PER_HOUR)
        },
      ),
    )
  })
})
