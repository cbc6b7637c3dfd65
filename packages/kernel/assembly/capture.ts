// What the session at hand has said so far: texts in slots, and who is at each side. Slots are numbered by the host's
// tables; the numbers here are those that are read at the end (see src/slots.ts).
import { guidBytes } from "./guid"
import { sides, texts } from "./scratch"

export const SLOT_ID: i32 = 0
export const SLOT_STAGE: i32 = 1
export const SLOT_REASON: i32 = 2
/** Platform, product family and role of both ends: caller's first. */
export const SLOT_ENDPOINTS: i32 = 3
export const SLOT_SEGMENT_STAGE: i32 = 9
export const SLOT_SEGMENT_REASON: i32 = 10
/** Roles of the ends of the segment at hand, and those of the first segment. */
export const SLOT_SEGMENT_ROLES: i32 = 11
const SLOT_FIRST_ROLES: i32 = 13
/** Of the identity at hand. */
export const SLOT_IDENTITY_ID: i32 = 15
export const SLOT_IDENTITY_NAME: i32 = 16
export const SLOT_IDENTITY_TENANT: i32 = 17
export const SLOT_IDENTITY_TYPE: i32 = 18
const SLOT_COUNT: usize = 19
/** Slots of values that are no texts. */
export const SLOT_TEST: i32 = 32
export const SLOT_START: i32 = 33
export const SLOT_END: i32 = 34
export const SLOT_SEGMENT_START: i32 = 35
export const SLOT_SEGMENT_END: i32 = 36

/** Pointer, then length with this bit where the text has escapes; 0 where there is none. */
const ESCAPED_BIT: u32 = 0x80000000

@inline export function keepText(slot: i32, p: usize, end: usize, isEscaped: bool): void {
  store<u32>(texts + (<usize>slot << 3), <u32>p)
  store<u32>(texts + (<usize>slot << 3), <u32>(end - p) | (isEscaped ? ESCAPED_BIT : 0), 4)
}
@inline export function textAt(slot: i32): usize { return load<u32>(texts + (<usize>slot << 3)) }
@inline export function lengthAt(slot: i32): usize { return load<u32>(texts + (<usize>slot << 3), 4) & ~ESCAPED_BIT }
@inline export function isEscapedAt(slot: i32): bool { return (load<u32>(texts + (<usize>slot << 3), 4) & ESCAPED_BIT) != 0 }
@inline function forgetText(slot: i32): void { store<u64>(texts + (<usize>slot << 3), 0) }

// ---- values that are no texts
export let modalities: i32 = 0
/** The list of modalities is there; bits of `MEMBER_…` that its members have. */
export let memberMarks: i32 = 0
export let isTest: bool = false
export let startTicks: i64 = 0
export let endTicks: i64 = 0
/** `INSTANT_…` of the start, and of the end four bits higher. */
export let instantMarks: i32 = 0
export let segmentCount: i32 = 0
export let isSegmentFailed: bool = false
export let hasBackwardSegment: bool = false
/** The earliest start and latest end of the segments that name them. */
export let earliestSegment: i64 = i64.MAX_VALUE
export let latestSegment: i64 = i64.MIN_VALUE
let segmentStart: i64 = 0
let segmentEnd: i64 = 0
let hasSegmentStart: bool = false
let hasSegmentEnd: bool = false
/** A key was written in another spelling than the model's. */
export let isRespelled: bool = false
export let memberCount: i32 = 0

export function noteSpelling(): void { isRespelled = true }
@inline export function countMember(): void { memberCount += 1 }
@inline export function addMembers(count: i32): void { memberCount += count }
export function keepFlag(value: bool): void { isTest = value }
export function keepModalities(bits: i32, marks: i32): void {
  modalities = bits
  memberMarks = marks
}

/** Keeps an instant; false where the slot needs one and has none. */
export function keepInstant(slot: i32, ticks: i64, marks: i32): bool {
  if (slot == SLOT_START || slot == SLOT_END) {
    if (marks & 3) return false
    if (slot == SLOT_START) startTicks = ticks
    else endTicks = ticks
    instantMarks |= slot == SLOT_START ? marks : marks << 4
    return true
  }
  const isSet = (marks & 3) == 0
  if (slot == SLOT_SEGMENT_START) {
    segmentStart = ticks
    hasSegmentStart = isSet
  } else if (slot == SLOT_SEGMENT_END) {
    segmentEnd = ticks
    hasSegmentEnd = isSet
  }
  return true
}

/** Sets bytes to zero, 16 at a time; where there are few, faster than a fill of the memory. */
@inline
function clear(at: usize, bytes: usize): void {
  for (let offset: usize = 0; offset < bytes; offset += 16) v128.store(at + offset, i64x2.splat(0))
}

export function beginSession(): void {
  clear(texts, SLOT_COUNT << 3)
  // What else a side has is only read where these say so.
  for (let side = 0; side < <i32>SIDE_COUNT; side++) clear(sideAt(side) + BEST, 16)
  modalities = 0
  memberMarks = 0
  isTest = false
  instantMarks = 0
  segmentCount = 0
  isSegmentFailed = false
  hasBackwardSegment = false
  earliestSegment = i64.MAX_VALUE
  latestSegment = i64.MIN_VALUE
  isRespelled = false
  memberCount = 0
}

