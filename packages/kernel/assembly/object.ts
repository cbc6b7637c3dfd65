// Objects of the tables. An export is written by a program: behind a property mostly stands the same property as the last
// time, with the same bytes between the values. So each state of an object (the property it comes from) remembers one
// literal: the bytes from the end of one value to the beginning of the next, and the property that they name. On a hit
// nothing is looked at but these bytes; on a miss the key is read: where it is plain, by its hash, else by the complete
// parser. Same state and same bytes always mean the same, so what is remembered never changes a result.
import { beginIdentity, beginSegment, beginSession, countMember, endSegment, noteSpelling, notePresence } from "./capture"
import { beginCall, needCallText, noteCallMember } from "./call"
import { endIdentity } from "./identity"
import { endSession } from "./row"
import {
  dynamicProperty, doubtOf, putDoubt,
  findName,
  isEqual,
  bitOf,
  flagsOf,
  FLAG_DYNAMIC,
  FLAG_UNKNOWN,
  literalsOf,
  markingOf,
  MAX_LITERAL,
  rankOf,
  requiredOf,
  roleOf,
  ROLE_CALL,
  ROLE_IDENTITY,
  ROLE_IDENTITY_SET,
  ROLE_SEGMENT,
  ROLE_SESSION,
  sideOf,
  stateOf,
  typeOf,
  TYPE_BAG,
  unknownOf,
} from "./tables"
import { ESCAPED, scanText, textFlags } from "./text"
import { beginUnknown, noteUnknown } from "./unknown"
import { enter, leave, parseValue, skipSpace } from "./value"
import { base, envelopeAt, lineAt, recordNumber, sessionIndex } from "./place"

/** A literal that missed so often since it was learnt is learnt anew. */
const MAX_MISSES: u32 = 8
const CLOSE: u8 = 0x7d

/** The property that `readMember` found; 0 at the object's end. */
let foundProperty: usize = 0
let foundSpelling: u32 = 0

/** Behind the object of `node` whose `{` stands before `p`; 0 where the reference has to decide. */
export function parseObject(node: usize, p: usize): usize {
  const start = p - 1
  if (!enter()) return 0
  const role = roleOf(node)
  if (role != 0) beginObject(role)
  let seen: u64 = 0
  let seenDynamic: u64 = 0
  let members = 0
  const literals = literalsOf(node)
  let literal = literals
  let isPredictable = isPredictableNow(node)
  while (load<u8>(p) != CLOSE) {
    let property: usize
    let isKind = false
    const length = <usize>load<u32>(literal)
    if (isPredictable && length != 0 && isEqual(literal + 16, p, length)) {
      p += length
      property = load<u32>(literal, 4)
      if (load<u32>(literal, 8) != 0) respell(role)
    } else {
      const begin = p
      const isFirst = literal == literals
      p = isFirst ? 0 : readPlainMember(node, p)
      if (p == 0) p = readMember(node, begin, isFirst)
      if (p == 0) return 0
      property = foundProperty
      if (property == 0) break
      if (foundSpelling != 0) respell(role)
      if (isPredictable) isPredictable = miss(node, literal, begin, p - begin)
    }
    const bit = bitOf(property)
    const flags = flagsOf(property)
    if (flags & FLAG_DYNAMIC) {
      if (seenDynamic & bit) return 0
      seenDynamic |= bit
      if (flags & FLAG_UNKNOWN) {
        noteUnknown(unknownOf(property))
        isKind = role == ROLE_IDENTITY_SET && isFilledObject(p)
        if (isKind) notePresence(sideOf(node))
      }
    } else {
      if (seen & bit) return 0
      seen |= bit
    }
    countMember()
    if (typeOf(property) != TYPE_BAG) members += 1
    const value = p
    p = parseValue(property, p)
    if (p == 0 || (isKind && isWrapped(value, p))) return 0
    if (role == ROLE_CALL) noteCallMember(property, value, p)
    literal = literals + stateOf(property)
  }
  p += 1
  leave()
  if (role == 0) return p
  return endObject(node, start, p, seen, members) ? p : 0
}

function respell(role: i32): void {
  if (role == ROLE_CALL) needCallText()
  else noteSpelling()
}

/** An object of a role begins. */
export function beginObject(role: i32): void {
  if (role == ROLE_IDENTITY) beginIdentity()
  else if (role == ROLE_CALL) beginCall()
  else if (role == ROLE_SEGMENT) beginSegment()
  else if (role == ROLE_SESSION) {
    beginSession()
    beginUnknown()
  }
}

