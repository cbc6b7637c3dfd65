// A session by what was learnt of others: step after step, without looking at a key.
import { addMembers, keepText, noteSpelling } from "./capture"
import { shortNumberEnd } from "./number"
import { beginObject, endObject, endSessionAt } from "./object"
import { noteUnknown } from "./unknown"
import { rowCount } from "./row"
import { maxDepth, rowCapacity } from "./state"
import { parseDuration, parseInstant } from "./scalar"
import { roleOf, typeOf, TYPE_FLOAT } from "./tables"
import { ESCAPED, GUID_LENGTH, isGuidLong, plainTextEnd, scanText, textFlags } from "./text"
import {
  ACTION_BYTES, ACTION_CLOSE, ACTION_OPEN, ACTION_TEXT, actionsEnd, actionsOf, COUNT_BITS, deepest, depthIn, fits, lengthOf, membersIn,
  nextStep, promote, propertyIn, slotIn, startState, stateIn, VALUE_DURATION, VALUE_END, VALUE_GUID, VALUE_INSTANT, VALUE_NONE,
  VALUE_NUMBER, VALUE_TEXT, valueIn,
} from "./trails"
import { depthNow, DEPTH_MARGIN, parseValue, setDepth } from "./value"

/** Not a byte of JSON outside of strings: `null` is always part of a literal. */
const FIRST_OF_NULL: u8 = 0x6e

/** Behind the session whose `{` stands before `p`; 0 where the learnt steps do not lead to its end, or it cannot be taken. */
export function followTrails(node: usize, p: usize): usize {
  const outer = depthNow()
  if (rowCount == rowCapacity || outer + deepest() + DEPTH_MARGIN > maxDepth) return 0
  const start = p - 1
  beginObject(roleOf(node))
  let state = startState()
  let members: i64 = 0
  while (true) {
    const step = stepAt(state, p)
    if (step == 0) break
    const actions = actionsOf(step)
    if (actions != 0 && !act(actions, actionsEnd(step), p)) break
    members += membersIn(step)
    p += lengthOf(step)
    state = stateIn(step)
    const value = valueIn(step)
    if (value == VALUE_TEXT) {
      p = followText(slotIn(step), p, plainTextEnd(p))
    } else if (value == VALUE_GUID) {
      p = followText(slotIn(step), p, isGuidLong(p) ? p + GUID_LENGTH : 0)
    } else if (value == VALUE_INSTANT) p = parseInstant(propertyIn(step), p)
    else if (value == VALUE_END) {
      setDepth(outer)
      addMembers(<i32>members)
      if (members >> COUNT_BITS != 0) noteSpelling()
      return endSessionAt(start, p) ? p : 0
    } else if (value == VALUE_DURATION) p = parseDuration(p)
    else if (value != VALUE_NONE) {
      const property = propertyIn(step)
      const end = value == VALUE_NUMBER ? shortNumberEnd(p, typeOf(property) == TYPE_FLOAT) : 0
      if (end != 0) p = end
      else {
        setDepth(outer + depthIn(step))
        p = parseValue(property, p)
      }
    }
    if (p == 0) break
  }
  setDepth(outer)
  return 0
}

/** Behind the text at `p`, which ends at `end` or, where that is 0, is not as plain as most. */
@inline
function followText(slot: i32, p: usize, end: usize): usize {
  if (end == 0) return followAnyText(slot, p)
  if (slot >= 0) keepText(slot, p, end, false)
  return end + 1
}

function followAnyText(slot: i32, p: usize): usize {
  const end = scanText(p)
  if (end == 0) return 0
  if (slot >= 0) keepText(slot, p, end, (textFlags & ESCAPED) != 0)
  return end + 1
}

/** The step out of a state that the bytes at `p` are; 0. */
@inline
function stepAt(state: usize, p: usize): usize {
  const first = <usize>load<u32>(state)
  if (first == 0) return 0
  if (isStep(first, p)) return first
  return laterStep(state, nextStep(first), p)
}

function laterStep(state: usize, step: usize, p: usize): usize {
  for (; step != 0; step = nextStep(step)) {
    if (!isStep(step, p)) continue
    promote(state, step)
    return step
  }
  return 0
}

/** A literal in front of a value that is written without quotes does not say that no null stands there. */
@inline
function isStep(step: usize, p: usize): bool {
  return fits(step, p) && (valueIn(step) >= VALUE_END || load<u8>(p + lengthOf(step)) != FIRST_OF_NULL)
}

/** Does what the step at `p` does; false where the reference has to decide. */
function act(action: usize, end: usize, p: usize): bool {
  for (; action < end; action += ACTION_BYTES) {
    const kind = load<u32>(action)
    const subject = load<u32>(action, 4)
    if (kind == ACTION_OPEN) beginObject(subject)
    else if (kind == ACTION_CLOSE) {
      if (!endObject(subject, 0, 0, load<u64>(action, 16), load<i32>(action, 8))) return false
    } else if (kind == ACTION_TEXT) {
      const text = p + load<u32>(action, 8)
      keepText(subject, text, text + load<u32>(action, 12), false)
    } else noteUnknown(subject)
  }
  return true
}
