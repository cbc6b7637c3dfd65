// Instants as Graph writes them: `YYYY-MM-DDThh:mm:ss[.f{1,7}]Z` → ticks of 100 ns since 1970-01-01T00:00:00Z.
// Any other text is asked about outside, where the whole grammar is known.

import { hostTicks } from "./scratch"

/** Reads a text of another form: writes ticks to `into`, gives bits of `InstantBit`. */
// @ts-ignore: decorator
@external("callsift", "readInstant")
declare function readInstantOutside(p: usize, length: usize, into: usize): i32

/** What an instant is: none at all, or the value that stands for "not set"; not in UTC; not as Graph writes it. */
export const INSTANT_BAD: i32 = 1
export const INSTANT_UNSET: i32 = 2
export const INSTANT_NOT_UTC: i32 = 4
export const INSTANT_UNUSUAL: i32 = 8

export let instantTicks: i64 = 0

const TICKS_PER_SECOND: i64 = 10_000_000
let cachedDate: i32 = -1
let cachedDays: i32 = 0

/** Reads the text from `p` to `end` (without escapes) into `instantTicks`. */
export function readInstant(p: usize, end: usize): i32 {
  const marks = readUsual(p, end - p)
  return marks >= 0 ? marks : other(p, end - p)
}

/** Reads a text of so many bytes as Graph writes it, looking at all of them; -1 where it is none. */
export function readUsual(p: usize, length: usize): i32 {
  if (length < 20 || length > 28 || load<u8>(p + length - 1) != 0x5a) return -1
  const v = v128.load(p)
  const digits = i8x16.sub(v, i8x16.splat(0x30))
  const separators = i8x16(0, 0, 0, 0, 0x2d, 0, 0, 0x2d, 0, 0, 0x54, 0, 0, 0x3a, 0, 0)
  const digitLanes = i8x16(-1, -1, -1, -1, 0, -1, -1, 0, -1, -1, 0, -1, -1, 0, -1, -1)
  const good = v128.bitselect(i8x16.le_u(digits, i8x16.splat(9)), i8x16.eq(v, separators), digitLanes)
  if (i8x16.bitmask(good) != 0xffff || load<u8>(p, 16) != 0x3a) return -1
  const packed = i8x16.swizzle(digits, i8x16(0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, -1, -1, -1, -1))
  const weights = i16x8(10, 1, 10, 1, 10, 1, 10, 1)
  const date = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(packed), weights)
  const time = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(packed), weights)
  const year = i32x4.extract_lane(date, 0) * 100 + i32x4.extract_lane(date, 1)
  const month = i32x4.extract_lane(date, 2)
  const day = i32x4.extract_lane(date, 3)
  const hour = i32x4.extract_lane(time, 0)
  const minute = i32x4.extract_lane(time, 1)
  const tens = <i32>load<u8>(p, 17) - 0x30
  const ones = <i32>load<u8>(p, 18) - 0x30
  const second = tens * 10 + ones
  if (<u32>tens > 5 || <u32>ones > 9 || hour > 23 || minute > 59) return -1
  const key = (year << 9) | (month << 5) | day
  if (month > 12 || day > 31) return -1
  if (key != cachedDate) {
    if (!isDay(year, month, day)) return -1
    cachedDays = dayNumber(year, month, day)
    cachedDate = key
  }
  const fraction = length == 20 ? 0 : readFraction(p + 19, <i32>length - 21)
  if (fraction < 0) return -1
  const seconds = <i64>cachedDays * 86400 + (hour * 60 + minute) * 60 + second
  instantTicks = seconds * TICKS_PER_SECOND + fraction
  // 0001-01-01T00:00:00 and the last tick of 9999: what .NET writes for "not set".
  if (instantTicks == -62_135_596_800 * TICKS_PER_SECOND || instantTicks == 253_402_300_800 * TICKS_PER_SECOND - 1) {
    return INSTANT_UNSET
  }
  return 0
}

function other(p: usize, length: usize): i32 {
  const bits = readInstantOutside(p, length, hostTicks)
  instantTicks = load<i64>(hostTicks)
  return bits
}

/** Ticks of the point and `count` digits at `p`; -1 where they are none. */
function readFraction(p: usize, count: i32): i32 {
  if (load<u8>(p) != 0x2e || count < 1) return -1
  if (count == 7) return eightDigits((load<u64>(p, 1) << 8) | 0x30)
  let ticks = 0
  for (let index = 0; index < 7; index++) {
    const digit = index < count ? <u32>load<u8>(p + 1 + index) - 0x30 : 0
    if (digit > 9) return -1
    ticks = ticks * 10 + <i32>digit
  }
  return ticks
}

/** The number of eight ASCII digits, the first in the lowest byte; -1 where one is none. */
function eightDigits(digits: u64): i32 {
  if (((digits + 0x4646464646464646) | (digits - 0x3030303030303030)) & 0x8080808080808080) return -1
  digits -= 0x3030303030303030
  digits = digits * 10 + (digits >> 8)
  const even: u64 = 0x000000ff000000ff
  const sum = (digits & even) * 0x000f424000000064 + ((digits >> 16) & even) * 0x0000271000000001
  return <i32>(sum >> 32)
}

function isDay(year: i32, month: i32, day: i32): bool {
  if (year < 1 || month < 1 || day < 1) return false
  if (month == 2) return day <= (isLeap(year) ? 29 : 28)
  const isShort = month == 4 || month == 6 || month == 9 || month == 11
  return day <= (isShort ? 30 : 31)
}

function isLeap(year: i32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/** Days from 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function dayNumber(year: i32, month: i32, day: i32): i32 {
  const shifted = month <= 2 ? year - 1 : year
  const era = shifted / 400
  const yearOfEra = shifted - era * 400
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146097 + dayOfEra - 719468
}
