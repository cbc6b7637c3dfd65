/** Durations: `24h`, `90m`, `45s`, `2d`, `1h30m`, and ISO 8601's `PT24H`. */
import { InvalidArgumentError } from "commander"

const TICKS_PER_SECOND = 10_000_000n
const SHORT = /^(?:(\d{1,6})d)?(?:(\d{1,7})h)?(?:(\d{1,9})m)?(?:(\d{1,11})s)?$/i
const ISO = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,11})S)?)?$/i

/** Ticks of 100 ns. Throws commander's error for any other text. */
export function parseDuration(text: string): bigint {
  const match = /\d/.test(text) ? (SHORT.exec(text) ?? ISO.exec(text)) : null
  if (match === null) throw new InvalidArgumentError("A duration is written 24h, 90m, 1h30m or PT24H.")
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = match
  const inSeconds = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)
  return inSeconds * TICKS_PER_SECOND
}
