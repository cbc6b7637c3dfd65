// Goes once more through a session that was taken, and keeps its steps. All of it was checked before.
import { ALSE } from "./scalar"
import {
  childOf, dynamicProperty, findName, flagsOf, FLAG_UNKNOWN, roleOf, ROLE_IDENTITY, ROLE_IDENTITY_SET, ROLE_SEGMENT, slotOf, typeOf,
  TYPE_ANY, TYPE_BAG, TYPE_CONTROL, TYPE_DICTIONARY, TYPE_DURATION, TYPE_FLAG, TYPE_FLOAT, TYPE_INSTANT, TYPE_INT32, TYPE_INT64,
  TYPE_OBJECT, TYPE_OBJECTS, TYPE_TEXT, unknownOf,
} from "./tables"
import { isGuidLong, scanText, textFlags } from "./text"
import { beginOpen, closeNode, memberCountOf, openNode, seeMember, seenMembers } from "./open-objects"
import {
  ACTION_BYTES, ACTION_CLOSE, ACTION_OPEN, ACTION_TEXT, ACTION_UNKNOWN, isKnown, isOnlyText, keepStep, newActions, newActionsEnd,
  noteDepth, startState, stateBehind, stepCount, VALUE_DURATION, VALUE_END, VALUE_GUID, VALUE_INSTANT, VALUE_NONE, VALUE_NUMBER,
  VALUE_TEXT,
} from "./trails"
import { depthNow, enter, leave, parseValue, skipSpace } from "./value"

const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const CLOSE_OBJECT: u8 = 0x7d
const CLOSE_LIST: u8 = 0x5d
const FIRST_OF_NULL: u8 = 0x6e
/** A step ends at a null or a text where it is so long already, or its state has so many. */
const LONG_STEP: usize = 512
/** The longest text that is part of a step. */
const MAX_TEXT: usize = 64
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
  beginOpen()
  begin(startState(), p)
  if (!openNode(node)) return
  const end = learnMembers(node, p)
  if (end != 0) keep(end, 0, VALUE_END, 0)
}

function begin(at: usize, p: usize): void {
  state = at
  from = p
  members = 0
  isRespelled = false
  actionEnd = newActions()
}

/** Ends the step at `p` in front of a value, behind which `next` is; false where it cannot be kept. */
function keep(p: usize, property: usize, value: i32, next: usize): bool {
  const length = p - from
  if (isKnown(state, from, length, property, value)) return true
  const depth = depthNow() - outer
  const slot = property == 0 ? -1 : slotOf(property)
  return keepStep(state, from, length, property, value, slot, depth, members, actionEnd, isRespelled, next)
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
  members += 1
  seeMember(property, typeOf(property) != TYPE_BAG)
  if ((flagsOf(property) & FLAG_UNKNOWN) == 0) return true
  if (roleOf(node) == ROLE_IDENTITY_SET && !isNull) return false
  return add(ACTION_UNKNOWN, unknownOf(property), 0, 0) != 0
}

/** Adds an action; 0 where there is no room. */
function add(kind: u32, a: u32, b: u32, c: u32): usize {
  const action = actionEnd
  if (action == newActionsEnd()) return 0
  memory.fill(action, 0, ACTION_BYTES)
  store<u32>(action, kind)
  store<u32>(action, a, 4)
  store<u32>(action, b, 8)
  store<u32>(action, c, 12)
  actionEnd += ACTION_BYTES
  return action
}

/** Behind a value: null, objects, and what is always the same are part of the step. */
function learnValue(property: usize, p: usize): usize {
  const c = load<u8>(p)
  const type = typeOf(property)
  if (c == FIRST_OF_NULL) return learnNull(property, p + 4)
  if (type == TYPE_OBJECT) return learnObject(childOf(property), p + 1)
  if (type == TYPE_OBJECTS) return learnObjects(childOf(property), p + 1)
  if ((type == TYPE_BAG || type == TYPE_DICTIONARY) && load<u8>(p, 1) == CLOSE_OBJECT) return p + 2
  // That a flag is false nobody keeps.
  if (type == TYPE_FLAG && load<u32>(p, 1) == ALSE && mayGrow(p)) return p + 5
  const value = c == QUOTE ? quotedValue(type, p + 1) : isNumber(type) ? VALUE_NUMBER : type
  if (value == VALUE_TEXT) {
    const end = learnText(property, p + 1)
    if (end != 0) return end
  }
  const next = stateBehind(property)
  if (next == 0 || !keep(c == QUOTE && value != type ? p + 1 : p, property, value, next)) return 0
  p = parseValue(property, p)
  if (p == 0) return 0
  begin(next, p)
  return p
}

function isNumber(type: i32): bool { return type == TYPE_INT32 || type == TYPE_INT64 || type == TYPE_FLOAT }

function quotedValue(type: i32, p: usize): i32 {
  if (type == TYPE_TEXT || type == TYPE_ANY || type == TYPE_CONTROL) return isGuidLong(p) ? VALUE_GUID : VALUE_TEXT
  return type == TYPE_INSTANT ? VALUE_INSTANT : type == TYPE_DURATION ? VALUE_DURATION : type
}

/** Whether the step at hand, which reaches to `p`, may become longer. */
function mayGrow(p: usize): bool { return p - from <= LONG_STEP && stepCount(state) < MANY_STEPS }

/** Behind a text that is part of the step; 0 where it is not always the same. */
function learnText(property: usize, p: usize): usize {
  const end = scanText(p)
  const length = end - p
  if (length > MAX_TEXT || textFlags != 0 || !isOnlyText(property, p, length) || !mayGrow(p)) return 0
  const slot = slotOf(property)
  if (slot >= 0 && add(ACTION_TEXT, slot, <u32>(p - from), <u32>length) == 0) return 0
  return end + 1
}

/** A null ends the step where others like it would be too many. */
function learnNull(property: usize, end: usize): usize {
  if (mayGrow(end)) return end
  const next = stateBehind(property)
  if (next == 0 || !keep(end, property, VALUE_NONE, next)) return 0
  begin(next, end)
  return end
}

function learnObject(node: usize, p: usize): usize {
  const role = roleOf(node)
  if (!openNode(node)) return 0
  if ((role == ROLE_IDENTITY || role == ROLE_SEGMENT) && add(ACTION_OPEN, role, 0, 0) == 0) return 0
  const end = learnMembers(node, p)
  if (end == 0) return 0
  if (role == ROLE_IDENTITY || role == ROLE_SEGMENT) {
    const action = add(ACTION_CLOSE, <u32>node, memberCountOf(), 0)
    if (action == 0) return 0
    store<u64>(action, seenMembers(), 16)
  }
  closeNode()
  return end
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
