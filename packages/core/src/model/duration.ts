/**
 * Durations: `["-"] "P" [n"D"] ["T" [n"H"] [n"M"] [n["."n]"S"]]` (oasis-tcs/odata-abnf, `durationValue`), and
 * `[-][d.]hh:mm:ss[.fffffff]` as .NET and Kusto write them. In the first form a number may be of any size (`PT90S`), and
 * years, months and weeks do not exist.
 */
import { TICKS_PER_SECOND } from "./instant.ts"

const ISO =
  /^(-)?P(?=[\dT])(?:(\d{1,8})D)?(?:T(?=\d)(?:(\d{1,10})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(?:\.(\d{1,12}))?S)?)?$/
const CLOCK = /^(-)?(?:(\d{1,8})\.)?([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,7}))?$/

/** Either form, as the source of a regular expression. */
export const DURATION_PATTERN = `${ISO.source}|${CLOCK.source}`

/** The length of the duration in ticks of 100 ns, digits beyond the seventh dropped; null for any other text. */
export function parseDuration(text: string): bigint | null {
  const match = ISO.exec(text) ?? CLOCK.exec(text)
  if (match === null) return null
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match
  // The digits that the expressions allow keep this sum far below 2^53.
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
  const ticks = BigInt(whole) * TICKS_PER_SECOND + BigInt(Number(fraction.slice(0, 7).padEnd(7, "0")))
  return sign === undefined ? ticks : -ticks
}
