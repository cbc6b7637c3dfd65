// Objects of the tables. An export is written by a program: behind a property mostly stands the same property as the last
// time, with the same bytes between the values. So each state of an object (the property it comes from) remembers two
// literals: the bytes from the end of one value to the beginning of the next, and the property that they name. On a hit
// nothing is looked at but these bytes; on a miss the complete parser reads the key, and remembers. Same state and same
// bytes always mean the same, so what is remembered never changes a result.
import { beginSegment, beginSession, countMember, endSegment, noteSpelling, notePresence } from "./capture"
import { beginIdentity, endIdentity } from "./identity"
import { endSession } from "./row"
import {
  dynamicProperty,
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

const PAIR_SECOND: usize = 64
const CLOSE: u8 = 0x7d

/** The property that `readMember` found; 0 at the object's end. */
let foundProperty: usize = 0
let foundSpelling: u32 = 0

/** Behind the object of `node` whose `{` stands before `p`; 0 where the reference has to decide. */
export function parseObject(node: usize, p: usize): usize {
  const start = p - 1
  if (!enter()) return 0
  const role = roleOf(node)
  if (role != 0) begin(role)
  let seen: u64 = 0
  let seenDynamic: u64 = 0
  let members = 0
  const literals = literalsOf(node)
  let pair = literals
  while (load<u8>(p) != CLOSE) {
    let property: usize
    const first = <usize>load<u32>(pair)
    const second = <usize>load<u32>(pair, PAIR_SECOND)
    if (first != 0 && isEqual(pair + 16, p, first)) {
      p += first
      property = load<u32>(pair, 4)
      if (load<u32>(pair, 8) != 0) noteSpelling()
    } else if (second != 0 && isEqual(pair + PAIR_SECOND + 16, p, second)) {
      p += second
      property = load<u32>(pair, PAIR_SECOND + 4)
      if (load<u32>(pair, PAIR_SECOND + 8) != 0) noteSpelling()
    } else {
      p = readMember(node, pair, p, pair == literals)
      if (p == 0) return 0
      property = foundProperty
      if (property == 0) break
      if (foundSpelling != 0) noteSpelling()
    }
    const bit = bitOf(property)
    const flags = flagsOf(property)
    if (flags & FLAG_DYNAMIC) {
      if (seenDynamic & bit) return 0
      seenDynamic |= bit
      if (flags & FLAG_UNKNOWN) {
        noteUnknown(unknownOf(property))
        if (role == ROLE_IDENTITY_SET && isFilledObject(p)) notePresence(sideOf(node))
      }
    } else {
      if (seen & bit) return 0
      seen |= bit
    }
    countMember()
    if (typeOf(property) != TYPE_BAG) members += 1
    p = parseValue(property, p)
    if (p == 0) return 0
    pair = literals + stateOf(property)
  }
  p += 1
  leave()
  if (role == 0) return p
  if ((seen & requiredOf(node)) != requiredOf(node)) return 0
  if (markingOf(node) != 0 && (seen & markingOf(node)) == 0) return 0
  return finish(node, role, start, p, members) ? p : 0
}

function begin(role: i32): void {
  if (role == ROLE_IDENTITY) beginIdentity()
  else if (role == ROLE_SEGMENT) beginSegment()
  else if (role == ROLE_SESSION) {
    beginSession()
    beginUnknown()
  }
}

function finish(node: usize, role: i32, start: usize, end: usize, members: i32): bool {
  if (role == ROLE_IDENTITY) return endIdentity(sideOf(node), rankOf(node), members)
  if (role == ROLE_SEGMENT) endSegment()
  else if (role == ROLE_SESSION) {
    return endSession(start, end, base, lineAt(start), recordNumber, envelopeAt, sessionIndex)
  }
  return true
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
function readMember(node: usize, pair: usize, p: usize, isFirst: bool): usize {
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
  if (foundProperty == 0) return 0
  if (q - p <= MAX_LITERAL) remember(load<u32>(pair) == 0 ? pair : pair + PAIR_SECOND, p, q - p)
  return q
}

function remember(literal: usize, p: usize, length: usize): void {
  store<u32>(literal, <u32>length)
  store<u32>(literal, <u32>foundProperty, 4)
  store<u32>(literal, foundSpelling, 8)
  v128.store(literal, v128.load(p), 16)
  v128.store(literal, v128.load(p, 16), 32)
  v128.store(literal, v128.load(p, 32), 48)
}
