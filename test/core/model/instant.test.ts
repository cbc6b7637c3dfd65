import { readFileSync } from "node:fs"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isOptionalInstant, parseInstant, printInstant, TICKS_PER_SECOND } from "#core/model/instant.ts"

/** The last tick of the year 9999. */
const MAX_TICKS = 253_402_300_800n * TICKS_PER_SECOND - 1n
/** The first of the year 0001. */
const MIN_TICKS = -62_135_596_800n * TICKS_PER_SECOND

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Ticks by the plain rule of the calendar, in BigInt throughout; null for a text outside of the grammar. */
function referenceTicks(text: string): bigint | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(
    text,
  )
  if (match === null || text.endsWith("\n")) return null
  const [year, month, day, hour, minute, second = 0n] = [1, 2, 3, 4, 5, 6].map((group) =>
    BigInt(match[group] ?? 0),
  ) as bigint[]
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined)
    return null
  const isLeap = year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n)
  const monthDays = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1]
  if (
    year === 0n ||
    monthDays === undefined ||
    day === 0n ||
    day > monthDays ||
    hour > 23n ||
    minute > 59n ||
    second > 59n
  )
    return null
  const [offsetHours, offsetMinutes] = [BigInt(match[9] ?? 0), BigInt(match[10] ?? 0)]
  if (offsetHours > 23n || offsetMinutes > 59n) return null
  const years = year - 1n
  const leapDays = years / 4n - years / 100n + years / 400n + (isLeap && month > 2n ? 1n : 0n)
  const days = years * 365n + leapDays + BigInt(DAYS_BEFORE_MONTH[Number(month) - 1] ?? 0) + day - 1n
  const offset = (match[8] === "-" ? -1n : 1n) * (offsetHours * 60n + offsetMinutes)
  const seconds = ((days * 24n + hour) * 60n + minute - offset) * 60n + second
  return MIN_TICKS + seconds * TICKS_PER_SECOND + BigInt((match[7] ?? "").padEnd(7, "0"))
}

const two = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, "0"))

/** Texts of the grammar, and near it: months, days, hours and so on may be too large. */
const instantText = fc
  .record({
    year: fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, "0")),
    month: two(13),
    day: two(32),
    t: fc.constantFrom("T", "T", "T", "t", " "),
    hour: two(24),
    minute: two(60),
    second: fc.oneof(
      two(60).map((second) => `:${second}`),
      fc.constant(""),
    ),
    fraction: fc.oneof(fc.constant(""), fc.stringMatching(/^\.[0-9]{0,8}$/)),
    zone: fc.oneof(
      fc.constantFrom("Z", "z", "", "+00:00", "-00:00"),
      fc.tuple(fc.constantFrom("+", "-"), two(24), two(60)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    ),
  })
  .map(
    ({ year, month, day, t, hour, minute, second, fraction, zone }) =>
      `${year}-${month}-${day}${t}${hour}:${minute}${second}${fraction}${zone}`,
  )

/** The wall clock of the text is that of one of the two values for "not set". */
const isUnsetText = (text: string): boolean =>
  /^0001-01-01.00:00(:00(\.0+)?)?[Zz+-]|^9999-12-31.23:59:59\.9999999[Zz+-]/.test(text)

/** What a text has to give, by the reference. */
function expectedOf(text: string): object {
  const ticks = referenceTicks(text)
  if (ticks === null) return { ok: false, code: "session/bad-timestamp" }
  const isUnset = ticks === MIN_TICKS || ticks === MAX_TICKS || isUnsetText(text)
  return isUnset ? { ok: false, code: "session/unset-timestamp" } : { ok: true, ticks }
}

