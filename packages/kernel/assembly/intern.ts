// Texts that become columns: each gets one number, without a text of the host for each record. What a text means is
// asked of the host once, when it is first seen, and remembered beside it.
import { isSame, maskOf } from "./tables"

/** Tells the host of a text that is new in a space; gives what the space remembers of it. */
// @ts-ignore: decorator
@external("callsift", "describe")
declare function describe(space: i32, p: usize, length: usize): i32

const ENTRY_BYTES: usize = 24
const MAX_LENGTH: u32 = 0xffffff

let slots: usize = 0
let slotMask: u32 = 0
let entries: usize = 0
let maxEntries: u32 = 0
let entryCount: u32 = 0
let arena: usize = 0
let arenaNext: usize = 0
let arenaEnd: usize = 0
let used: usize = 0
let usedCount: u32 = 0
let stamp: u32 = 0

/** `slotCount` is a power of two, at least twice `entryLimit`. `usedAt` has room for `entryLimit` numbers. */
export function placeTexts(slotsAt: usize, slotCount: u32, entriesAt: usize, entryLimit: u32, usedAt: usize, arenaAt: usize, arenaBytes: usize): void {
  slots = slotsAt
  slotMask = slotCount - 1
  entries = entriesAt
  maxEntries = entryLimit
  used = usedAt
  arena = arenaAt
  arenaEnd = arenaAt + arenaBytes
  forgetTexts()
}

/** Forgets all texts; numbers given before mean nothing any more. */
export function forgetTexts(): void {
  memory.fill(slots, 0, (<usize>slotMask + 1) * 4)
  entryCount = 0
  arenaNext = arena
  stamp = 0
  usedCount = 0
}

/** Begins a block: its texts are numbered anew, from 0, in the order of their use. */
export function beginTexts(): void {
  stamp += 1
  usedCount = 0
}

/** How many texts the block used. Their numbers in all, i32 each, stand at `usedAt`. */
export function usedTexts(): u32 {
  return usedCount
}

/** Whether more than half of the room is taken. */
export function textsAreMany(): bool {
  return entryCount > maxEntries / 2 || arenaNext - arena > (arenaEnd - arena) / 2
}

const SHORT: usize = 16
const MIDDLE: usize = 48

@inline
function hashOf(p: usize, length: usize, space: i32): u32 {
  const seed = (<u64>length << 8) ^ <u64>space
  if (length <= SHORT) {
    const v = v128.and(v128.load(p), v128.load(maskOf(length)))
    return mixed(seed ^ i64x2.extract_lane(v, 0), i64x2.extract_lane(v, 1))
  }
  if (length > MIDDLE) return longHash(p, length, seed)
  // Both ends: those of a GUID, and all of what has 32 bytes.
  const end = p + length
  return mixed(seed ^ load<u64>(p) ^ rotl<u64>(load<u64>(end - 16), 21), load<u64>(p, 8) ^ rotl<u64>(load<u64>(end - 8), 43))
}

@inline
function mixed(a: u64, b: u64): u32 {
  let hash = (a ^ rotl<u64>(b, 29)) * 0x9e3779b97f4a7c15
  hash = (hash ^ (hash >> 32) ^ b) * 0x9e3779b97f4a7c15
  return <u32>(hash >> 32)
}

function longHash(p: usize, length: usize, seed: u64): u32 {
  let hash = seed
  const end = p + length
  while (p + 8 <= end) {
    hash = (hash ^ load<u64>(p)) * 0x9e3779b97f4a7c15
    hash ^= hash >> 32
    p += 8
  }
  const rest = end - p
  if (rest != 0) {
    hash = (hash ^ (load<u64>(p) & ((<u64>1 << (<u64>rest << 3)) - 1))) * 0x9e3779b97f4a7c15
    hash ^= hash >> 32
  }
  return <u32>(hash >> 7)
}

@inline
function isText(known: usize, p: usize, length: usize): bool {
  if (length > SHORT) return isSame(known, p, length)
  return !v128.any_true(v128.and(v128.xor(v128.load(known), v128.load(p)), v128.load(maskOf(length))))
}

/** The number of a text of a space; -1 where there is no room for it. */
export function intern(space: i32, p: usize, length: usize): i32 {
  const hash = hashOf(p, length, space)
  const key = (<u32>space << 24) | <u32>length
  if (length > <usize>MAX_LENGTH) return -1
  let slot = hash & slotMask
  while (true) {
    const number = load<u32>(slots + (<usize>slot << 2))
    if (number == 0) break
    const entry = entries + (<usize>number - 1) * ENTRY_BYTES
    if (load<u32>(entry) == hash && load<u32>(entry, 8) == key && isText(load<u32>(entry, 4), p, length)) {
      return <i32>number - 1
    }
    slot = (slot + 1) & slotMask
  }
  if (entryCount == maxEntries || arenaNext + length > arenaEnd) return -1
  const entry = entries + <usize>entryCount * ENTRY_BYTES
  memory.copy(arenaNext, p, length)
  store<u32>(entry, hash)
  store<u32>(entry, <u32>arenaNext, 4)
  store<u32>(entry, key, 8)
  store<u32>(entry, 0, 16)
  arenaNext += length
  entryCount += 1
  store<u32>(slots + (<usize>slot << 2), entryCount)
  const number = <i32>entryCount - 1
  store<i32>(entry, describe(space, load<u32>(entry, 4), length), 12)
  return number
}

/** What the host said of a text. */
export function meaningOf(number: i32): i32 {
  return load<i32>(entries + <usize>number * ENTRY_BYTES, 12)
}

/** The number of a text within the block. */
export function localOf(number: i32): i32 {
  if (number < 0) return -1
  const entry = entries + <usize>number * ENTRY_BYTES
  if (load<u32>(entry, 16) != stamp) {
    store<u32>(entry, stamp, 16)
    store<u32>(entry, usedCount, 20)
    store<i32>(used + (<usize>usedCount << 2), number)
    usedCount += 1
  }
  return load<i32>(entry, 20)
}
