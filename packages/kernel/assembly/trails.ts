// What was learnt of whole sessions. Between one scalar and the next stand the same bytes session after session, nulls,
// brackets and keys among them: a step. A state is the start of a session, or a property whose scalar ended; out of it lead
// a few steps, each with its bytes, what they do (members seen, objects begun and ended), and the scalar that follows.
// A property stands at one place of the model, so a state tells all brackets that are open, and steps may be put together
// anew where the objects that are open have the same members so far: that is part of the state. So whether a member is
// repeated, or one is missing, was seen when the steps were learnt.
import { isOpenNow, keepOpen, openBytes, placeOpen } from "./open-objects"
import { flagsOf, FLAG_DYNAMIC, isSame, propertyNumber } from "./tables"

/** Laid out by the host: where the learnt bytes lie (zero: nothing is), and what lies in them. See src/trail-tables.ts. */
let learnt: usize = 0
let places: usize = 0
let namedPlaces: u32 = 0
let placeCount: u32 = 0
let states: usize = 0
let statesEnd: usize = 0
let actionsMade: usize = 0
let steps: usize = 0
let stepsEnd: usize = 0

export function placeTrails(table: usize): void {
  learnt = load<u32>(table)
  placeOpen(load<u32>(table, 4))
  places = load<u32>(table, 8)
  namedPlaces = load<u32>(table, 12)
  placeCount = load<u32>(table, 16)
  states = load<u32>(table, 20)
  statesEnd = load<u32>(table, 24)
  actionsMade = load<u32>(table, 28)
  steps = load<u32>(table, 32)
  stepsEnd = load<u32>(table, 36)
}

// ---- the learnt bytes begin with: u32 bytes of steps, i32 the deepest bracket in them, u32 bytes of states
/** Brackets open at once in what is learnt, from the session's own on. */
@inline export function deepest(): i32 { return load<i32>(learnt, 4) }
export function noteDepth(depth: i32): void { if (depth > deepest()) store<i32>(learnt, depth, 4) }

// ---- places, u32 each, numbered as properties, 0 the session's start: where the first state is; then, for each, the hash of the
// only text met there (0: none, VARYING: several)
const VARYING: u32 = 1

/** Whether no other text was met at a property's place than this one; notes it. */
export function isOnlyText(property: usize, p: usize, length: usize): bool {
  const number = numberOf(property)
  if (number >= placeCount) return false
  const at = places + (<usize>(placeCount + number) << 2)
  let hash: u32 = 0x811c9dc5
  for (let index: usize = 0; index < length; index++) hash = (hash ^ load<u8>(p + index)) * 0x01000193
  hash |= 2
  const known = load<u32>(at)
  store<u32>(at, known == 0 || known == hash ? hash : VARYING)
  return known == 0 || known == hash
}

function numberOf(property: usize): u32 {
  return propertyNumber(property) + (flagsOf(property) & FLAG_DYNAMIC ? namedPlaces : 0)
}

// ---- states: u32 the first step, u32 the next state of the same place, u32 bytes of the objects that are open, then from 16 on these. Of the
// session's start the place itself is the state
const STATE_HEAD: usize = 16
@inline export function startState(): usize { return places }

/** The state behind a property with the objects open that are; 0 where there is no room for it: then all is forgotten. */
export function stateBehind(property: usize): usize {
  const number = numberOf(property)
  if (number >= placeCount) return 0
  const place = places + (<usize>number << 2)
  for (let state = <usize>load<u32>(place); state != 0; state = load<u32>(state, 4)) {
    if (isOpenNow(state + STATE_HEAD, load<u32>(state, 8))) return state
  }
  const state = states + load<u32>(learnt, 8)
  const stateBytes = (STATE_HEAD + openBytes() + 15) & ~15
  if (state + stateBytes > statesEnd) {
    forgetAll()
    return 0
  }
  store<u32>(learnt, load<u32>(learnt, 8) + <u32>stateBytes, 8)
  store<u32>(state, 0)
  store<u32>(state, load<u32>(place), 4)
  store<u32>(state, <u32>openBytes(), 8)
  keepOpen(state + STATE_HEAD)
  store<u32>(place, <u32>state)
  return state
}