export function beginSegment(): void {
  forgetText(SLOT_SEGMENT_STAGE)
  forgetText(SLOT_SEGMENT_REASON)
  forgetText(SLOT_SEGMENT_ROLES)
  forgetText(SLOT_SEGMENT_ROLES + 1)
  hasSegmentStart = false
  hasSegmentEnd = false
}

export function endSegment(): void {
  if (lengthAt(SLOT_SEGMENT_STAGE) != 0 || lengthAt(SLOT_SEGMENT_REASON) != 0) isSegmentFailed = true
  if (hasSegmentStart && hasSegmentEnd && segmentStart > segmentEnd) hasBackwardSegment = true
  if (hasSegmentStart && segmentStart < earliestSegment) earliestSegment = segmentStart
  if (hasSegmentEnd && segmentEnd > latestSegment) latestSegment = segmentEnd
  if (segmentCount == 0) memory.copy(texts + (<usize>SLOT_FIRST_ROLES << 3), texts + (<usize>SLOT_SEGMENT_ROLES << 3), 16)
  segmentCount += 1
}

/** Whether the session's own end, or that of its first segment, says what service it is. */
export function isService(side: i32): bool {
  return lengthAt(side < 2 ? SLOT_ENDPOINTS + 3 * side + 2 : SLOT_FIRST_ROLES + side - 2) != 0
}

// ---- sides: 0, 1 caller and callee of the session; 2, 3 those of its first segment; 4, 5 those of later ones
const SIDE_COUNT: usize = 6
const SIDE_BYTES: usize = 80

/** Where an identity stands: alone, in a set by its kind, or in a set under a name that gives no key. */
export const RANK_FLAT: i32 = -1
export const RANK_NO_KEY: i32 = 100

@inline export function sideAt(side: i32): usize { return sides + <usize>side * SIDE_BYTES }
/** Fields of a side. Ranks are stored plus 2, so that 0 is none. */
const BEST: usize = 16
const FILLED: usize = 20
const PRESENT: usize = 24
const FORM: usize = 28
const NUMBER: usize = 32
const TENANT: usize = 40
const NAME: usize = 48
const TYPE: usize = 56
@inline export function bestOf(side: usize): i32 { return load<i32>(side, BEST) - 2 }
/** The first kind of the set that holds anything, or -2. */
@inline export function filledOf(side: usize): i32 { return load<i32>(side, FILLED) - 2 }
@inline export function hasSomebody(side: usize): bool { return load<i32>(side, PRESENT) != 0 }
@inline export function formOf(side: usize): i32 { return load<i32>(side, FORM) }
@inline export function numberOf(side: usize): i32 { return load<i32>(side, NUMBER) }
@inline export function guidOf(side: usize): v128 { return v128.load(side) }
@inline export function tenantAt(side: usize): usize { return load<u32>(side, TENANT) }
@inline export function tenantLength(side: usize): usize { return load<u32>(side, TENANT + 4) & ~ESCAPED_BIT }
@inline export function nameAt(side: usize): usize { return load<u32>(side, NAME) }
@inline export function nameLength(side: usize): usize { return load<u32>(side, NAME + 4) & ~ESCAPED_BIT }
@inline export function typeTextAt(side: usize): usize { return load<u32>(side, TYPE) }
@inline export function typeTextLength(side: usize): usize { return load<u32>(side, TYPE + 4) & ~ESCAPED_BIT }
@inline export function isTypeEscaped(side: usize): bool { return (load<u32>(side, TYPE + 4) & ESCAPED_BIT) != 0 }

/** The side that a node's side means now: later segments have sides of their own, which nobody reads. */
@inline export function sideNow(side: i32): i32 { return side >= 2 && segmentCount > 0 ? side + 2 : side }

/** Somebody is named there, whether or not by an id. */
export function notePresence(side: i32): void { store<i32>(sideAt(sideNow(side)), 1, PRESENT) }

export function beginIdentity(): void {
  const slots = texts + (<usize>SLOT_IDENTITY_ID << 3)
  store<u64>(slots, 0)
  store<u64>(slots, 0, 8)
  store<u64>(slots, 0, 16)
  store<u64>(slots, 0, 24)
}

/** A kind of the set holds something. */
export function noteFilled(at: usize, rank: i32): void {
  const filled = filledOf(at)
  if (filled < 0 || rank < filled) store<i32>(at, rank + 2, FILLED)
}

/** Takes the identity at hand for the side: `form` 1 with the GUID that was read last, 2 with the number of its text. */
export function takeIdentity(at: usize, rank: i32, form: i32, number: i32): void {
  v128.store(at, guidBytes)
  store<i32>(at, rank + 2, BEST)
  store<i32>(at, form, FORM)
  store<i32>(at, number, NUMBER)
  memory.copy(at + TENANT, texts + (<usize>SLOT_IDENTITY_TENANT << 3), 8)
  memory.copy(at + NAME, texts + (<usize>SLOT_IDENTITY_NAME << 3), 8)
  memory.copy(at + TYPE, texts + (<usize>SLOT_IDENTITY_TYPE << 3), 8)
}
