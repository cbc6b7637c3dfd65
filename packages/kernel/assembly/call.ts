// What a callRecord says of itself. What is written as Graph writes it is read here; else the host reads its text.
import { INSTANT_BAD, INSTANT_UNSET, instantTicks, readInstant } from "./instant"
import { intern } from "./intern"
import { callValues as values } from "./scratch"
import { SPACE_CALL_TYPE } from "./spaces"
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
  store<u32>(values + (<usize>slot << 3), <u32>value)
  store<u32>(values + (<usize>slot << 3), <u32>end, 4)
}

/** Bits of what a callRecord says; the first where only its text tells. */
const NEEDS_TEXT: i32 = 1
const HAS_VERSION: i32 = 2
/** Start; end and last modification are the bits after it. */
const HAS_START: i32 = 4

/**
 * Writes what the callRecord at hand says to `at`: i32 bits, i32 first byte of its id from `base` on (-1: none), i32
 * length of the id, i32 number of its type (-1: none), f64 version, i64 ticks of start, end and last modification.
 */
export function writeCall(at: usize, base: usize): void {
  store<i32>(at, needsText || !writeId(at, base) || !writeVersion(at) || !writeType(at) || !writeInstants(at) ? NEEDS_TEXT : bits)
}

let bits: i32 = 0

function writeId(at: usize, base: usize): bool {
  bits = 0
  store<i32>(at, -1, 4)
  const id = valueAt(SLOT_ID)
  if (id == 0) return true
  const end = valueEnd(SLOT_ID)
  if (!isPlainText(id, end) || end - id == 2) return false
  store<i32>(at, <i32>(id + 1 - base), 4)
  store<i32>(at, <i32>(end - id) - 2, 8)
  return true
}

/** A whole number that is not negative. */
function writeVersion(at: usize): bool {
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
  bits |= HAS_VERSION
  store<f64>(at, <f64>version, 16)
  return true
}

function writeType(at: usize): bool {
  store<i32>(at, -1, 12)
  const type = valueAt(SLOT_TYPE)
  if (type == 0) return true
  const end = valueEnd(SLOT_TYPE)
  if (!isPlainText(type, end)) return false
  if (end - type == 2) return true
  const number = intern(SPACE_CALL_TYPE, type + 1, end - type - 2)
  store<i32>(at, number, 12)
  return number >= 0
}

function writeInstants(at: usize): bool {
  for (let slot = SLOT_START; slot < CALL_SLOTS; slot++) {
    const p = valueAt(slot)
    if (p == 0) continue
    const end = valueEnd(slot)
    if (!isPlainText(p, end)) return false
    const marks = readInstant(p + 1, end - 1)
    if (marks & INSTANT_BAD) return false
    if (marks & INSTANT_UNSET) continue
    bits |= HAS_START << (slot - SLOT_START)
    store<i64>(at + (<usize>(slot - SLOT_START) << 3), instantTicks, 24)
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
