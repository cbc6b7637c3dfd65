// Values by pairs of a 64-bit and a 32-bit number, in an open-addressing table: slots of 16 bytes (the pair, then the
// value, u32), a power of two of them, at most half of them taken. A value of 0 says that a slot is free.
import { ASCENDING, sortByKey } from "./sort"

const SLOT_BYTES: usize = 16
export const SECOND: usize = 8
export const VALUE: usize = 12
const FIRST_BYTES: u32 = 8

/** The slot of a pair, or the free one where it belongs. */
// @ts-ignore: decorator
@inline
export function slotOf(table: usize, mask: u32, first: u64, second: u32): usize {
  let index = hashOf(first, second)
  while (true) {
    const slot = table + ((index & mask) as usize) * SLOT_BYTES
    if (load<u32>(slot, VALUE) == 0) return slot
    if (load<u64>(slot) == first && load<u32>(slot, SECOND) == second) return slot
    index += 1
  }
}

// @ts-ignore: decorator
@inline
function hashOf(first: u64, second: u32): u32 {
  let mixed = (first + (second as u64) * 0xc2b2_ae3d_27d4_eb4f) * 0x9e37_79b9_7f4a_7c15
  mixed = (mixed ^ (mixed >> 32)) * 0xd6e8_feb8_6659_fd93
  return (mixed >> 32) as u32
}

/** Takes a free slot for a pair. */
// @ts-ignore: decorator
@inline
export function open(slot: usize, first: u64, second: u32): void {
  store<u64>(slot, first)
  store<u32>(slot, second, SECOND)
}

/** Adds to the value of a pair, as a count: 1 where the pair is new. */
// @ts-ignore: decorator
@inline
export function addPair(table: usize, mask: u32, first: u64, second: u32, by: u32): u32 {
  const slot = slotOf(table, mask, first, second)
  const before = load<u32>(slot, VALUE)
  if (before == 0) open(slot, first, second)
  store<u32>(slot, before + by, VALUE)
  return u32(before == 0)
}

/** Puts all of a table into a larger one that is empty. */
export function movePairs(table: usize, slotCount: u32, to: usize, toMask: u32): void {
  for (let slot = table, end = table + (slotCount as usize) * SLOT_BYTES; slot < end; slot += SLOT_BYTES) {
    const value = load<u32>(slot, VALUE)
    if (value == 0) continue
    const first = load<u64>(slot)
    const second = load<u32>(slot, SECOND)
    const target = slotOf(to, toMask, first, second)
    open(target, first, second)
    store<u32>(target, value, VALUE)
  }
}

/**
 * Writes the addresses of all slots that are taken to `order` (u32 each), ascending by the first number of their pairs.
 * `spare` has room for as many. Gives how many they are.
 */
export function sortPairs(table: usize, slotCount: u32, order: usize, spare: usize): u32 {
  let p = order
  for (let slot = table, end = table + (slotCount as usize) * SLOT_BYTES; slot < end; slot += SLOT_BYTES) {
    if (load<u32>(slot, VALUE) == 0) continue
    store<u32>(p, slot as u32)
    p += 4
  }
  const count = ((p - order) >> 2) as u32
  sortByKey(order, count, spare, 0, FIRST_BYTES, ASCENDING)
  return count
}
