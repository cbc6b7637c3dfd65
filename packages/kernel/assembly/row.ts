// A session that ends becomes a row: the rules about one session that need no explanation, and the columns.
import {
  bestOf, earliestSegment, endTicks, filledOf, formOf, guidOf, hasBackwardSegment, hasSomebody, instantMarks, isEscapedAt,
  isRespelled, isSegmentFailed, isService, isTest, isTypeEscaped, latestSegment, lengthAt, memberCount, memberMarks, modalities,
  nameAt, nameLength, numberOf, RANK_FLAT, segmentCount, sideAt, SLOT_ENDPOINTS, SLOT_ID, SLOT_REASON, SLOT_STAGE, startTicks,
  tenantAt, tenantLength, textAt, typeTextAt, typeTextLength,
} from "./capture"
import { guidBytes, readGuid } from "./guid"
import { INSTANT_NOT_UTC, INSTANT_UNUSUAL } from "./instant"
import { intern, localOf, meaningOf } from "./intern"
import { SPACE_ENDPOINTS, SPACE_FAMILY, SPACE_PLATFORM, SPACE_ROLE, SPACE_STAGE, SPACE_TENANT, SPACE_TEXT, SPACE_TYPE } from "./spaces"
import { MEMBER_EMPTY, MEMBER_UNKNOWN, MEMBER_UNUSUAL } from "./spaces"
import { endpointNumbers } from "./scratch"
import { asOfTicks, columns, guidKind, keepsNames, maxDurationTicks, maxRecordBytes, rowCapacity } from "./state"
import { unknownList } from "./unknown"

/** Bits of the column `marks`: what was found, and what a finding's words depend on. */
export const MARK_BACKWARD: u32 = 1 << 0
export const MARK_LONG: u32 = 1 << 1
export const MARK_FUTURE: u32 = 1 << 2
export const MARK_UNKNOWN_MODALITY: u32 = 1 << 3
export const MARK_NO_MODALITY: u32 = 1 << 4
export const MARK_EMPTY: u32 = 1 << 5
export const MARK_TEST: u32 = 1 << 6
export const MARK_SPELLING: u32 = 1 << 7
export const MARK_START_OFFSET: u32 = 1 << 8
export const MARK_START_FORM: u32 = 1 << 9
export const MARK_END_OFFSET: u32 = 1 << 10
export const MARK_END_FORM: u32 = 1 << 11
export const MARK_BACKWARD_SEGMENT: u32 = 1 << 12
export const MARK_OUTSIDE_SEGMENT: u32 = 1 << 13
export const MARK_CALLER_OWN: u32 = 1 << 14
export const MARK_CALLER_SEGMENT: u32 = 1 << 15
export const MARK_CALLEE_OWN: u32 = 1 << 16
export const MARK_CALLEE_SEGMENT: u32 = 1 << 17
/** Keys in another spelling: no finding, but pointers are spelled as the keys. */
export const MARK_RESPELLED: u32 = 1 << 18

const FLAG_TEST: u32 = 1
const FLAG_FAILED: u32 = 2
const FLAG_SEGMENT_FAILED: u32 = 4
const FLAG_UNIDENTIFIED: u32 = 8

export let rowCount: i32 = 0
/** A row had no room any more. */
export let isFull: bool = false
export function beginRows(): void {
  rowCount = 0
  isFull = false
}
export function forgetFull(): void { isFull = false }
export function dropRows(count: i32): void { rowCount = count }

/** Bytes of the sessions of these rows. */
export function bytesOfRows(from: i32, end: i32): usize {
  const column = word(11) - (<usize>rowCount << 2)
  let sum: usize = 0
  for (let row = from; row < end; row++) sum += load<u32>(column + (<usize>row << 2))
  return sum
}

let marks: u32 = 0
let flags: u32 = 0

