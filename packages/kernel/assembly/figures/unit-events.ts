/**
 * Starts and ends of intervals, told apart by the unit of time (an hour) in which they lie. An event is one number whose
 * order is that of time within its unit: the ticks into it, what happens, through how many more units the interval that
 * starts runs (up to a limit), and the slots it counts in as 8 bits: those of its set, and the last, in which all are. An
 * end belongs to the unit that it closes.
 */
import { beginCounts, countOne, placesFromCounts, takePlace } from "./buckets"
import { addWide } from "./wide-sums"

export const END: u64 = 0
export const START: u64 = 1
/** An interval that begins and ends at once. */
export const EMPTY: u64 = 2

export const TICK_SHIFT: u64 = 16
export const KIND_SHIFT: u64 = 14
export const UNITS_SHIFT: u64 = 8

const ALL_SLOT: u64 = 0x80

/** Units are told apart by so many bits at once. */
const DIGIT_BITS: u32 = 16

/** The summary of intervals: first start, last end (i64 each), the sum of their lengths (16 bytes). */
const LAST_END: usize = 8
const SUM: usize = 16

/**
 * Writes the events of the intervals of `rowCount` rows (u32 each at `rows`) to `events`, the number of its unit of each
 * to `units` (i32), and adds the intervals to the summary. Gives how many events there are, two a row at most.
 */
export function splitIntoEvents(
  rows: usize,
  rowCount: u32,
  starts: usize,
  ends: usize,
  sets: usize,
  unitTicks: i64,
  maxUnits: i64,
  events: usize,
  units: usize,
  summary: usize,
): u32 {
  const firstEvent = events
  let first = load<i64>(summary)
  let last = load<i64>(summary, LAST_END)
  let unit: i64 = 0
  let unitStart: i64 = 0
  for (const rowsEnd = rows + ((rowCount as usize) << 2); rows < rowsEnd; rows += 4) {
    const row = load<u32>(rows) as usize
    const start = load<i64>(starts + (row << 3))
    const end = load<i64>(ends + (row << 3))
    const set = (load<u8>(sets + row) as u64) | ALL_SLOT
    first = min(first, start)
    last = max(last, end)
    addWide(summary + SUM, end - start)
    if (((start - unitStart) as u64) >= (unitTicks as u64)) {
      unit = floorOf(start, unitTicks)
      unitStart = unit * unitTicks
    }
    const into = (start - unitStart) << TICK_SHIFT
    store<i32>(units, unit as i32)
    units += 4
    if (start == end) {
      store<u64>(events, into | (EMPTY << KIND_SHIFT) | set)
      events += 8
      continue
    }
    let ticks = end - unitStart
    const more = ticks <= unitTicks ? 0 : (ticks - 1) / unitTicks
    ticks -= more * unitTicks
    store<u64>(events, into | (START << KIND_SHIFT) | ((min(more, maxUnits - 1) as u64) << UNITS_SHIFT) | set)
    store<u64>(events, (ticks << TICK_SHIFT) | (END << KIND_SHIFT) | set, 8)
    events += 16
    store<i32>(units, (unit + more) as i32)
    units += 4
  }
  store<i64>(summary, first)
  store<i64>(summary, last, LAST_END)
  return ((events - firstEvent) >> 3) as u32
}

/** The whole units before an instant. */
// @ts-ignore: decorator
@inline
export function floorOf(ticks: i64, unitTicks: i64): i64 {
  const quotient = ticks / unitTicks
  return quotient - i64(ticks - quotient * unitTicks < 0)
}

/**
 * Puts `count` events in the order of their units; they lie at `sorted` then, and their units at `sortedUnits`. Both
 * places from where they come are overwritten. `places` has room for 2^16 numbers of 32 bits.
 */
export function sortByUnit(
  events: usize,
  units: usize,
  count: u32,
  sorted: usize,
  sortedUnits: usize,
  places: usize,
): void {
  let least = i32.MAX_VALUE
  let greatest = i32.MIN_VALUE
  for (let p = units, end = units + ((count as usize) << 2); p < end; p += 4) {
    least = min(least, load<i32>(p))
    greatest = max(greatest, load<i32>(p))
  }
  const range = (greatest as u32) - (least as u32)
  if (range >> DIGIT_BITS == 0) return moveByDigit(events, units, count, least, 0, range, sorted, sortedUnits, places)
  moveByDigit(events, units, count, least, 0, (1 << DIGIT_BITS) - 1, sorted, sortedUnits, places)
  const digits = range >> DIGIT_BITS
  moveByDigit(sorted, sortedUnits, count, least, DIGIT_BITS, digits, events, units, places)
  memory.copy(sorted, events, (count as usize) << 3)
  memory.copy(sortedUnits, units, (count as usize) << 2)
}

/** Moves events by one digit of their units, of which `greatest` is the greatest; what is equal stays in order. */
function moveByDigit(
  events: usize,
  units: usize,
  count: u32,
  least: i32,
  shift: u32,
  greatest: u32,
  sorted: usize,
  sortedUnits: usize,
  places: usize,
): void {
  beginCounts(places, greatest + 1)
  const end = units + ((count as usize) << 2)
  for (let p = units; p < end; p += 4) countOne(places, digitOf(load<i32>(p), least, shift))
  placesFromCounts(places, greatest + 1)
  for (let p = units; p < end; p += 4, events += 8) {
    const unit = load<i32>(p)
    const at = takePlace(places, digitOf(unit, least, shift)) as usize
    store<u64>(sorted + (at << 3), load<u64>(events))
    store<i32>(sortedUnits + (at << 2), unit)
  }
}

// @ts-ignore: decorator
@inline
function digitOf(unit: i32, least: i32, shift: u32): u32 {
  return (((unit as u32) - (least as u32)) >> shift) & 0xffff
}

/** Of units that ascend: writes each once to `distinct` (i32), how often it occurs to `counts` (u32); how many they are. */
export function countUnits(units: usize, count: u32, distinct: usize, counts: usize): u32 {
  const firstCount = counts
  for (let p = units, end = units + ((count as usize) << 2); p < end;) {
    const unit = load<i32>(p)
    const from = p
    do p += 4
    while (p < end && load<i32>(p) == unit)
    store<i32>(distinct, unit)
    store<u32>(counts, ((p - from) >> 2) as u32)
    distinct += 4
    counts += 4
  }
  return ((counts - firstCount) >> 2) as u32
}
