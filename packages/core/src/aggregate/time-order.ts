/** Rows in the order of a column of ticks, by a radix sort: exact for all 64 bits, stable, linear. */
import { digitOffset } from "./tick-words.ts"

const DIGITS = 4
const RADIX = 2 ** 16
const SIGN = 2 ** 15

/** A copy of `rows` ordered by `ticks[row]`; rows with equal ticks keep their order. */
export function rowsByTicks(ticks: BigInt64Array, rows: Int32Array): Int32Array {
  const digits = new Uint16Array(ticks.buffer, ticks.byteOffset, ticks.length * DIGITS)
  let from = rows.slice()
  let to = new Int32Array(rows.length)
  for (let digit = 0; digit < DIGITS; digit++) {
    // The highest bit is the sign: flipped, negative numbers come first.
    const flip = digit === DIGITS - 1 ? SIGN : 0
    const places = countPlaces(digits, digitOffset(digit), flip, from)
    if (places === null) continue
    scatter(digits, digitOffset(digit), flip, from, to, places)
    ;[from, to] = [to, from]
  }
  return from
}

/** For each value of a digit where its first row belongs; null where all rows have the same value. */
function countPlaces(digits: Uint16Array, offset: number, flip: number, rows: Int32Array): Uint32Array | null {
  const counts = new Uint32Array(RADIX)
  let value = 0
  for (let at = 0; at < rows.length; at++) {
    value = (digits[(rows[at] ?? 0) * DIGITS + offset] ?? 0) ^ flip
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts[value] === rows.length ? null : runningStarts(counts)
}

function runningStarts(counts: Uint32Array): Uint32Array {
  let start = 0
  for (let value = 0; value < counts.length; value++) {
    const count = counts[value] ?? 0
    counts[value] = start
    start += count
  }
  return counts
}

function scatter(
  digits: Uint16Array,
  offset: number,
  flip: number,
  from: Int32Array,
  to: Int32Array,
  places: Uint32Array,
): void {
  for (let at = 0; at < from.length; at++) {
    const row = from[at] ?? 0
    const value = (digits[row * DIGITS + offset] ?? 0) ^ flip
    const place = places[value] ?? 0
    to[place] = row
    places[value] = place + 1
  }
}
