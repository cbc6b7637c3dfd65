/** Texts of instants together with the instants they mean, in ticks of 100 ns since 1970-01-01T00:00:00Z. */
import * as fc from "fast-check"

/** A text and what it means. */
export interface InstantSample {
  readonly text: string
  readonly ticks: bigint
}

const TICKS_PER_SECOND = 10_000_000n
const TICKS_PER_MILLISECOND = 10_000n
const digits = (value: number | bigint, width: number): string => String(value).padStart(width, "0")

/** Years, months and days that exist, from 0001 to 9999. */
const day = fc
  .record({
    year: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 2020, max: 2030 })),
    dayOfYear: fc.nat({ max: 364 }),
  })
  .map(({ year, dayOfYear }) => {
    const date = new Date(0)
    date.setUTCFullYear(year, 0, 1 + dayOfYear)
    return date
  })

const time = fc.record({
  hour: fc.nat({ max: 23 }),
  minute: fc.nat({ max: 59 }),
  second: fc.nat({ max: 59 }),
  fraction: fc.oneof(
    fc.constant(""),
    fc
      .integer({ min: 1, max: 7 })
      .chain((width) => fc.nat({ max: 10 ** width - 1 }).map((value) => digits(value, width))),
  ),
})

const offset = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ text: "Z", minutes: 0 }) },
  { weight: 1, arbitrary: fc.constant({ text: "z", minutes: 0 }) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 }).map((minutes) => {
      const size = Math.abs(minutes)
      return { text: `${minutes < 0 ? "-" : "+"}${digits(Math.floor(size / 60), 2)}:${digits(size % 60, 2)}`, minutes }
    }),
  },
)

/** RFC 3339 with 0 to 7 fractional digits, any offset, seconds now and then left out, either case of the letters. */
const dateTime: fc.Arbitrary<InstantSample> = fc
  .record({
    day,
    time,
    offset,
    separator: fc.constantFrom("T", "T", "t"),
    hasSeconds: fc.integer({ min: 0, max: 9 }).map((draw) => draw > 0),
  })
  .map(({ day: date, time: { hour, minute, second, fraction }, offset: zone, separator, hasSeconds }) => {
    const seconds = hasSeconds ? `:${digits(second, 2)}${fraction === "" ? "" : `.${fraction}`}` : ""
    const calendar = `${digits(date.getUTCFullYear(), 4)}-${digits(date.getUTCMonth() + 1, 2)}-${digits(date.getUTCDate(), 2)}`
    const wholeSeconds = date.getTime() / 1000 + hour * 3600 + (minute - zone.minutes) * 60 + (hasSeconds ? second : 0)
    const fractionTicks = hasSeconds ? BigInt(fraction.padEnd(7, "0")) : 0n
    return {
      text: `${calendar}${separator}${digits(hour, 2)}:${digits(minute, 2)}${seconds}${zone.text}`,
      ticks: BigInt(wholeSeconds) * TICKS_PER_SECOND + fractionTicks,
    }
  })

/** `/Date(ms)/`, with or without an offset, which says nothing about the instant. */
const dotNetDate: fc.Arbitrary<InstantSample> = fc
  .record({
    ms: fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 }),
    zone: fc.constantFrom("", "+0000", "+0200", "-0730"),
  })
  .map(({ ms, zone }) => ({ text: `/Date(${ms}${zone})/`, ticks: BigInt(ms) * TICKS_PER_MILLISECOND }))

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.9999999Z mean "not set", and what lies beyond has no text. */
const FIRST_UNSET_TICKS = -621_355_968_000_000_000n
const LAST_UNSET_TICKS = 2_534_023_007_999_999_999n

/** Every text that is accepted as an instant, with its instant. */
export const instant: fc.Arbitrary<InstantSample> = fc
  .oneof({ weight: 5, arbitrary: dateTime }, { weight: 1, arbitrary: dotNetDate })
  .filter(({ ticks }) => ticks > FIRST_UNSET_TICKS && ticks < LAST_UNSET_TICKS)

/** Texts that are no instant, though some look like one. */
export const badInstantText: fc.Arbitrary<string> = fc.constantFrom(
  "",
  "now",
  "2026-02-30T10:00:00Z",
  "2025-02-29T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T10:60:00Z",
  "2026-01-01T10:00:60Z",
  "2026-01-01",
  "2026-01-01T10:00:00",
  "2026-01-01 10:00:00Z",
  "0000-01-01T00:00:00Z",
  "2026-01-01T10:00:00.12345678Z",
  "2026-01-01T10:00:00.Z",
  "2026-01-01T10:00:00+24:00",
  "2026-13-01T10:00:00Z",
  "2026-01-01T10:00:00Z\n",
  " 2026-01-01T10:00:00Z",
  "1",
  "/Date(x)/",
  "2026-1-1T10:00:00Z",
  "+2026-01-01T10:00:00Z",
)

/** An instant as Graph writes it: `Z`, no zeros at the end of the fraction. For the years 0001 to 9999. */
export function graphInstantText(ticks: bigint): string {
  const second = ticks / TICKS_PER_SECOND - (ticks % TICKS_PER_SECOND < 0n ? 1n : 0n)
  const fraction = digits(ticks - second * TICKS_PER_SECOND, 7).replace(/0+$/, "")
  return `${new Date(Number(second) * 1000).toISOString().slice(0, 19)}${fraction === "" ? "" : `.${fraction}`}Z`
}

/** What a text of `graphInstantText` means; the reference that tests compare with. */
export function graphInstantTicks(graphText: string): bigint {
  const [whole = "", fraction = ""] = graphText.replace("Z", "").split(".")
  return BigInt(Date.parse(`${whole}Z`)) * TICKS_PER_MILLISECOND + BigInt(fraction.padEnd(7, "0"))
}