/** An object of a role ends that has these properties; false where the reference has to decide. */
export function endObject(node: usize, start: usize, end: usize, seen: u64, members: i32): bool {
  if ((seen & requiredOf(node)) != requiredOf(node)) return false
  if (markingOf(node) != 0 && (seen & markingOf(node)) == 0) return false
  const role = roleOf(node)
  if (role == ROLE_IDENTITY) return endIdentity(sideOf(node), rankOf(node), members)
  if (role == ROLE_SEGMENT) endSegment()
  else if (role == ROLE_SESSION) return endSessionAt(start, end)
  return true
}

/** The session from `start` to `end` ends, which has all that it must; false where the reference has to decide. */
export function endSessionAt(start: usize, end: usize): bool {
  return endSession(start, end, base, lineAt(start), recordNumber, envelopeAt, sessionIndex)
}

/** Whether `Hint"` may stand between `p` and `end`: PowerShell's mark on a value that it wrapped in an object. */
function isWrapped(p: usize, end: usize): bool {
  for (; p < end; p++) {
    if (load<u8>(p) == 0x5c || (load<u32>(p) == 0x746e6948 && load<u8>(p, 4) == 0x22)) return true
  }
  return false
}

/** Whether an object that holds anything stands at `p`. */
function isFilledObject(p: usize): bool {
  p = skipSpace(p)
  return load<u8>(p) == 0x7b && load<u8>(skipSpace(p + 1)) != CLOSE
}

/**
 * Reads `, "key":` (without the comma where it is the first) at `p` by the whole grammar, and remembers it: gives where
 * the value begins, and `foundProperty`; at the object's end its bracket and 0; 0 where the reference has to decide.
 */
function readMember(node: usize, p: usize, isFirst: bool): usize {
  let q = skipSpace(p)
  foundProperty = 0
  if (load<u8>(q) == CLOSE) return q
  if (!isFirst) {
    if (load<u8>(q) != 0x2c) return 0
    q = skipSpace(q + 1)
  }
  if (load<u8>(q) != 0x22) return 0
  const key = q + 1
  const keyEnd = scanText(key)
  if (keyEnd == 0 || (textFlags & ESCAPED) != 0) return 0
  q = skipSpace(keyEnd + 1)
  if (load<u8>(q) != 0x3a) return 0
  q = skipSpace(q + 1)
  const name = findName(node, key, keyEnd - key)
  foundProperty = name != 0 ? <usize>load<u32>(name, 4) : dynamicProperty(node, key, keyEnd - key)
  foundSpelling = name != 0 ? load<u32>(name, 8) : 0
  return foundProperty == 0 ? 0 : q
}

/** `,"key":` with a name of the tables and without white space: gives where the value begins; 0 for anything else. */
function readPlainMember(node: usize, p: usize): usize {
  if (load<u16>(p) != 0x222c) return 0
  const key = p + 2
  let quotes = i8x16.bitmask(i8x16.eq(v128.load(key), i8x16.splat(0x22)))
  let end = key
  if (quotes == 0) {
    end += 16
    quotes = i8x16.bitmask(i8x16.eq(v128.load(end), i8x16.splat(0x22)))
    if (quotes == 0) {
      end += 16
      quotes = i8x16.bitmask(i8x16.eq(v128.load(end), i8x16.splat(0x22)))
      if (quotes == 0) return 0
    }
  }
  end += ctz(quotes)
  if (load<u8>(end, 1) != 0x3a) return 0
  const name = findName(node, key, end - key)
  if (name == 0) return 0
  foundProperty = load<u32>(name, 4)
  foundSpelling = load<u32>(name, 8)
  return end + 2
}

/** Objects of a node whose keys come in any order are not predicted for so many objects, then tried again. */
const PAUSE: i32 = 64
const MAX_DOUBT: i32 = 32

function isPredictableNow(node: usize): bool {
  const doubt = doubtOf(node)
  if (doubt == 0) return true
  putDoubt(node, doubt - 1)
  return doubt <= MAX_DOUBT
}

/** The literal did not fit: the bytes at `p` that did take its place, now and then. Gives whether to go on predicting. */
function miss(node: usize, literal: usize, p: usize, length: usize): bool {
  const doubt = doubtOf(node) + 1
  putDoubt(node, doubt > MAX_DOUBT ? MAX_DOUBT + PAUSE : doubt)
  const misses = load<u32>(literal, 12) + 1
  store<u32>(literal, misses, 12)
  if (length <= MAX_LITERAL && (load<u32>(literal) == 0 || misses > MAX_MISSES)) remember(literal, p, length)
  return doubt <= MAX_DOUBT
}

function remember(literal: usize, p: usize, length: usize): void {
  store<u32>(literal, <u32>length)
  store<u32>(literal, <u32>foundProperty, 4)
  store<u32>(literal, foundSpelling, 8)
  store<u32>(literal, 0, 12)
  v128.store(literal, v128.load(p), 16)
  v128.store(literal, v128.load(p, 16), 32)
  v128.store(literal, v128.load(p, 32), 48)
}
