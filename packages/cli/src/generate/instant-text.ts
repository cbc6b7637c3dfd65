/**
 * Instants of 2026 as Graph writes them. An instant is a count of ticks of 100 ns since 2026-01-01T00:00:00Z, so that
 * a whole year fits a double exactly.
 */
export const TICKS_PER_SECOND = 10_000_000
export const TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND
export const TICKS_PER_HOUR = 60 * TICKS_PER_MINUTE
/** 2026-01-01T00:00:00Z in milliseconds since 1970. */
export const YEAR_START_MS = 1_767_225_600_000

const SECONDS_PER_DAY = 86_400
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"))
const twoDigits = (number: number): string => TWO_DIGITS[number] ?? ""
/** `2026-01-01T` and so on, by day of the year. */
const DAY_TEXTS = MONTH_DAYS.flatMap((dayCount, month) =>
  Array.from({ length: dayCount }, (_, day) => `2026-${twoDigits(month + 1)}-${twoDigits(day + 1)}T`),
)

/** The instant without quotes: `2026-03-02T09:14:05.0605236Z`; no zeros at the end of the fraction, none for whole seconds. */
export function instantText(ticks: number): string {
  return `${localText(ticks)}Z`
}

/** The instant in the time zone that is `offsetHours` (0 to 9) ahead of UTC: `2026-03-02T11:14:05.0605236+02:00`. */
export function instantTextAt(ticks: number, offsetHours: number): string {
  return `${localText(ticks + offsetHours * TICKS_PER_HOUR)}+0${offsetHours}:00`
}

/** The instant to the minute, without seconds: `2026-03-02T09:14Z`. */
export function minuteText(ticks: number): string {
  return `${localText(ticks).slice(0, 16)}Z`
}

function localText(ticks: number): string {
  const second = Math.floor(ticks / TICKS_PER_SECOND)
  const fraction = ticks - second * TICKS_PER_SECOND
  const day = Math.floor(second / SECONDS_PER_DAY)
  const ofDay = second - day * SECONDS_PER_DAY
  const minute = Math.floor(ofDay / 60)
  const hour = Math.floor(minute / 60)
  return `${DAY_TEXTS[day] ?? ""}${twoDigits(hour)}:${twoDigits(minute - hour * 60)}:${twoDigits(ofDay - minute * 60)}${fractionText(fraction)}`
}

function fractionText(fraction: number): string {
  if (fraction === 0) return ""
  let digits = fraction
  let width = 7
  while (digits % 10 === 0) {
    digits /= 10
    width -= 1
  }
  return `.${String(digits).padStart(width, "0")}`
}