// Columns lie one after the other, widest first; each has `rowCapacity` values. The order is that of src/columns.ts.
@inline function wide(index: i32): usize { return columns + (<usize>(index * rowCapacity) << 4) + (<usize>rowCount << 4) }
@inline function long(index: i32): usize { return columns + (<usize>(rowCapacity * 3) << 4) + (<usize>(index * rowCapacity) << 3) + (<usize>rowCount << 3) }
@inline function word(index: i32): usize { return columns + (<usize>(rowCapacity * 4) << 4) + (<usize>(index * rowCapacity) << 2) + (<usize>rowCount << 2) }
const WORD_COLUMNS: i32 = 16
@inline function byte(index: i32): usize { return columns + (<usize>(rowCapacity * 4) << 4) + (<usize>(WORD_COLUMNS * rowCapacity) << 2) + <usize>(index * rowCapacity) + <usize>rowCount }

/** Ends the session from `start` to `end`; false where the reference has to decide. */
export function endSession(start: usize, end: usize, base: usize, line: i32, record: i32, envelope: i32, index: i32): bool {
  if (rowCount == rowCapacity) {
    isFull = true
    return false
  }
  if (<u32>(end - start) > maxRecordBytes) return false
  marks = isRespelled ? MARK_RESPELLED : 0
  flags = (isTest ? FLAG_TEST : 0) | (isSegmentFailed ? FLAG_SEGMENT_FAILED : 0)
  if (isTest) marks |= MARK_TEST
  if (!putId()) return false
  markTimes()
  markMembers()
  if (!putSide(0) || !putSide(1) || !putFailure() || !putEndpoints()) return false
  const unknown = unknownList()
  if (unknown == -2) return false
  store<i64>(long(0), startTicks)
  store<i64>(long(1), endTicks)
  store<i32>(word(6), localOf(unknown))
  store<u32>(word(8), marks)
  store<i32>(word(9), envelope)
  store<u32>(word(10), <u32>(start - base))
  store<u32>(word(11), <u32>(end - start))
  store<i32>(word(12), line)
  store<i32>(word(13), record)
  store<i32>(word(14), index)
  store<u8>(byte(5), <u8>modalities)
  store<u8>(byte(6), <u8>flags)
  store<u32>(word(7), memberCount)
  rowCount += 1
  return true
}

function putId(): bool {
  const p = textAt(SLOT_ID)
  const length = lengthAt(SLOT_ID)
  if (length == 0 || isEscapedAt(SLOT_ID)) return false
  if (length == 36 && readGuid(p)) {
    v128.store(wide(0), guidBytes)
    store<u8>(byte(0), 1)
    return true
  }
  const number = intern(SPACE_TEXT, p, length)
  if (number < 0) return false
  v128.store(wide(0), i32x4(localOf(number), 0, 0, 0))
  store<u8>(byte(0), 2)
  return true
}

function markTimes(): void {
  const duration = endTicks - startTicks
  if (duration < 0) marks |= MARK_BACKWARD
  else if (duration == 0) marks |= MARK_EMPTY
  if (duration > maxDurationTicks) marks |= MARK_LONG
  if (startTicks > asOfTicks) marks |= MARK_FUTURE
  if (instantMarks != 0) {
    if (instantMarks & INSTANT_NOT_UTC) marks |= MARK_START_OFFSET
    if (instantMarks & INSTANT_UNUSUAL) marks |= MARK_START_FORM
    if (instantMarks & (INSTANT_NOT_UTC << 4)) marks |= MARK_END_OFFSET
    if (instantMarks & (INSTANT_UNUSUAL << 4)) marks |= MARK_END_FORM
  }
  if (segmentCount == 0) return
  if (hasBackwardSegment) marks |= MARK_BACKWARD_SEGMENT
  if (earliestSegment < startTicks || latestSegment > endTicks) marks |= MARK_OUTSIDE_SEGMENT
}

function markMembers(): void {
  if (memberMarks & MEMBER_EMPTY) marks |= MARK_NO_MODALITY
  if (memberMarks & MEMBER_UNKNOWN) marks |= MARK_UNKNOWN_MODALITY
  if (memberMarks & MEMBER_UNUSUAL) marks |= MARK_SPELLING
}

