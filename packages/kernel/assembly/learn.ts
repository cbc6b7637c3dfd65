// Goes once more through a session that was taken, and keeps its steps. All of it was checked before.
import {
  bitOf, childOf, dynamicProperty, findName, flagsOf, FLAG_DYNAMIC, FLAG_UNKNOWN, roleOf, ROLE_IDENTITY_SET, slotOf, typeOf, TYPE_ANY,
  TYPE_BAG, TYPE_CONTROL, TYPE_DICTIONARY, TYPE_DURATION, TYPE_INSTANT, TYPE_OBJECT, TYPE_OBJECTS, TYPE_TEXT, unknownOf,
} from "./tables"
import { scanText } from "./text"
import {
  ACTION_BYTES, ACTION_CLOSE, ACTION_OPEN, ACTION_SEE, ACTION_UNKNOWN, cellOf, isKnown, keepStep, newActions, newActionsEnd, noteDepth,
  startState, stateBehind, stepCount, VALUE_DURATION, VALUE_END, VALUE_INSTANT, VALUE_NONE, VALUE_TEXT,
} from "./trails"
import { depthNow, enter, leave, parseValue, skipSpace } from "./value"

const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const CLOSE_OBJECT: u8 = 0x7d
const CLOSE_LIST: u8 = 0x5d
const FIRST_OF_NULL: u8 = 0x6e
/** A step ends at a null where it is so long already, or its state has so many. */
const LONG_STEP: usize = 512
const MANY_STEPS: i32 = 4

// ---- the step at hand: out of which state, its first byte, and what was met since
let state: usize = 0
let from: usize = 0
let outer: i32 = 0
let members: i32 = 0
let isRespelled: bool = false
let actionEnd: usize = 0

/** Keeps the steps of the session of `node` whose `{` stands before `p`. */
export function learnSession(node: usize, p: usize): void {
  outer = depthNow()
  begin(startState(), p)
  const end = learnMembers(node, p)
  if (end != 0) keep(end, 0, VALUE_END)
}

function begin(at: usize, p: usize): void {
  state = at
  from = p
  members = 0
  isRespelled = false
  actionEnd = newActions()
}

/** Ends the step at `p` in front of a value, and begins the next behind it; false where it cannot be kept. */
function keep(p: usize, property: usize, value: i32): bool {
  const length = p - from
  if (isKnown(state, from, length, property, value)) return true
  const depth = depthNow() - outer
  return keepStep(state, from, length, property, value, property == 0 ? -1 : slotOf(property), depth, members, actionEnd, isRespelled)
}

/** Behind the members of an object and its bracket; 0 where not all could be kept. */
function learnMembers(node: usize, p: usize): usize {
  enter()
  noteDepth(depthNow() - outer + 1)
  while (true) {
    p = skipSpace(p)
    if (load<u8>(p) == CLOSE_OBJECT) break
    if (load<u8>(p) == COMMA) p = skipSpace(p + 1)
    const key = p + 1
    const keyEnd = scanText(key)
    p = skipSpace(skipSpace(keyEnd + 1) + 1)
    const name = findName(node, key, keyEnd - key)
    const property = name != 0 ? <usize>load<u32>(name, 4) : dynamicProperty(node, key, keyEnd - key)
    if (property == 0) return 0
    if (name != 0 && load<u32>(name, 8) != 0) isRespelled = true
    if (!see(node, property, load<u8>(p) == FIRST_OF_NULL)) return 0
    p = learnValue(property, p)
    if (p == 0) return 0
  }
  leave()
  return p + 1
}

/** Notes a member; false where what follows from it depends on its value. */
function see(node: usize, property: usize, isNull: bool): bool {
  const flags = flagsOf(property)
  const isDynamic = (flags & FLAG_DYNAMIC) != 0
  members += 1
  const action = seeing(node)
  if (action == 0) return false
  const bits = action + (isDynamic ? 24 : 16)
  store<u64>(bits, load<u64>(bits) | bitOf(property))
  if (typeOf(property) != TYPE_BAG) store<u32>(action, load<u32>(action, 12) + 1, 12)
  if ((flags & FLAG_UNKNOWN) == 0) return true
  if (roleOf(node) == ROLE_IDENTITY_SET && !isNull) return false
  return add(ACTION_UNKNOWN, 0, unknownOf(property)) != 0
}

/** The action that members of the object at hand belong to: the last, if it is of the same object. */
function seeing(node: usize): usize {
  const cell = cellOf(node)
  const last = actionEnd - ACTION_BYTES
  if (actionEnd != newActions() && load<u32>(last) <= ACTION_OPEN && load<u32>(last, 4) == <u32>cell) return last
  return add(ACTION_SEE, cell, <u32>node)
}

function add(kind: u32, cell: usize, subject: u32): usize {
  const action = actionEnd
  if (action == newActionsEnd()) return 0
  memory.fill(action, 0, ACTION_BYTES)
  store<u32>(action, kind)
  store<u32>(action, <u32>cell, 4)
  store<u32>(action, subject, 8)
  actionEnd += ACTION_BYTES
  return action
}

/** Behind a value: null, objects and what has one form only are part of the step. */
function learnValue(property: usize, p: usize): usize {
  const c = load<u8>(p)
  const type = typeOf(property)
  if (c == FIRST_OF_NULL) return learnNull(property, p + 4)
  if (type == TYPE_OBJECT) return learnObject(childOf(property), p + 1)
  if (type == TYPE_OBJECTS) return learnObjects(childOf(property), p + 1)
  if ((type == TYPE_BAG || type == TYPE_DICTIONARY) && load<u8>(p, 1) == CLOSE_OBJECT) return p + 2
  const value = c == QUOTE ? quotedValue(type) : type
  if (!keep(value == type ? p : p + 1, property, value)) return 0
  p = parseValue(property, p)
  const next = stateBehind(property)
  if (p == 0 || next == 0) return 0
  begin(next, p)
  return p
}

function quotedValue(type: i32): i32 {
  if (type == TYPE_TEXT || type == TYPE_ANY || type == TYPE_CONTROL) return VALUE_TEXT
  return type == TYPE_INSTANT ? VALUE_INSTANT : type == TYPE_DURATION ? VALUE_DURATION : type
}

/** A null ends the step where others like it would be too many. */
function learnNull(property: usize, end: usize): usize {
  if (end - from <= LONG_STEP && stepCount(state) < MANY_STEPS) return end
  const next = stateBehind(property)
  if (next == 0 || !keep(end, property, VALUE_NONE)) return 0
  begin(next, end)
  return end
}

function learnObject(node: usize, p: usize): usize {
  if (add(ACTION_OPEN, cellOf(node), <u32>node) == 0) return 0
  const end = learnMembers(node, p)
  if (end == 0) return 0
  return roleOf(node) == 0 || add(ACTION_CLOSE, cellOf(node), <u32>node) != 0 ? end : 0
}

function learnObjects(node: usize, p: usize): usize {
  enter()
  p = skipSpace(p)
  while (load<u8>(p) != CLOSE_LIST) {
    p = learnObject(node, p + 1)
    if (p == 0) return 0
    p = skipSpace(p)
    if (load<u8>(p) == COMMA) p = skipSpace(p + 1)
  }
  leave()
  return p + 1
}
