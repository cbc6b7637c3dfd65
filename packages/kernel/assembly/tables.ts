// The tables of types, as the host writes them (see src/tables.ts), and the properties met at run time that they do not
// name. All numbers are little-endian words of 32 bits unless said.

/** What a value may be. */
export const TYPE_ANY: i32 = 0
export const TYPE_TEXT: i32 = 1
export const TYPE_OBJECT: i32 = 2
export const TYPE_OBJECTS: i32 = 3
export const TYPE_MEMBERS: i32 = 4
export const TYPE_INT32: i32 = 5
export const TYPE_INT64: i32 = 6
export const TYPE_FLOAT: i32 = 7
export const TYPE_FLAG: i32 = 8
export const TYPE_INSTANT: i32 = 9
export const TYPE_DURATION: i32 = 10
/** Any object; its keys are data. */
export const TYPE_DICTIONARY: i32 = 11
/** Kept where it is a text, else any value. */
export const TYPE_CONTROL: i32 = 12
/** `null` or an object without members. */
export const TYPE_BAG: i32 = 13
/** Its object is left to the reference. */
export const TYPE_REFUSED: i32 = 14

// ---- properties, PROPERTY_BYTES each
export const PROPERTY_BYTES: usize = 32
@inline export function typeOf(property: usize): i32 { return load<i32>(property) }
/** The node of the object, or of the objects of a list. */
@inline export function childOf(property: usize): usize { return load<u32>(property, 4) }
/** Where its value is kept, or -1. */
@inline export function slotOf(property: usize): i32 { return load<i32>(property, 8) }
@inline export function flagsOf(property: usize): u32 { return load<u32>(property, 12) }
/** Its bit among the properties of its object. */
@inline export function bitOf(property: usize): u64 { return <u64>1 << load<u64>(property, 16) }
/** The state of its object behind it: where its literal lies, from the first. */
@inline export function stateOf(property: usize): usize { return load<u32>(property, 24) }

/** Null is refused. */
export const FLAG_REQUIRED: u32 = 1
/** Not named by the tables. */
export const FLAG_DYNAMIC: u32 = 2
/** Reported as unknown; its number is in its word 28. */
export const FLAG_UNKNOWN: u32 = 4
/** Of a callRecord: what it says cannot be told without its text. */
export const FLAG_NEEDS_TEXT: u32 = 8
/** Each object of its list is a record. */
export const FLAG_RECORDS: u32 = 16
@inline export function unknownOf(property: usize): u32 { return load<u32>(property, 28) }
/** Of those that the tables name from 1 on; of the others from 0 on. */
@inline export function propertyNumber(property: usize): u32 { return load<u32>(property, 28) }

// ---- nodes
/** Slots of the hash table of names less one, and where it lies: pointers to names or 0. */
@inline export function nameMask(node: usize): u32 { return load<u32>(node) }
@inline export function nameTable(node: usize): usize { return load<u32>(node, 4) }
/** Literals, by state: 0 at the object's start, else `stateOf` the last property. */
@inline export function literalsOf(node: usize): usize { return load<u32>(node, 8) }
/** What happens at its start and end: a `ROLE_…`, and what it is told. */
@inline export function roleOf(node: usize): i32 { return load<i32>(node, 12) }
@inline export function sideOf(node: usize): i32 { return load<i32>(node, 16) }
@inline export function rankOf(node: usize): i32 { return load<i32>(node, 20) }
@inline export function nodeNumber(node: usize): i32 { return load<i32>(node, 24) }
/** How little the literals of the node are worth: see object.ts. */
@inline export function doubtOf(node: usize): i32 { return load<i32>(node, 48) }
@inline export function putDoubt(node: usize, doubt: i32): void { store<i32>(node, doubt, 48) }
/** Of the session's node: where the table of what is learnt of sessions lies. */
@inline export function trailsOf(node: usize): usize { return load<u32>(node, 52) }
@inline export function dynamicState(node: usize): usize { return load<u32>(node, 28) }
/** Properties that must be there, and those of which one must. */
@inline export function requiredOf(node: usize): u64 { return load<u64>(node, 32) }
@inline export function markingOf(node: usize): u64 { return load<u64>(node, 40) }

