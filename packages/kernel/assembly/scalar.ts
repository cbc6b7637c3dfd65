// Scalars by the type of their property: behind the value, or 0 where the reference has to decide. Texts begin behind their quote.
import { keepFlag, keepInstant, keepText, SLOT_TEST } from "./capture"
import { isDuration } from "./duration"
import { INSTANT_BAD, instantTicks, readInstant, readUsual } from "./instant"
import { isWholeText } from "./number"
import { slotOf } from "./tables"
import { ESCAPED, scanText, textFlags } from "./text"

export const TRUE: u32 = 0x65757274
export const ALSE: u32 = 0x65736c61

export function parseText(property: usize, p: usize): usize {
  const end = scanText(p)
  if (end == 0) return 0
  const slot = slotOf(property)
  if (slot >= 0) keepText(slot, p, end, (textFlags & ESCAPED) != 0)
  return end + 1
}

/** Bytes of an instant as Graph mostly writes it, with 7 digits behind the point. */
const INSTANT_LENGTH: usize = 28

export function parseInstant(property: usize, p: usize): usize {
  let end = p + INSTANT_LENGTH
  let marks = load<u8>(end) == 0x22 ? readUsual(p, INSTANT_LENGTH) : -1
  if (marks < 0) {
    end = scanText(p)
    if (end == 0 || (textFlags & ESCAPED) != 0) return 0
    marks = readInstant(p, end)
    if (marks & INSTANT_BAD) return 0
  }
  const slot = slotOf(property)
  if (slot >= 0 && !keepInstant(slot, instantTicks, marks)) return 0
  return end + 1
}

export function parseFlag(property: usize, p: usize): usize {
  const isTrue = load<u32>(p) == TRUE
  if (!isTrue && (load<u8>(p) != 0x66 || load<u32>(p, 1) != ALSE)) return 0
  if (slotOf(property) == SLOT_TEST) keepFlag(isTrue)
  return isTrue ? p + 4 : p + 5
}

/** `NaN`, `INF` or `-INF`: what OData writes where JSON has no number. */
export function parseNotFinite(p: usize): usize {
  const three = load<u32>(p)
  if (three == 0x224e614e || three == 0x22464e49) return p + 4
  return three == 0x464e492d && load<u8>(p, 4) == 0x22 ? p + 5 : 0
}

export function parseWholeText(p: usize): usize {
  const end = scanText(p)
  return end != 0 && isWholeText(p, end) ? end + 1 : 0
}

export function parseDuration(p: usize): usize {
  const end = scanText(p)
  return end != 0 && isDuration(p, end) ? end + 1 : 0
}