describe("parseInstant", () => {
  it("agrees with a reference in BigInt on every text", () => {
    fc.assert(
      fc.property(instantText, (text) => {
        expect(parseInstant(text)).toMatchObject(expectedOf(text))
      }),
      { numRuns: 5000 },
    )
  })

  it("reads no other text: one character changed, put in or left out", () => {
    const base = fc.constantFrom("2024-02-29T23:59:59.1234567Z", "1999-12-31T00:00:00+05:30", "2026-01-01T00:00Z")
    const odd = fc.oneof(fc.constantFrom(..."0123456789-+:.TtZz /\n\0৪Ｔ"), fc.string({ minLength: 1, maxLength: 1 }))
    fc.assert(
      fc.property(base, fc.nat(30), odd, fc.constantFrom(0, 1), (text, at, character, removed) => {
        const changed = text.slice(0, at) + character + text.slice(at + removed)
        expect(parseInstant(changed).ok).toBe(referenceTicks(changed) !== null)
      }),
      { numRuns: 5000 },
    )
  })

  it("counts every day of every year", () => {
    let ticks = MIN_TICKS
    for (let year = 1; year <= 9999; year += 1) {
      const text = `${String(year).padStart(4, "0")}-12-31T12:00:00Z`
      const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ticks += BigInt(isLeap ? 366 : 365) * 86_400n * TICKS_PER_SECOND
      expect(parseInstant(text)).toMatchObject({ ticks: ticks - 43_200n * TICKS_PER_SECOND })
    }
    expect(ticks).toBe(MAX_TICKS + 1n)
  })

  const lines = readFileSync(new URL("./fixtures/instants.ndjson", import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
  const cases = lines.map(
    (line) => JSON.parse(line) as { text: string; expect: "accept" | "reject"; code: string; why: string },
  )

  it("is put through 87 texts", () => expect(cases).toHaveLength(87))

  it.each(cases)("$expect: $text ($why)", ({ text, expect: verdict, code }) => {
    const instant = parseInstant(text)
    expect(instant.ok ? { verdict: "accept", code: "" } : { verdict: "reject", code: instant.code }).toEqual({
      verdict,
      code,
    })
  })

  it.each([
    ["2024-03-01T10:00:00.1234567Z", true, true],
    ["2024-03-01T10:00:00+00:00", true, true],
    ["2024-03-01T10:00:00-00:00", true, true],
    ["2024-03-01T12:00:00+02:00", false, true],
    ["2024-03-01T10:00Z", true, false],
    ["2024-03-01T12:00+02:00", false, false],
    ["2024-03-01t10:00:00Z", true, false],
    ["2024-03-01T10:00:00z", true, false],
    ["/Date(1709287200000)/", true, false],
    ["/Date(1709287200000+0200)/", true, false],
  ])("tells how %s departs from what Graph writes", (text, isUtc, isUsual) => {
    expect(parseInstant(text)).toMatchObject({ ok: true, isUtc, isUsual })
  })

  it.each([null, undefined, 1_709_287_200_000, true, {}, [], ["2024-03-01T10:00:00Z"], new Date(0)])(
    "takes %j for no instant",
    (value) => {
      expect(parseInstant(value)).toMatchObject({ ok: false, code: "session/bad-timestamp" })
    },
  )

  it("takes the milliseconds of /Date(…)/ as UTC, whatever offset is remarked", () => {
    expect(parseInstant("/Date(1582656741216)/")).toMatchObject({ ticks: 15_826_567_412_160_000n })
    expect(parseInstant("/Date(1582656741216+0530)/")).toMatchObject({ ticks: 15_826_567_412_160_000n })
    expect(parseInstant("/Date(-1)/")).toMatchObject({ ticks: -10_000n })
  })

  it.each([
    "/Date()/",
    "/Date(1)",
    "/Date(1)/ ",
    "/Date(1.5)/",
    "/Date(1+24:00)/",
    "/Date(1+2400)/",
    "/Date(1+0260)/",
    "/Date(253402300800000)/",
    "/Date(999999999999999999)/",
  ])("refuses %s", (text) => expect(parseInstant(text)).toMatchObject({ ok: false, code: "session/bad-timestamp" }))

  it.each([
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00.0000000+00:00",
    "9999-12-31T23:59:59.9999999Z",
    "0001-01-01T01:00:00+01:00",
    "0001-01-01T00:00:00+02:00",
    "9999-12-31T23:59:59.9999999-08:00",
    "/Date(-62135596800000)/",
    "/Date(253402300799999)/",
  ])("tells that %s says no time was set", (text) => {
    expect(parseInstant(text)).toMatchObject({ ok: false, code: "session/unset-timestamp" })
    expect(isOptionalInstant(text)).toBe(true)
  })

  it.each(["0001-01-01T00:00:00.0000001Z", "9999-12-31T23:59:59.9999998Z", "9999-12-31T23:59:59Z"])(
    "reads %s, which is next to one of these",
    (text) => {
      expect(parseInstant(text).ok).toBe(true)
    },
  )

  it("gives a reason that says nothing of what was written", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (text) => {
        expect(JSON.stringify(parseInstant(text), (_, value: unknown) => String(value))).not.toContain(text)
      }),
    )
    const reasons = [
      "x",
      "2024-02-30T00:00:00Z",
      "2024-02-01T24:00:00Z",
      "2024-02-01T00:00:00.12345678Z",
      "2024-02-01T00:00:00+24:00",
      "/Date(x)/",
    ].map(parseInstant)
    expect(new Set(reasons.map((instant) => (instant.ok ? "" : instant.reason))).size).toBe(6)
  })
})