export const ROLE_NONE: i32 = 0
export const ROLE_SESSION: i32 = 1
export const ROLE_SEGMENT: i32 = 2
export const ROLE_IDENTITY: i32 = 3
export const ROLE_IDENTITY_SET: i32 = 4
/** Holds a list of sessions. */
export const ROLE_CALL: i32 = 5

// ---- names: u32 length, u32 property, u32 whether it is another spelling, then from byte 16 the bytes, padded with 0 to
// 48. No name of the tables is longer.
export const MAX_NAME: usize = 48
const NAME_BYTES: usize = 64

// ---- literals: u32 length (0: none), u32 property, u32 spelling, u32 misses, then from byte 16 the bytes
export const MAX_LITERAL: usize = 48

/** 49 masks of 48 bytes: the first n bytes set. */
let masks: usize = 0
const MASK_BYTES: usize = 48

/** The mask of the first `length` bytes of 48. */
@inline export function maskOf(length: usize): usize { return masks + length * MASK_BYTES }

/** Whether the `length` bytes (1 to 48) at `a` and `b` are equal. Reads 48 bytes of both, whatever the length: no branch. */
@inline
export function isEqual(a: usize, b: usize, length: usize): bool {
  const mask = maskOf(length)
  const first = v128.and(v128.xor(v128.load(a), v128.load(b)), v128.load(mask))
  const second = v128.and(v128.xor(v128.load(a, 16), v128.load(b, 16)), v128.load(mask, 16))
  const third = v128.and(v128.xor(v128.load(a, 32), v128.load(b, 32)), v128.load(mask, 32))
  return !v128.any_true(v128.or(v128.or(first, second), third))
}

/** The same for any length; `memory.compare` goes byte by byte. */
export function isSame(a: usize, b: usize, length: usize): bool {
  return length <= MAX_LITERAL ? isEqual(a, b, length) : memory.compare(a, b, length) == 0
}

/** The hash of a name. Looks at both its ends: `caller` and `callee` differ in the last bytes only. */
function hashName(p: usize, length: usize): u32 {
  const first = load<u64>(p)
  const masked = length < 8 ? first & ((<u64>1 << (<u64>length << 3)) - 1) : first
  const last = length < 8 ? masked : load<u64>(p + length - 8)
  const hash = (masked ^ rotl<u64>(last, 23) ^ <u64>length) * 0x9e3779b97f4a7c15
  return <u32>(hash >> 40)
}

/**
 * Writes the names of a node's properties from `name` on, and enters them in its table. `list` has for each property how
 * many names it has, and for each name its length and its bytes; the first is the model's.
 */
export function placeNames(node: usize, property: usize, name: usize, list: usize, end: usize): void {
  const table = nameTable(node)
  const mask = nameMask(node)
  for (let at = list; at < end; property += PROPERTY_BYTES) {
    const count = <u32>load<u8>(at++)
    for (let spelling: u32 = 0; spelling < count; spelling++) {
      const length = <usize>load<u8>(at++)
      store<u32>(name, <u32>length)
      store<u32>(name, <u32>property, 4)
      store<u32>(name, spelling == 0 ? 0 : 1, 8)
      memory.copy(name + 16, at, length)
      let slot = hashName(name + 16, length) & mask
      while (load<u32>(table + (<usize>slot << 2)) != 0) slot = (slot + 1) & mask
      store<u32>(table + (<usize>slot << 2), <u32>name)
      name += NAME_BYTES
      at += length
    }
  }
}

