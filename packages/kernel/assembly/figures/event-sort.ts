// Sorts the events of one unit of time. They are handed out to as many slices of the unit as there are events, then put
// right by insertion; where they crowd in few slices, they are sorted by their bytes instead.
import { beginCounts, countOne, placesFromCounts, takePlace } from "./buckets"
import { TICK_SHIFT } from "./unit-events"

const MOVES_PER_EVENT: i64 = 16
const BYTE_VALUES: u32 = 256
const counts: usize = memory.data(1024)

/** Ticks are cut to so many bits, so that times a count of up to 28 bits they stay below 2^64. */
const MAX_TICK_BITS: u64 = 36

/**
 * Sorts `count` events of a unit at `events`; `spare` has room for as many, `places` for a number of 32 bits more than
 * there are. Gives where they lie then: at `events` or at `spare`.
 */
export function sortEvents(events: usize, count: u32, unitTicks: i64, spare: usize, places: usize): usize {
  if (count < 2) return events
  handOut(events, count, unitTicks, spare, places)
  if (insertAll(spare, count)) return spare
  return sortByBytes(spare, count, bitLength(unitTicks) + TICK_SHIFT, events)
}

// @ts-ignore: decorator
@inline
function bitLength(value: i64): u64 {
  return 64 - (clz(value) as u64)
}

function handOut(events: usize, count: u32, unitTicks: i64, sorted: usize, places: usize): void {
  beginCounts(places, count + 1)
  const tickBits = min(bitLength(unitTicks), MAX_TICK_BITS)
  const cutBits = bitLength(unitTicks) - tickBits
  const slicesPerTick = ((count as u64) << tickBits) / ((unitTicks as u64) >> cutBits)
  const end = events + ((count as usize) << 3)
  for (let p = events; p < end; p += 8) countOne(places, sliceOf(load<u64>(p), cutBits, slicesPerTick, tickBits))
  placesFromCounts(places, count + 1)
  for (let p = events; p < end; p += 8) {
    const event = load<u64>(p)
    const place = takePlace(places, sliceOf(event, cutBits, slicesPerTick, tickBits))
    store<u64>(sorted + ((place as usize) << 3), event)
  }
}

// @ts-ignore: decorator
@inline
function sliceOf(event: u64, cutBits: u64, slicesPerTick: u64, tickBits: u64): u32 {
  const ticks = event >> (TICK_SHIFT + cutBits)
  return ((ticks * slicesPerTick) >> tickBits) as u32
}

/** Whether so few moves were needed that all are in order. */
function insertAll(events: usize, count: u32): bool {
  let movesLeft = MOVES_PER_EVENT * (count as i64)
  const end = events + ((count as usize) << 3)
  for (let p = events + 8; p < end; p += 8) {
    const event = load<u64>(p)
    let to = p
    while (to > events && load<u64>(to - 8) > event) {
      store<u64>(to, load<u64>(to - 8))
      to -= 8
    }
    store<u64>(to, event)
    movesLeft -= ((p - to) >> 3) as i64
    if (movesLeft < 0) return false
  }
  return true
}

/** Where they lie then: at `from` or at `to`. */
function sortByBytes(from: usize, count: u32, eventBits: u64, to: usize): usize {
  for (let shift: u64 = 0; shift < eventBits; shift += 8) {
    moveByByte(from, count, shift, to)
    const moved = to
    to = from
    from = moved
  }
  return from
}

function moveByByte(from: usize, count: u32, shift: u64, to: usize): void {
  beginCounts(counts, BYTE_VALUES)
  const end = from + ((count as usize) << 3)
  for (let p = from; p < end; p += 8) countOne(counts, byteOf(load<u64>(p), shift))
  placesFromCounts(counts, BYTE_VALUES)
  for (let p = from; p < end; p += 8) {
    const event = load<u64>(p)
    store<u64>(to + ((takePlace(counts, byteOf(event, shift)) as usize) << 3), event)
  }
}

// @ts-ignore: decorator
@inline
function byteOf(event: u64, shift: u64): u32 {
  return ((event >> shift) & 0xff) as u32
}
