/**
 * Instants: exact counts of 100 ns ticks since 1970-01-01T00:00:00Z, as .NET and Graph count them.
 *
 * Texts are read by the grammar of OData's DateTimeOffset (oasis-tcs/odata-abnf, `dateTimeOffsetValue`), narrowed to
 * what can be told exactly: at most seven fractional digits, no second 60, no hour 24, years 0001 to 9999. `Date` reads
 * texts that are no instants and turns 30 February into 1 March, so it parses nothing here.
 */

/** 100 ns ticks in a second. */
export const TICKS_PER_SECOND = 10_000_000n

const TICKS_PER_MS = 10_000n
const SECONDS_PER_DAY = 86_400
/** 0001-01-01T00:00:00: what .NET writes for "not set" (`DateTime.MinValue`). */
const UNSET_MIN_SECONDS = -62_135_596_800
/** 9999-12-31T23:59:59, with seven nines behind the point: the other one (`DateTime.MaxValue`). */
const UNSET_MAX_SECONDS = 253_402_300_799
const LAST_TICK = 9_999_999

/** An instant, and how its text departs from what Graph writes. */
export interface Instant {
  readonly ok: true
  /** 100 ns ticks since 1970-01-01T00:00:00Z. */
  readonly ticks: bigint
  /** Whether it was written in UTC: `Z`, `+00:00`, `-00:00`, or `/Date(…)/`, whose milliseconds are UTC. */
  readonly isUtc: boolean
  /** Whether it is written as Graph does: with seconds, `T` and `Z` in capitals, not as `/Date(…)/`. */
  readonly isUsual: boolean
}

/** Why a text is no instant. */
export interface InstantFault {
  readonly ok: false
  readonly code: "session/bad-timestamp" | "session/unset-timestamp"
  /** What is wrong, as the end of a sentence; says nothing of what was written. */
  readonly reason: string
}

const bad = (reason: string): InstantFault => ({ ok: false, code: "session/bad-timestamp", reason })

const BAD_FORM = bad("is not of the form YYYY-MM-DDThh:mm:ss[.fffffff] with Z or an offset of ±hh:mm")
const BAD_DATE = bad("names a date that does not exist")
const BAD_TIME = bad("names a time that does not exist: hours go to 23, minutes and seconds to 59")
const BAD_FRACTION = bad("has no digit or more than seven digits behind the decimal point")
const BAD_OFFSET = bad("has an offset of 24 hours or more, or of 60 minutes or more past the hour")
const BAD_DATE_CALL = bad("is not of the form /Date(milliseconds)/ within the years 0001 to 9999")
const UNSET: InstantFault = {
  ok: false,
  code: "session/unset-timestamp",
  reason: "is the value by which .NET writes that nothing was set",
}

/** The instant that `text` names, exactly; else why it names none. A value that is no text names none either. */
export function parseInstant(text: unknown): Instant | InstantFault {
  if (typeof text !== "string") return BAD_FORM
  if (text.charCodeAt(0) === SLASH) return parseDateCall(text)
  if (!hasFrame(text)) return BAD_FORM
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const hasSecond = text.charCodeAt(16) === COLON
  const second = hasSecond ? digits(text, 17, 2) : 0
  // A digit that is missing makes its number NaN, and so the sum.
  if (Number.isNaN(year + month + day + hour + minute + second)) return BAD_FORM
  if (!isDay(year, month, day)) return BAD_DATE
  if (hour > 23 || minute > 59 || second > 59) return BAD_TIME
  const fractionAt = hasSecond ? 19 : 16
  const hasFraction = hasSecond && text.charCodeAt(fractionAt) === POINT
  const zoneAt = hasFraction ? digitsEnd(text, fractionAt + 1) : fractionAt
  const fraction = hasFraction ? fractionTicks(text, fractionAt + 1, zoneAt) : 0
  if (Number.isNaN(fraction)) return BAD_FRACTION
  const offset = offsetMinutes(text, zoneAt)
  if (Number.isNaN(offset)) return hasOffsetForm(text, zoneAt) ? BAD_OFFSET : BAD_FORM
  const wallSeconds = dayNumber(year, month, day) * SECONDS_PER_DAY + (hour * 60 + minute) * 60 + second
  const seconds = wallSeconds - offset * 60
  if (isUnset(wallSeconds, fraction) || isUnset(seconds, fraction)) return UNSET
  const isUsual = hasSecond && text.charCodeAt(10) === CAPITAL_T && text.charCodeAt(zoneAt) !== SMALL_Z
  return { ok: true, ticks: BigInt(seconds) * TICKS_PER_SECOND + BigInt(fraction), isUtc: offset === 0, isUsual }
}

/** Whether `text` names an instant, or is a value that says "not set": what may stand where null may. */
export function isOptionalInstant(text: string): boolean {
  const instant = parseInstant(text)
  return instant.ok || instant === UNSET
}