/** The name of a node with these bytes, or 0. */
export function findName(node: usize, p: usize, length: usize): usize {
  if (length > MAX_NAME) return 0
  const table = nameTable(node)
  const mask = nameMask(node)
  let slot = hashName(p, length) & mask
  while (true) {
    const name = <usize>load<u32>(table + (<usize>slot << 2))
    if (name == 0) return 0
    if (load<u32>(name) == <u32>length && isEqual(name + 16, p, length)) return name
    slot = (slot + 1) & mask
  }
}

// ---- properties that the tables do not name

/** Tells the host of a key that a node does not name; gives its type, adds 256 where it is to be reported, 512 where a
 * callRecord's text is needed for it. */
// @ts-ignore: decorator
@external("callsift", "addProperty")
declare function addProperty(node: i32, p: usize, length: usize, unknown: i32): i32

let dynamicSlots: usize = 0
let dynamicMask: u32 = 0
let dynamicEntries: usize = 0
let maxDynamic: u32 = 0
let dynamicCount: u32 = 0
let keyArena: usize = 0
let keyNext: usize = 0
let keyEnd: usize = 0
const DYNAMIC_BYTES: usize = PROPERTY_BYTES + 16

export function placeTables(masksAt: usize, slotsAt: usize, slotCount: u32, entriesAt: usize, entryLimit: u32, arenaAt: usize, arenaBytes: usize): void {
  masks = masksAt
  memory.fill(masks, 0, (MAX_LITERAL + 1) * MASK_BYTES)
  for (let length: usize = 0; length <= MAX_LITERAL; length++) memory.fill(masks + length * MASK_BYTES, 0xff, length)
  dynamicSlots = slotsAt
  dynamicMask = slotCount - 1
  dynamicEntries = entriesAt
  maxDynamic = entryLimit
  keyArena = arenaAt
  keyEnd = arenaAt + arenaBytes
  forgetProperties()
}

/** Forgets the properties that the tables do not name; literals that lead to them have to be forgotten with them. */
export function forgetProperties(): void {
  memory.fill(dynamicSlots, 0, (<usize>dynamicMask + 1) << 2)
  dynamicCount = 0
  keyNext = keyArena
}

/** Whether there is no room for more of them. */
export function propertiesAreMany(): bool {
  return dynamicCount == maxDynamic || keyNext - keyArena > (keyEnd - keyArena) / 2
}

/** The property of a node with a key that the tables do not name; 0 where there is no room for more. */
export function dynamicProperty(node: usize, p: usize, length: usize): usize {
  let slot = (hashName(p, length) + <u32>nodeNumber(node) * 31) & dynamicMask
  while (true) {
    const number = load<u32>(dynamicSlots + (<usize>slot << 2))
    if (number == 0) break
    const known = dynamicEntries + (<usize>number - 1) * DYNAMIC_BYTES
    if (
      load<u32>(known, 32) == <u32>node &&
      load<u32>(known, 40) == <u32>length &&
      isSame(load<u32>(known, 36), p, length)
    ) return known
    slot = (slot + 1) & dynamicMask
  }
  if (dynamicCount == maxDynamic || keyNext + length > keyEnd) return 0
  const property = dynamicEntries + <usize>dynamicCount * DYNAMIC_BYTES
  const answer = addProperty(nodeNumber(node), p, length, <i32>dynamicCount)
  memory.copy(keyNext, p, length)
  store<i32>(property, answer & 0xff)
  store<u32>(property, 0, 4)
  store<i32>(property, -1, 8)
  store<u32>(property, FLAG_DYNAMIC | (answer & 0x100 ? FLAG_UNKNOWN : 0) | (answer & 0x200 ? FLAG_NEEDS_TEXT : 0), 12)
  store<u64>(property, dynamicCount & 63, 16)
  store<u32>(property, <u32>dynamicState(node), 24)
  store<u32>(property, dynamicCount, 28)
  store<u32>(property, <u32>node, 32)
  store<u32>(property, <u32>keyNext, 36)
  store<u32>(property, <u32>length, 40)
  keyNext += length
  dynamicCount += 1
  store<u32>(dynamicSlots + (<usize>slot << 2), dynamicCount)
  return property
}
