import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseDuration } from "#cli/arguments/duration.ts"

const TICKS_PER_SECOND = 10_000_000n
const part = (max: number) => fc.option(fc.nat(max), { nil: null })
const parts = fc
  .record({ days: part(999_999), hours: part(9_999_999), minutes: part(999_999_999), seconds: part(99_999_999_999) })
  .filter((each) => Object.values(each).some((value) => value !== null))

const sum = ({ days, hours, minutes, seconds }: { [key: string]: number | null }): bigint =>
  BigInt(days ?? 0) * 86_400n + BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0)
const written = (value: number | null, unit: string): string => (value === null ? "" : `${value}${unit}`)

describe("parseDuration", () => {
  it("sums days, hours, minutes and seconds, each of which may be left out", () => {
    fc.assert(
      fc.property(parts, (each) => {
        const { days, hours, minutes, seconds } = each
        const text = written(days, "d") + written(hours, "h") + written(minutes, "m") + written(seconds, "s")
        expect(parseDuration(text)).toBe(sum(each) * TICKS_PER_SECOND)
      }),
    )
  })

  it("reads ISO 8601 alike", () => {
    fc.assert(
      fc.property(parts, (each) => {
        const { days, hours, minutes, seconds } = each
        const time = written(hours, "H") + written(minutes, "M") + written(seconds, "S")
        const text = `P${written(days, "D")}${time === "" ? "" : `T${time}`}`
        expect(parseDuration(text)).toBe(sum(each) * TICKS_PER_SECOND)
      }),
    )
  })

  it("reads all ways to write a day alike", () => {
    const ways = ["24h", "1d", "1440m", "86400s", "23h60m", "PT24H", "P1D", "24H", "pt24h"]
    expect(new Set(ways.map(parseDuration))).toEqual(new Set([864_000_000_000n]))
  })

  it.each(["", "24", "h", "P", "PT", "1h2d", "-1h", "1.5h", "1 h", "1w", "P1Y", "P1M", "1h\n", "tomorrow"])(
    "%j is no duration",
    (text) => expect(() => parseDuration(text)).toThrow("24h"),
  )
})
