/** Quantities in words for people; machines read the report. */

/** `12,345`, whatever the locale. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")
}

/** `1 session`, `2 sessions`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`
}

/** `12.3 MB`. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"]
  const power = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  return `${power === 0 ? value : (value / 1000 ** power).toFixed(1)} ${units[power]}`
}

/** `850 ms`, `42.5 s`, `12m 05s`, `3h 12m`, `5d 04h`. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`
  const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
    `${count(Math.floor(large))}${largeUnit} ${String(Math.floor(small)).padStart(2, "0")}${smallUnit}`
  if (seconds < 3600) return pair(seconds / 60, "m", seconds % 60, "s")
  if (seconds < 86_400) return pair(seconds / 3600, "h", (seconds % 3600) / 60, "m")
  return pair(seconds / 86_400, "d", (seconds % 86_400) / 3600, "h")
}

/** `12.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** `2026-01-05 09:00`. */
export function minute(instant: string): string {
  return instant.slice(0, 16).replace("T", " ")
}
