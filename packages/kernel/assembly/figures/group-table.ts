// The groups that one participant's intervals are of: a table with a slot of 12 bytes for each (u32 each: what tells it
// apart, how many of its intervals run, and the one whose start made them two).
import { groupOf, OWN_GROUP, setGroup } from "./interval"

const SLOT_BYTES: usize = 12
const EMPTY: u32 = 0

/** Bytes of a table for so many intervals. */
export function groupTableBytes(intervalCount: u32): usize {
  return <usize>slotCountFor(intervalCount) * SLOT_BYTES
}

/** A power of two, so that at most two thirds are taken. */
function slotCountFor(intervalCount: u32): u32 {
  return <u32>1 << (32 - clz(intervalCount + (intervalCount >> 1)))
}

/**
 * Gives each group of the intervals at `order` a slot, and puts its address where the group stood, 0 for a group of its
 * own. Gives how many groups there are.
 */
export function numberGroups(order: usize, count: u32, table: usize): u32 {
  const slotCount = slotCountFor(count)
  memory.fill(table, 0, <usize>slotCount * SLOT_BYTES)
  let groupCount: u32 = 0
  const end = order + (<usize>count << 2)
  for (let p = order; p < end; p += 4) {
    const record = load<u32>(p)
    const group = groupOf(record)
    if (group == OWN_GROUP) {
      setGroup(record, 0)
      groupCount += 1
      continue
    }
    const slot = slotOf(table, slotCount - 1, ~group)
    if (load<u32>(slot) == EMPTY) {
      store<u32>(slot, ~group)
      groupCount += 1
    }
    setGroup(record, <i32>slot)
  }
  return groupCount
}

/** `key` is never 0: that would be a group of its own. */
function slotOf(table: usize, mask: u32, key: u32): usize {
  let index = key * 0x9e3779b1
  index = (index ^ (index >> 15)) & mask
  while (true) {
    const slot = table + <usize>index * SLOT_BYTES
    const known = load<u32>(slot)
    if (known == EMPTY || known == key) return slot
    index = (index + 1) & mask
  }
}

/** How many intervals of a group ran before this one, which starts now. */
export function startInGroup(slot: usize, record: usize): u32 {
  if (slot == 0) return 0
  const before = load<u32>(slot, 4)
  store<u32>(slot, before + 1, 4)
  if (before == 1) store<u32>(slot, <u32>record, 8)
  return before
}

/** How many intervals of a group run when one has ended. */
export function endInGroup(slot: usize): u32 {
  if (slot == 0) return 0
  const after = load<u32>(slot, 4) - 1
  store<u32>(slot, after, 4)
  return after
}

/** The interval whose start made the running ones of a group two. */
export function doubledBy(slot: usize): usize {
  return load<u32>(slot, 8)
}