function forgetAll(): void { memory.fill(learnt, 0, stepsEnd - learnt) }

// ---- actions, ACTION_BYTES each: u32 what, and what it is done with
export const ACTION_BYTES: usize = 32
/** An object begins: u32 its role. */
export const ACTION_OPEN: u32 = 0
/** An object ends: u32 its node, u32 how many members, from 16 on u64 its properties. */
export const ACTION_CLOSE: u32 = 1
/** An unknown property: u32 its number. */
export const ACTION_UNKNOWN: u32 = 2
/** A text that is part of the literal: u32 its slot, u32 where it begins in the literal, u32 its bytes. */
export const ACTION_TEXT: u32 = 3
const MAX_ACTIONS: usize = 64
/** Where the learner writes the actions of the step at hand. */
@inline export function newActions(): usize { return actionsMade }
@inline export function newActionsEnd(): usize { return actionsMade + MAX_ACTIONS * ACTION_BYTES }

// ---- steps: u32 the next of the same state, u32 hits, u32 bytes of the literal, u32 property, i32 value, i32 slot, i32 depth, u32
// unused, u32 where the actions are (0: none) and u32 their end, u32 state behind it, u32 unused, i64 members (and, above COUNT_BITS,
// one where a key is respelled), u32 a bit for each of the first 16 bytes that lies behind the literal; from 64 on the literal, then
// the actions
const HEAD_BYTES: usize = 64
const MAX_LITERAL_BYTES: usize = 1024
/** Steps of one state: those that were of use least often are forgotten. */
const MAX_STEPS: i32 = 8

@inline export function nextStep(step: usize): usize { return load<u32>(step) }
@inline export function lengthOf(step: usize): usize { return load<u32>(step, 8) }
@inline export function propertyIn(step: usize): usize { return load<u32>(step, 12) }
@inline export function valueIn(step: usize): i32 { return load<i32>(step, 16) }
@inline export function slotIn(step: usize): i32 { return load<i32>(step, 20) }
@inline export function depthIn(step: usize): i32 { return load<i32>(step, 24) }
@inline export function membersIn(step: usize): i64 { return load<i64>(step, 48) }
@inline export function actionsOf(step: usize): usize { return load<u32>(step, 32) }
@inline export function actionsEnd(step: usize): usize { return load<u32>(step, 36) }
@inline export function stateIn(step: usize): usize { return load<u32>(step, 40) }
@inline function padding(step: usize): i32 { return load<i32>(step, 56) }
/** Bits of a sum of members that count them. */
export const COUNT_BITS: i64 = 32

/** What follows a step, where it is no value of a property's type at the literal's end: */
/** a number, of any type; */
export const VALUE_NUMBER: i32 = 63
/** nothing, the session ended; */
export const VALUE_END: i32 = 64
/** nothing, the last member is null; */
export const VALUE_NONE: i32 = 65
/** the content of a text whose quote is the literal's last byte. */
export const VALUE_TEXT: i32 = 66
export const VALUE_INSTANT: i32 = 67
export const VALUE_DURATION: i32 = 68
/** A text again, which had the length of a GUID. */
export const VALUE_GUID: i32 = 69

/** Whether the bytes at `p` are the step's. Looks at no byte behind them, but for 16. */
@inline
export function fits(step: usize, p: usize): bool {
  let left = lengthOf(step)
  let literal = step + HEAD_BYTES
  if (left < 16) return (i8x16.bitmask(equal(p, literal)) | padding(step)) == 0xffff
  while (left > 64) {
    const same = v128.and(v128.and(equal(p, literal), equal(p + 16, literal + 16)), v128.and(equal(p + 32, literal + 32), equal(p + 48, literal + 48)))
    if (i8x16.bitmask(same) != 0xffff) return false
    p += 64
    literal += 64
    left -= 64
  }
  // The last bytes are compared up to their end, some of them twice.
  const end = p + left
  const literalEnd = literal + left
  let same = equal(end - 16, literalEnd - 16)
  if (left > 16) same = v128.and(same, equal(p, literal))
  if (left > 32) same = v128.and(same, v128.and(equal(p + 16, literal + 16), equal(end - 32, literalEnd - 32)))
  return i8x16.bitmask(same) == 0xffff
}