/** All instants that a text can name: an offset reaches a day less a minute out of the years 0001 to 9999. */
const DAY_LESS_A_MINUTE = 86_340n * TICKS_PER_SECOND
const anyTicks = fc.oneof(
  fc.bigInt({ min: MIN_TICKS + 1n, max: MAX_TICKS - 1n }),
  fc.bigInt({ min: 0n, max: 10n ** 17n }),
  fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }),
)

describe("printInstant", () => {
  it("is read back as the same instant, written as Graph does", () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        expect(parseInstant(printInstant(ticks))).toEqual({ ok: true, ticks, isUtc: true, isUsual: true })
      }),
      { numRuns: 3000 },
    )
  })

  it("is monotone", () => {
    fc.assert(
      fc.property(anyTicks, anyTicks, (a, b) => {
        expect(printInstant(a) < printInstant(b)).toBe(a < b)
      }),
      { numRuns: 2000 },
    )
  })

  it("writes what an offset carries out of the years 0001 to 9999, and reads it back", () => {
    const early = fc.bigInt({ min: MIN_TICKS - DAY_LESS_A_MINUTE + 1n, max: MIN_TICKS - 1n })
    const late = fc.bigInt({ min: MAX_TICKS + 1n, max: MAX_TICKS + DAY_LESS_A_MINUTE - 1n })
    fc.assert(
      fc.property(fc.oneof(early, late), (ticks) => {
        expect(parseInstant(printInstant(ticks))).toMatchObject({ ok: true, ticks })
      }),
    )
  })

  it.each([
    [0n, "1970-01-01T00:00:00.0000000Z"],
    [-1n, "1969-12-31T23:59:59.9999999Z"],
    [17_672_256_038_251_657n, "2026-01-01T00:00:03.8251657Z"],
    [MIN_TICKS, "0001-01-01T00:00:00.0000000Z"],
    [MAX_TICKS, "9999-12-31T23:59:59.9999999Z"],
    [MIN_TICKS - 1n, "0001-01-01T23:58:59.9999999+23:59"],
    [MAX_TICKS + 1n, "9999-12-31T00:01:00.0000000-23:59"],
  ])("writes %s", (ticks, text) => expect(printInstant(ticks)).toBe(text))

  it("refuses ticks that no text names", () => {
    expect(() => printInstant(MIN_TICKS - 2n * DAY_LESS_A_MINUTE)).toThrow(RangeError)
  })
})
