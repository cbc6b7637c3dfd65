// Values: by the type of their property, or of any type with the grammar alone.
import { countMember, keepModalities } from "./capture"
import { intern, meaningOf } from "./intern"
import { scanFinite, scanNumber, scanWhole } from "./number"
import { parseObject } from "./object"
import { nextRecord, placeSession } from "./place"
import { ALSE, parseDuration, parseFlag, parseInstant, parseNotFinite, parseText, parseWholeText, TRUE } from "./scalar"
import { parseSession } from "./session"
import { SPACE_MODALITIES } from "./spaces"
import { maxDepth } from "./state"
import {
  childOf, FLAG_REQUIRED, flagsOf, roleOf, ROLE_SESSION, slotOf, FLAG_RECORDS, TYPE_ANY, TYPE_BAG, TYPE_CONTROL, TYPE_DICTIONARY, TYPE_DURATION,
  TYPE_FLAG, TYPE_FLOAT, TYPE_INSTANT, TYPE_INT32, TYPE_INT64, TYPE_MEMBERS, TYPE_OBJECT, TYPE_OBJECTS, TYPE_REFUSED, TYPE_TEXT,
  typeOf,
} from "./tables"
import { scanText } from "./text"

// ---- depth: brackets open at once
let depth: i32 = 0
/** Brackets that may be open around a record in what the reference counts. */
export const DEPTH_MARGIN: i32 = 4
export function beginDepth(): void { depth = 0 }
export function depthNow(): i32 { return depth }
export function setDepth(to: i32): void { depth = to }
export function forgetList(): void { listStart = 0 }
@inline export function enter(): bool {
  depth += 1
  return depth + DEPTH_MARGIN <= maxDepth
}
@inline export function leave(): void { depth -= 1 }

@inline
export function skipSpace(p: usize): usize {
  return load<u8>(p) > 0x20 ? p : spaceEnd(p)
}

/** LF is white space in documents; in lines it ends the record. */
let isFeedSpace: bool = false
export function beginSpace(feedIsSpace: bool): void { isFeedSpace = feedIsSpace }

function spaceEnd(p: usize): usize {
  while (true) {
    const c = load<u8>(p)
    if (c != 0x20 && c != 0x0d && c != 0x09 && (c != 0x0a || !isFeedSpace)) return p
    p += 1
  }
}

const NULL: u32 = 0x6c6c756e

/** The list of sessions that was parsed last: behind its bracket (0: none since), at its closing bracket, and how many it holds. */
export let listStart: usize = 0
export let listEnd: usize = 0
export let listCount: i32 = 0

/** Behind the value of a property at `p`; 0 where the reference has to decide. */
export function parseValue(property: usize, p: usize): usize {
  p = skipSpace(p)
  const c = load<u8>(p)
  const type = typeOf(property)
  if (c == 0x6e) {
    if (load<u32>(p) != NULL || (flagsOf(property) & FLAG_REQUIRED) != 0 || type == TYPE_REFUSED) return 0
    return p + 4
  }
  if (type == TYPE_TEXT) return c == 0x22 ? parseText(property, p + 1) : 0
  if (type == TYPE_OBJECT) return c == 0x7b ? parseObject(childOf(property), p + 1) : 0
  if (type == TYPE_INSTANT) return c == 0x22 ? parseInstant(property, p + 1) : 0
  if (type == TYPE_ANY) return skipValue(p)
  if (type == TYPE_FLAG) return parseFlag(property, p)
  if (type == TYPE_INT32) return scanWhole(p, 9)
  if (type == TYPE_FLOAT) return c == 0x22 ? parseNotFinite(p + 1) : scanFinite(p)
  if (type == TYPE_INT64) return c == 0x22 ? parseWholeText(p + 1) : scanWhole(p, 18)
  if (type == TYPE_DURATION) return c == 0x22 ? parseDuration(p + 1) : 0
  if (type == TYPE_OBJECTS) return c == 0x5b ? parseObjects(property, p + 1) : 0
  if (type == TYPE_MEMBERS) return c == 0x5b ? parseMembers(property, p) : 0
  // An object may be a text that a shell wrapped.
  if (type == TYPE_CONTROL) return c == 0x22 ? parseText(property, p + 1) : c == 0x7b ? 0 : skipValue(p)
  if (type == TYPE_DICTIONARY) return c == 0x7b ? skipObject(p + 1, 1) : 0
  if (type == TYPE_BAG) {
    if (c != 0x7b) return 0
    p = skipSpace(p + 1)
    return load<u8>(p) == 0x7d ? p + 1 : 0
  }
  return 0
}