const SLASH = 0x2f
const HYPHEN = 0x2d
const COLON = 0x3a
const POINT = 0x2e
const PLUS = 0x2b
const CAPITAL_T = 0x54
const SMALL_T = 0x74
const CAPITAL_Z = 0x5a
const SMALL_Z = 0x7a

/** Whether the separators of date, hour and minute stand where they must. */
function hasFrame(text: string): boolean {
  const t = text.charCodeAt(10)
  return (
    text.charCodeAt(4) === HYPHEN &&
    text.charCodeAt(7) === HYPHEN &&
    text.charCodeAt(13) === COLON &&
    (t === CAPITAL_T || t === SMALL_T)
  )
}

/** The number of `count` ASCII digits at `at`; NaN where one of them is no digit. */
function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - 0x30
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function digitsEnd(text: string, at: number): number {
  let end = at
  while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1
  return end
}

/** One to seven digits behind the point, as ticks; NaN for none or more. */
function fractionTicks(text: string, from: number, to: number): number {
  const count = to - from
  return count >= 1 && count <= 7 ? digits(text, from, count) * 10 ** (7 - count) : Number.NaN
}

/** The offset from UTC that ends the text at `at`; NaN where it is none, or not the end. */
function offsetMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === CAPITAL_Z || sign === SMALL_Z) return text.length === at + 1 ? 0 : Number.NaN
  if (!hasOffsetForm(text, at)) return Number.NaN
  const hours = digits(text, at + 1, 2)
  const minutes = digits(text, at + 4, 2)
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN
  return sign === HYPHEN ? 0 - (hours * 60 + minutes) : hours * 60 + minutes
}

function hasOffsetForm(text: string, at: number): boolean {
  const sign = text.charCodeAt(at)
  return (sign === PLUS || sign === HYPHEN) && text.length === at + 6 && text.charCodeAt(at + 3) === COLON
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (DAYS_IN_MONTH[month - 1] ?? 0)
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/**
 * Whether it is one of the two values by which .NET says "not set". They are values of the wall clock, so a writer that
 * adds its machine's offset writes the same: `0001-01-01T00:00:00+02:00`.
 */
function isUnset(seconds: number, fraction: number): boolean {
  return (seconds === UNSET_MIN_SECONDS && fraction === 0) || (seconds === UNSET_MAX_SECONDS && fraction === LAST_TICK)
}

const DATE_CALL = /^\/Date\((-?\d{1,15})(?:[+-]([01]\d|2[0-3])[0-5]\d)?\)\/$/
const UNSET_MIN_MS = UNSET_MIN_SECONDS * 1000
/** The last millisecond of 9999, in which .NET's maximum lies: this form has no digits for the rest. */
const UNSET_MAX_MS = UNSET_MAX_SECONDS * 1000 + 999

/** `/Date(ms)/` and `/Date(ms±hhmm)/`, as Windows PowerShell 5.1 writes them: the offset is a remark, ms is UTC. */
function parseDateCall(text: string): Instant | InstantFault {
  const ms = Number(DATE_CALL.exec(text)?.[1])
  if (!(ms >= UNSET_MIN_MS && ms <= UNSET_MAX_MS)) return BAD_DATE_CALL
  if (ms === UNSET_MIN_MS || ms === UNSET_MAX_MS) return UNSET
  return { ok: true, ticks: BigInt(ms) * TICKS_PER_MS, isUtc: true, isUsual: false }
}

const MIN_TICKS = BigInt(UNSET_MIN_SECONDS) * TICKS_PER_SECOND
const MAX_TICKS = BigInt(UNSET_MAX_SECONDS + 1) * TICKS_PER_SECOND - 1n
/** The widest offset there is, 23 h 59 min. */
const WIDEST_OFFSET_TICKS = BigInt((23 * 60 + 59) * 60) * TICKS_PER_SECOND

/**
 * RFC 3339 in UTC with seven fractional digits: `2026-01-01T00:00:03.8251657Z`. An offset may carry an instant up to a
 * day out of the years 0001 to 9999, for which RFC 3339 has no digits in UTC: such a one is written with the widest
 * offset, so that every instant that is read is written as RFC 3339 and read back as itself.
 * Throws a RangeError for ticks that no text can name.
 */
export function printInstant(ticks: bigint): string {
  if (ticks < MIN_TICKS) return `${wallClock(ticks + WIDEST_OFFSET_TICKS)}+23:59`
  if (ticks > MAX_TICKS) return `${wallClock(ticks - WIDEST_OFFSET_TICKS)}-23:59`
  return `${wallClock(ticks)}Z`
}

function wallClock(ticks: bigint): string {
  if (ticks < MIN_TICKS || ticks > MAX_TICKS) throw new RangeError("the instant lies outside of the years 0001 to 9999")
  const rest = ((ticks % TICKS_PER_MS) + TICKS_PER_MS) % TICKS_PER_MS
  const ms = Number((ticks - rest) / TICKS_PER_MS)
  return `${new Date(ms).toISOString().slice(0, -1)}${String(rest).padStart(4, "0")}`
}