/** Who is at one side: on the session, else on its first segment. A service is nobody, whatever else is said of it. */
function putSide(side: i32): bool {
  const own = sideAt(side)
  const onSegment = sideAt(side + 2)
  if (bestOf(own) != -2) return putParticipant(side, own)
  if (bestOf(onSegment) != -2) return putParticipant(side, onSegment)
  putNobody(side)
  const isOwn = hasSomebody(own)
  if (isService(side) || (!isOwn && (isService(side + 2) || !hasSomebody(onSegment)))) return true
  marks |= (isOwn ? MARK_CALLER_OWN : MARK_CALLER_SEGMENT) << (<u32>side * 2)
  flags |= FLAG_UNIDENTIFIED << <u32>side
  return true
}

function putNobody(side: i32): void {
  store<u8>(byte(1 + side), 0)
  v128.store(wide(1 + side), i64x2.splat(0))
  store<u8>(byte(3 + side), 0)
  store<i32>(word(0 + side), -1)
  store<i32>(word(2 + side), -1)
}

function putParticipant(side: i32, at: usize): bool {
  const form = formOf(at)
  const kind = kindOf(at)
  if (kind < 0) return false
  store<u8>(byte(1 + side), <u8>form)
  v128.store(wide(1 + side), form == 1 ? guidOf(at) : i32x4(localOf(numberOf(at)), 0, 0, 0))
  store<u8>(byte(3 + side), <u8>kind)
  return putText(word(0 + side), SPACE_TENANT, tenantAt(at), tenantLength(at)) &&
    putText(word(2 + side), SPACE_TEXT, nameAt(at), keepsNames ? nameLength(at) : 0)
}

/** By its place in a set; of one outside by its type, else by what the set beside it fills, else by the form of its id. */
function kindOf(at: usize): i32 {
  const rank = bestOf(at)
  if (rank != RANK_FLAT) return rank
  const length = typeTextLength(at)
  if (length != 0) {
    if (isTypeEscaped(at)) return -1
    const number = intern(SPACE_TYPE, typeTextAt(at), length)
    if (number < 0) return -1
    const kind = meaningOf(number)
    if (kind != 0) return kind - 1
  }
  const filled = filledOf(at)
  if (filled >= 0) return filled
  return formOf(at) == 1 ? guidKind : meaningOf(numberOf(at)) - 1
}

/** Puts the number of a text, or -1 where it is empty. */
function putText(into: usize, space: i32, p: usize, length: usize): bool {
  if (length == 0) {
    store<i32>(into, -1)
    return true
  }
  const number = intern(space, p, length)
  if (number < 0) return false
  store<i32>(into, localOf(number))
  return true
}

function putFailure(): bool {
  const stage = lengthAt(SLOT_STAGE)
  const reason = lengthAt(SLOT_REASON)
  if (stage == 0 && reason == 0) {
    store<i32>(word(4), -1)
    store<i32>(word(5), -1)
    return true
  }
  flags = (flags | FLAG_FAILED) & ~FLAG_SEGMENT_FAILED
  const member = memberNumber(SLOT_STAGE, SPACE_STAGE)
  if (member == -2) return false
  store<i32>(word(4), localOf(member))
  return putText(word(5), SPACE_TEXT, textAt(SLOT_REASON), reason)
}

/** The number of a member of an enum; -1 where it is absent or empty, -2 where the reference has to decide. */
function memberNumber(slot: i32, space: i32): i32 {
  const length = lengthAt(slot)
  if (length == 0) return -1
  if (isEscapedAt(slot)) return -2
  const number = intern(space, textAt(slot), length)
  if (number < 0) return -2
  if (meaningOf(number) != 0) marks |= MARK_SPELLING
  return number
}

/** In the order of the column: platforms, product families, roles; of each the caller's first. */
function putEndpoints(): bool {
  for (let index = 0; index < 6; index++) {
    const part = index >> 1
    const number = memberNumber(SLOT_ENDPOINTS + 3 * (index & 1) + part, SPACE_PLATFORM + part)
    if (number == -2) return false
    store<i32>(endpointNumbers + (<usize>index << 2), number)
  }
  const number = intern(SPACE_ENDPOINTS, endpointNumbers, 24)
  if (number < 0) return false
  store<i32>(word(15), localOf(number))
  return true
}
