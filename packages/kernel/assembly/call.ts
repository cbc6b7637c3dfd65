// What a callRecord says of itself: where its values stand, for the host to read.
import { callValues as values } from "./scratch"
import { flagsOf, FLAG_DYNAMIC, FLAG_NEEDS_TEXT, slotOf } from "./tables"

const FIRST_SLOT: i32 = 38
export const CALL_SLOTS: i32 = 6
/** Of each slot: where the value begins, and behind it; 0 where it is absent. */
/** Something in it is said in another way: only its whole text tells. */
export let callNeedsText: bool = false

export function beginCall(): void {
  memory.fill(values, 0, CALL_SLOTS * 8)
  callNeedsText = false
}

export function needCallText(): void { callNeedsText = true }

export function noteCallMember(property: usize, value: usize, end: usize): void {
  if (flagsOf(property) & FLAG_DYNAMIC) {
    if (flagsOf(property) & FLAG_NEEDS_TEXT) callNeedsText = true
    return
  }
  const slot = slotOf(property) - FIRST_SLOT
  if (slot < 0) return
  store<u32>(values + (<usize>slot << 3), <u32>value)
  store<u32>(values + (<usize>slot << 3), <u32>end, 4)
}

/** First byte of a slot's value, or 0; and behind it. */
export function callValueAt(slot: i32): usize { return load<u32>(values + (<usize>slot << 3)) }
export function callValueEnd(slot: i32): usize { return load<u32>(values + (<usize>slot << 3), 4) }
