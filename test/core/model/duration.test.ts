import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseDuration } from "#core/model/duration.ts"

const part = (unit: string, max: number) =>
  fc.option(fc.nat(max), { nil: null }).map((value) => ({ value, text: value === null ? "" : `${value}${unit}` }))
const fractionText = fc.stringMatching(/^[0-9]{1,7}$/)

describe("parseDuration", () => {
  it("sums the parts of the ISO 8601 form exactly", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        part("D", 1e6),
        part("H", 1e6),
        part("M", 1e9),
        fc.option(fc.tuple(fc.nat(1e9), fractionText)),
        (isNegative, d, h, m, s) => {
          const clock = `${h.text}${m.text}${s === null ? "" : `${s[0]}.${s[1]}S`}`
          const text = `${isNegative ? "-" : ""}P${d.text}${clock === "" ? "" : `T${clock}`}`
          const isEmpty = d.text === "" && clock === ""
          const seconds =
            BigInt(d.value ?? 0) * 86_400n +
            BigInt(h.value ?? 0) * 3600n +
            BigInt(m.value ?? 0) * 60n +
            BigInt(s?.[0] ?? 0)
          const ticks = seconds * 10_000_000n + BigInt((s?.[1] ?? "").padEnd(7, "0"))
          expect(parseDuration(text)).toBe(isEmpty ? null : isNegative ? -ticks : ticks)
        },
      ),
    )
  })

  it("reads the form of .NET as the same length", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.nat(23),
        fc.nat(59),
        fc.nat(59),
        fractionText,
        (days, hours, minutes, seconds, fraction) => {
          const [h, m, s] = [hours, minutes, seconds].map((number) => String(number).padStart(2, "0"))
          expect(parseDuration(`${days}.${h}:${m}:${s}.${fraction}`)).toBe(
            parseDuration(`P${days}DT${hours}H${minutes}M${seconds}.${fraction}S`),
          )
          expect(parseDuration(`-${h}:${m}:${s}`)).toBe(parseDuration(`-PT${hours}H${minutes}M${seconds}S`))
        },
      ),
    )
  })

  it.each([
    ["PT0S", 0n],
    ["PT0.016S", 160_000n],
    ["-PT1S", -10_000_000n],
    ["P1DT2H", 936_000_000_000n],
    ["PT90S", 900_000_000n],
    ["PT36H", 1_296_000_000_000n],
    ["PT0.00000019S", 1n],
    ["00:00:00.0160000", 160_000n],
    ["-1.02:03:04.5", -937_845_000_000n],
  ])("reads %s", (text, ticks) => expect(parseDuration(text)).toBe(ticks))

  it.each([
    "",
    "P",
    "PT",
    "-P",
    "P1DT",
    "P1Y",
    "P1M",
    "P1W",
    "PT1.5H",
    "PT.5S",
    "PT5.S",
    "PT1S2M",
    "PT1",
    "pt1s",
    "+PT1S",
    "PT1S\n",
    " PT1S",
    "24:00:00",
    "00:60:00",
    "00:00:60",
    "1:00:00",
    "00:00:00.",
    "00:00:00.12345678",
    "1.5",
    "P1DT1H1H",
    `PT${"9".repeat(100_000)}S`,
  ])("refuses %.20s", (text) => expect(parseDuration(text)).toBeNull())
})