@inline
function equal(a: usize, b: usize): v128 { return i8x16.eq(v128.load(a), v128.load(b)) }

/** A step that was of use goes before the one in front of it, if it was more often. */
export function promote(state: usize, step: usize): void {
  const hits = load<u32>(step, 4) + 1
  store<u32>(step, hits, 4)
  let before = state
  let ahead = <usize>load<u32>(before)
  while (nextStep(ahead) != step) {
    before = ahead
    ahead = nextStep(ahead)
  }
  if (load<u32>(ahead, 4) >= hits) return
  store<u32>(ahead, <u32>nextStep(step))
  store<u32>(step, <u32>ahead)
  store<u32>(before, <u32>step)
}

/** How many steps lead out of a state. */
export function stepCount(state: usize): i32 {
  let count = 0
  for (let step = <usize>load<u32>(state); step != 0; step = nextStep(step)) count += 1
  return count
}

/** Whether a step is known from `state`, with these bytes and the same that follows. */
export function isKnown(state: usize, p: usize, length: usize, property: usize, value: i32): bool {
  for (let step = <usize>load<u32>(state); step != 0; step = nextStep(step)) {
    if (lengthOf(step) == length && propertyIn(step) == property && isLike(valueIn(step), value) && isSame(p, step + HEAD_BYTES, length)) return true
  }
  return false
}

/** A text that has the length of a GUID is one of many texts. */
function isLike(value: i32, other: i32): bool {
  return (value == VALUE_GUID ? VALUE_TEXT : value) == (other == VALUE_GUID ? VALUE_TEXT : other)
}

/**
 * Keeps a step with the actions that were made up to `end`. Where there is no room, all is forgotten; false then, and where
 * it is too long.
 */
export function keepStep(
  state: usize, p: usize, length: usize, property: usize, value: i32, slot: i32, depth: i32, members: i32, end: usize, isRespelled: bool,
  next: usize,
): bool {
  if (length > MAX_LITERAL_BYTES) return false
  const actionBytes = end - actionsMade
  const step = steps + load<u32>(learnt)
  const actions = step + HEAD_BYTES + ((length + 15) & ~15)
  if (actions + actionBytes > stepsEnd) {
    forgetAll()
    return false
  }
  store<u32>(learnt, <u32>(((actions + actionBytes + 15) & ~15) - steps))
  store<u32>(step, 0, 4)
  store<u32>(step, <u32>length, 8)
  store<u32>(step, <u32>property, 12)
  store<i32>(step, value, 16)
  store<i32>(step, slot, 20)
  store<i32>(step, depth, 24)
  store<u32>(step, actionBytes == 0 ? 0 : <u32>actions, 32)
  store<u32>(step, <u32>(actions + actionBytes), 36)
  store<u32>(step, <u32>next, 40)
  store<i64>(step, <i64>members + (isRespelled ? <i64>1 << COUNT_BITS : 0), 48)
  store<i32>(step, length < 16 ? 0xffff & (-1 << <i32>length) : 0, 56)
  memory.copy(step + HEAD_BYTES, p, length)
  memory.copy(actions, actionsMade, actionBytes)
  append(state, step)
  return true
}

/** Puts a step behind the others of its state; the last of too many goes. */
function append(state: usize, step: usize): void {
  let last = state
  for (let count = 1; load<u32>(last) != 0 && count < MAX_STEPS; count++) last = load<u32>(last)
  store<u32>(last, <u32>step)
  store<u32>(step, 0)
}
