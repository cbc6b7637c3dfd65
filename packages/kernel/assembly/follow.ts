// A session by what was learnt of others: step after step, without looking at a key.
import { addMembers, keepText, noteSpelling } from "./capture"
import { beginObject, endObject } from "./object"
import { noteUnknown } from "./unknown"
import { rowCount } from "./row"
import { maxDepth, rowCapacity } from "./state"
import { parseDuration, parseInstant } from "./scalar"
import { roleOf } from "./tables"
import { ESCAPED, GUID_LENGTH, isGuidLong, scanText, shortTextEnd, textFlags } from "./text"
import {
  ACTION_BYTES, ACTION_CLOSE, ACTION_OPEN, ACTION_UNKNOWN, actionsEnd, actionsOf, cellOf, deepest, depthIn, fits, isRespelledIn, isSimple, lengthOf,
  membersIn, nextStep, promote, propertyIn, slotIn, startState, stateIn, VALUE_DURATION, VALUE_END, VALUE_INSTANT, VALUE_NONE, VALUE_TEXT,
  valueIn,
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
  const own = cellOf(node)
  emptyCell(own)
  let state = startState()
  let members = 0
  let respelled: u32 = 0
  while (true) {
    const step = stepAt(state, p)
    if (step == 0) break
    if (isSimple(step) ? !see(actionsOf(step)) : !act(actionsOf(step), actionsEnd(step))) break
    members += membersIn(step)
    respelled |= isRespelledIn(step)
    p += lengthOf(step)
    const value = valueIn(step)
    if (value == VALUE_TEXT) {
      let end = shortTextEnd(p)
      let isEscaped = false
      if (end == 0 && isGuidLong(p)) end = p + GUID_LENGTH
      if (end == 0) {
        end = scanText(p)
        if (end == 0) break
        isEscaped = (textFlags & ESCAPED) != 0
      }
      const slot = slotIn(step)
      if (slot >= 0) keepText(slot, p, end, isEscaped)
      p = end + 1
    } else if (value == VALUE_INSTANT) p = parseInstant(propertyIn(step), p)
    else if (value == VALUE_DURATION) p = parseDuration(p)
    else if (value == VALUE_END) {
      setDepth(outer)
      addMembers(members)
      if (respelled != 0) noteSpelling()
      return endObject(node, start, p, load<u64>(own), load<i32>(own, 16)) ? p : 0
    } else if (value != VALUE_NONE) {
      setDepth(outer + depthIn(step))
      p = parseValue(propertyIn(step), p)
    }
    if (p == 0) break
    state = stateIn(step)
  }
  setDepth(outer)
  return 0
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

@inline
function emptyCell(cell: usize): void {
  v128.store(cell, i64x2.splat(0))
  store<u32>(cell, 0, 16)
}

/** Does what a step does; false where a property is repeated, or the reference has to decide. */
@inline
function act(action: usize, end: usize): bool {
  for (; action < end; action += ACTION_BYTES) {
    const kind = load<u32>(action)
    if (kind >= ACTION_CLOSE) {
      if (!actSeldom(action, kind)) return false
      continue
    }
    if (kind == ACTION_OPEN) {
      emptyCell(load<u32>(action, 4))
      const role = roleOf(load<u32>(action, 8))
      if (role != 0) beginObject(role)
    }
    if (!see(action)) return false
  }
  return true
}

/** Notes members of an object; false where one was there before. */
@inline
function see(action: usize): bool {
  const cell = <usize>load<u32>(action, 4)
  const seen = v128.load(cell)
  const members = v128.load(action, 16)
  if (v128.any_true(v128.and(seen, members))) return false
  v128.store(cell, v128.or(seen, members))
  store<i32>(cell, load<i32>(cell, 16) + load<i32>(action, 12), 16)
  return true
}

function actSeldom(action: usize, kind: u32): bool {
  if (kind == ACTION_UNKNOWN) {
    noteUnknown(load<u32>(action, 8))
    return true
  }
  const cell = <usize>load<u32>(action, 4)
  // Only the session's own end needs to know where it stands.
  return endObject(load<u32>(action, 8), 0, 0, load<u64>(cell), load<i32>(cell, 16))
}
