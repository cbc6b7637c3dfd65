// What a callRecord says of itself. What is written as Graph writes it is read here; else the host reads its text.
import { guidBytes, readGuid } from "./guid"
import { INSTANT_BAD, INSTANT_UNSET, instantTicks, readInstant } from "./instant"
import { intern } from "./intern"
import { callValues as values } from "./scratch"
import { SPACE_CALL_TYPE, SPACE_TEXT } from "./spaces"
import { callCapacity, calls } from "./state"
import { flagsOf, FLAG_DYNAMIC, FLAG_NEEDS_TEXT, slotOf } from "./tables"

const FIRST_SLOT: i32 = 38
const CALL_SLOTS: i32 = 6
const SLOT_ID: i32 = 0
const SLOT_VERSION: i32 = 1
const SLOT_TYPE: i32 = 2
const SLOT_START: i32 = 3
/** Digits of a version that is exact as a double. */
const MAX_DIGITS: usize = 15
const MAX_TEXT: usize = 200
const GUID_LENGTH: usize = 36

/** Something in it is said in another way: only its whole text tells. */
let needsText: bool = false

export function beginCall(): void {
  memory.fill(values, 0, CALL_SLOTS * 8)
  needsText = false
}

export function needCallText(): void { needsText = true }

/** Keeps where the value of a property stands. */
export function noteCallMember(property: usize, value: usize, end: usize): void {
  if (flagsOf(property) & FLAG_DYNAMIC) {
    if (flagsOf(property) & FLAG_NEEDS_TEXT) needsText = true
    return
  }
  const slot = slotOf(property) - FIRST_SLOT
  if (slot < 0) return
  // Two properties may say the same: which of them counts, their names tell.
  if (load<u32>(values + (<usize>slot << 3)) != 0) needsText = true
  store<u32>(values + (<usize>slot << 3), <u32>value)
  store<u32>(values + (<usize>slot << 3), <u32>end, 4)
}

/** Bits of the column `flags`, which are those of facts. */
const HAS_LIST: i32 = 2
/** Start; end and last modification are the bits after it. */
const HAS_START: i32 = 4
const HAS_VERSION: i32 = 32

export let callCount: i32 = 0
export function beginCalls(): void {
  callCount = 0
}
export function callsLeft(): bool {
  return callCount < callCapacity
}

// Columns lie one after the other, widest first; each has `callCapacity` values. The order is that of src/call-columns.ts.
const LONG_COLUMNS: i32 = 4
const WORD_COLUMNS: i32 = 6
@inline function wide(): usize { return calls + (<usize>callCount << 4) }
@inline function long(index: i32): usize { return calls + (<usize>callCapacity << 4) + (<usize>(index * callCapacity + callCount) << 3) }
@inline function word(index: i32): usize { return calls + (<usize>(callCapacity * (2 + LONG_COLUMNS)) << 3) + (<usize>(index * callCapacity + callCount) << 2) }
@inline function byte(index: i32): usize { return calls + (<usize>(callCapacity * (4 + 2 * LONG_COLUMNS + WORD_COLUMNS)) << 2) + <usize>(index * callCapacity + callCount) }

/**
 * Adds the callRecord at hand, which stands from `start` to `end` and has so many sessions. False where only its text
 * tells what it says of itself: then nothing is added.
 */
export function addCall(start: usize, end: usize, base: usize, line: i32, record: i32, sessions: i32): bool {
  flags = HAS_LIST
  if (needsText || !putId() || !putVersion() || !putType() || !putInstants()) return false
  store<i32>(word(1), sessions)
  store<u32>(word(2), <u32>(start - base))
  store<u32>(word(3), <u32>(end - start))
  store<i32>(word(4), line)
  store<i32>(word(5), record)
  store<u8>(byte(0), <u8>flags)
  callCount += 1
  return true
}

let flags: i32 = 0

function putId(): bool {
  v128.store(wide(), i64x2.splat(0))
  store<u8>(byte(1), 0)
  const id = valueAt(SLOT_ID)
  if (id == 0) return true
  const end = valueEnd(SLOT_ID)
  if (!isPlainText(id, end) || end - id == 2) return false
  if (end - id == GUID_LENGTH + 2 && readGuid(id + 1)) {
    v128.store(wide(), guidBytes)
    store<u8>(byte(1), 1)
    return true
  }
  const number = intern(SPACE_TEXT, id + 1, end - id - 2)
  store<i32>(wide(), number)
  store<u8>(byte(1), 2)
  return number >= 0
}

/** A whole number that is not negative. */
function putVersion(): bool {
  store<i64>(long(0), 0)
  let p = valueAt(SLOT_VERSION)
  if (p == 0) return true
  const end = valueEnd(SLOT_VERSION)
  if (end - p > MAX_DIGITS) return false
  let version: i64 = 0
  for (; p < end; p++) {
    const digit = <u32>load<u8>(p) - 0x30
    if (digit > 9) return false
    version = version * 10 + digit
  }
  flags |= HAS_VERSION
  store<i64>(long(0), version)
  return true
}

function putType(): bool {
  store<i32>(word(0), -1)
  const type = valueAt(SLOT_TYPE)
  if (type == 0) return true
  const end = valueEnd(SLOT_TYPE)
  if (!isPlainText(type, end)) return false
  if (end - type == 2) return true
  const number = intern(SPACE_CALL_TYPE, type + 1, end - type - 2)
  store<i32>(word(0), number)
  return number >= 0
}

function putInstants(): bool {
  for (let slot = SLOT_START; slot < CALL_SLOTS; slot++) {
    const column = slot - SLOT_START
    store<i64>(long(1 + column), 0)
    const p = valueAt(slot)
    if (p == 0) continue
    const end = valueEnd(slot)
    if (!isPlainText(p, end)) return false
    const marks = readInstant(p + 1, end - 1)
    if (marks & INSTANT_BAD) return false
    if (marks & INSTANT_UNSET) continue
    flags |= HAS_START << column
    store<i64>(long(1 + column), instantTicks)
  }
  return true
}

/** First byte of a slot's value; 0 where it is absent or null. */
function valueAt(slot: i32): usize {
  let at: usize = load<u32>(values + (<usize>slot << 3))
  if (at == 0) return 0
  while (load<u8>(at) <= 0x20) at += 1
  return load<u8>(at) == 0x6e ? 0 : at
}

function valueEnd(slot: i32): usize { return load<u32>(values + (<usize>slot << 3), 4) }

/** Whether a value is a text of ASCII without escapes, and not a long one. */
function isPlainText(p: usize, end: usize): bool {
  if (load<u8>(p) != 0x22 || end - p > MAX_TEXT) return false
  for (; p < end; p++) if (load<u8>(p) == 0x5c || load<u8>(p) > 0x7f) return false
  return true
}