/** A list of objects whose `[` stands before `p`. */
function parseObjects(property: usize, p: usize): usize {
  if (!enter()) return 0
  const child = childOf(property)
  const isSessions = roleOf(child) == ROLE_SESSION
  if (isSessions && listStart != 0) return 0
  const areRecords = (flagsOf(property) & FLAG_RECORDS) != 0
  const start = p
  let count = 0
  p = skipSpace(p)
  if (load<u8>(p) != 0x5d) {
    while (true) {
      if (load<u8>(p) != 0x7b) return 0
      if (isSessions) placeSession(areRecords ? -1 : count)
      p = isSessions ? parseSession(child, p + 1) : parseObject(child, p + 1)
      if (p == 0) return 0
      count += 1
      if (areRecords) nextRecord()
      p = skipSpace(p)
      const c = load<u8>(p)
      if (c == 0x5d) break
      if (c != 0x2c) return 0
      p = skipSpace(p + 1)
    }
  }
  leave()
  if (isSessions) {
    listStart = start
    listEnd = p
    listCount = count
  }
  return p + 1
}

/** The longest list of members that is remembered whole. */
const MAX_MEMBERS: usize = 512
const MEMBERS_VALID: i32 = 0x10000

/** A list of members, read by the host once and remembered by its bytes. */
function parseMembers(property: usize, p: usize): usize {
  if (!enter()) return 0
  leave()
  let end = p
  while (true) {
    const v = v128.load(end)
    const found = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x5d)))
    const feeds = isFeedSpace ? 0 : i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x0a)))
    if (feeds != 0 && (found == 0 || ctz(feeds) < ctz(found))) return 0
    if (found != 0) {
      end += ctz(found) + 1
      break
    }
    end += 16
    if (end - p > MAX_MEMBERS) return 0
  }
  const number = intern(SPACE_MODALITIES, p, end - p)
  if (number < 0) return 0
  const meaning = meaningOf(number)
  if ((meaning & MEMBERS_VALID) == 0) return 0
  if (slotOf(property) >= 0) keepModalities(meaning & 0xff, (meaning >> 8) & 0xff)
  return end
}

/** Behind any value at `p`. */
export function skipValue(p: usize): usize {
  const c = load<u8>(p)
  if (c == 0x22) {
    const end = scanText(p + 1)
    return end == 0 ? 0 : end + 1
  }
  if (c == 0x7b) return skipObject(p + 1, NO_LIMIT)
  if (c == 0x5b) return skipList(p + 1)
  if (c == 0x74) return load<u32>(p) == TRUE ? p + 4 : 0
  if (c == 0x66) return load<u32>(p, 1) == ALSE ? p + 5 : 0
  if (c == 0x6e) return load<u32>(p) == NULL ? p + 4 : 0
  return scanNumber(p)
}

const NO_LIMIT: i32 = i32.MAX_VALUE

/** An object whose `{` stands before `p`. Of keys with an `@` it may have `maxControls`: whether one is repeated is not looked at. */
function skipObject(p: usize, maxControls: i32): usize {
  if (!enter()) return 0
  p = skipSpace(p)
  if (load<u8>(p) != 0x7d) {
    while (true) {
      if (load<u8>(p) != 0x22) return 0
      const key = scanText(p + 1)
      if (key == 0) return 0
      if (maxControls != NO_LIMIT && isControl(p + 1, key)) {
        if (maxControls == 0) return 0
        maxControls -= 1
      }
      p = skipSpace(key + 1)
      if (load<u8>(p) != 0x3a) return 0
      countMember()
      p = skipValue(skipSpace(p + 1))
      if (p == 0) return 0
      p = skipSpace(p)
      const c = load<u8>(p)
      if (c == 0x7d) break
      if (c != 0x2c) return 0
      p = skipSpace(p + 1)
    }
  }
  leave()
  return p + 1
}

/** Whether the key from `p` to `end` may be control information; an escape may stand for anything. */
function isControl(p: usize, end: usize): bool {
  for (; p < end; p++) if (load<u8>(p) == 0x40 || load<u8>(p) == 0x5c) return true
  return false
}

function skipList(p: usize): usize {
  if (!enter()) return 0
  p = skipSpace(p)
  if (load<u8>(p) != 0x5d) {
    while (true) {
      p = skipValue(p)
      if (p == 0) return 0
      p = skipSpace(p)
      const c = load<u8>(p)
      if (c == 0x5d) break
      if (c != 0x2c) return 0
      p = skipSpace(p + 1)
    }
  }
  leave()
  return p + 1
}
