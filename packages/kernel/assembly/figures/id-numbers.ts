/**
 * Numbers for ids of 16 bytes and a form (u32), from 0 in the order in which they first came: an open-addressing table.
 * What is known of it lies at `table` (u32 each): where its entries begin, how many there are, how many there is room
 * for (a power of two), and where its slots begin, twice as many. An entry is an id and its form, a slot the number of an
 * entry + 1, or 0.
 */

const ID_BYTES: usize = 16
const FORM: usize = 16
const ENTRY_BYTES: usize = 20
const COUNT: usize = 4
const CAPACITY: usize = 8
const SLOTS: usize = 12
/** Form of what is no id. */
const NONE: u8 = 0

/** Finds places for all entries again, after there was made room for more. */
export function placeIds(table: usize): void {
  const slots: usize = load<u32>(table, SLOTS)
  const mask = 2 * load<u32>(table, CAPACITY) - 1
  memory.fill(slots, 0, (<usize>mask + 1) << 2)
  const count = load<u32>(table, COUNT)
  let entry: usize = load<u32>(table)
  for (let number: u32 = 1; number <= count; number++, entry += ENTRY_BYTES) {
    let index = hashOf(entry) & mask
    while (load<u32>(slots + (<usize>index << 2)) != 0) index = (index + 1) & mask
    store<u32>(slots + (<usize>index << 2), number)
  }
}

/** The number of an id, or -1. */
export function findId(table: usize, id: usize, form: u32): i32 {
  return <i32>load<u32>(slotOf(table, id, form)) - 1
}

/** The number of an id, new where it was not known; there is room for one. */
export function numberId(table: usize, id: usize, form: u32): i32 {
  const slot = slotOf(table, id, form)
  const known = load<u32>(slot)
  if (known > 0) return known - 1
  const number = load<u32>(table, COUNT)
  const entry = <usize>load<u32>(table) + <usize>number * ENTRY_BYTES
  v128.store(entry, v128.load(id))
  store<u32>(entry, form, FORM)
  store<u32>(table, number + 1, COUNT)
  store<u32>(slot, number + 1)
  return number
}

/**
 * Numbers the ids of rows from `row` on, in two columns, first before second; forms are bytes. Gives the row at which
 * there is no room left for two more ids, or `rowCount`.
 */
export function numberIdPairs(
  table: usize,
  row: u32,
  rowCount: u32,
  firstIds: usize,
  firstForms: usize,
  secondIds: usize,
  secondForms: usize,
  firstNumbers: usize,
  secondNumbers: usize,
): u32 {
  const fullAt = load<u32>(table, CAPACITY) - 1
  for (; row < rowCount && load<u32>(table, COUNT) < fullAt; row++) {
    store<i32>(firstNumbers + (<usize>row << 2), numberAt(table, firstIds, firstForms, row))
    store<i32>(secondNumbers + (<usize>row << 2), numberAt(table, secondIds, secondForms, row))
  }
  return row
}

// @ts-ignore: decorator
@inline
function numberAt(table: usize, ids: usize, forms: usize, row: u32): i32 {
  const form = load<u8>(forms + row)
  return form == NONE ? -1 : numberId(table, ids + <usize>row * ID_BYTES, form)
}

/** The slot that holds an id, or the empty one where it belongs. */
function slotOf(table: usize, id: usize, form: u32): usize {
  const entries: usize = load<u32>(table)
  const slots: usize = load<u32>(table, SLOTS)
  const mask = 2 * load<u32>(table, CAPACITY) - 1
  const low = load<u64>(id)
  const high = load<u64>(id, 8)
  let index = hashOf(id) & mask
  while (true) {
    const slot = slots + (<usize>index << 2)
    const known = load<u32>(slot)
    if (known == 0) return slot
    const entry = entries + <usize>(known - 1) * ENTRY_BYTES
    if (load<u64>(entry) == low && load<u64>(entry, 8) == high && load<u32>(entry, FORM) == form) return slot
    index = (index + 1) & mask
  }
}

// @ts-ignore: decorator
@inline
function hashOf(id: usize): u32 {
  let mixed = (load<u64>(id) ^ (load<u64>(id, 8) * 0xc2b2_ae3d_27d4_eb4f)) * 0x9e37_79b9_7f4a_7c15
  mixed = (mixed ^ (mixed >> 32)) * 0xd6e8_feb8_6659_fd93
  return <u32>(mixed >> 32)
}
