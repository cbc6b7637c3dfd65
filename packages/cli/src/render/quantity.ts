/** Quantities in words for people; machines read the report. */

/** `12,345`, whatever the locale. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")
}

/** `1 session`, `2 sessions`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`
}

const BYTE_UNITS = ["kB", "MB", "GB", "TB"]

/** `12.3 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`
  let scaled = value / 1000
  let power = 0
  // What would be rounded to 1000.0 is 1.0 of the next unit.
  for (; scaled >= 999.95 && power < BYTE_UNITS.length - 1; power++) scaled /= 1000
  return `${scaled.toFixed(1)} ${BYTE_UNITS[power]}`
}

/** `850 ms`, `42.5 s`, `12m 05s`, `3h 12m`, `5d 04h`. */
export function duration(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  if (ms < 1) return seconds > 0 ? "under 1 ms" : "0 s"
  if (ms < 1000) return `${ms} ms`
  if (ms < 59_950) return `${Number((ms / 1000).toFixed(1))} s`
  const whole = Math.max(60, Math.floor(ms / 1000))
  if (whole < 3600) return pair(whole, 60, "m", 1, "s")
  if (whole < 86_400) return pair(whole, 3600, "h", 60, "m")
  return pair(whole, 86_400, "d", 3600, "h")
}

/** As many of the large unit as there are whole ones, and of the small one what is left. */
function pair(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % large) / small)
  return `${count(Math.floor(seconds / large))}${largeUnit} ${String(rest).padStart(2, "0")}${smallUnit}`
}

/** `12.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** `2026-01-05 09:00`. */
export function minute(instant: string): string {
  return instant.slice(0, 16).replace("T", " ")
}
