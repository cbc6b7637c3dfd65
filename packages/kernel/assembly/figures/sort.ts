// Sorts addresses of records by an integer that stands in each record, by counting its bytes one after the other. What
// is equal stays in the order in which it came.

const BYTE_VALUES: usize = 256

/** Ascending by an unsigned integer. */
export const ASCENDING: u32 = 0
/** Ascending by a signed integer: only the sign orders the other way. */
export const ASCENDING_SIGNED: u32 = 0x80
/** Descending by an unsigned integer. */
export const DESCENDING: u32 = 0xff

/** How often each value of a byte occurs, then where the next record with it belongs. */
const places: usize = memory.data(1024)

/** Writes the numbers from 0 on to `order`, u32 each. */
export function numberRecords(order: usize, count: u32): void {
  for (let number: u32 = 0; number < count; number++) store<u32>(order + (<usize>number << 2), number)
}

/**
 * Sorts the numbers of records, u32 each, at `order`: record 0 stands at `records`, each has `recordBytes`, and the rest is as
 * for `sortByKey`.
 */
export function sortRecords(
  order: usize,
  count: u32,
  spare: usize,
  records: usize,
  recordBytes: u32,
  keyOffset: usize,
  keyBytes: u32,
  direction: u32,
): void {
  const end = order + (<usize>count << 2)
  for (let p = order; p < end; p += 4) store<u32>(p, <u32>records + load<u32>(p) * recordBytes)
  sortByKey(order, count, spare, keyOffset, keyBytes, direction)
  for (let p = order; p < end; p += 4) store<u32>(p, (load<u32>(p) - <u32>records) / recordBytes)
}

/**
 * Sorts `count` addresses, u32 each, at `order` by the integer of `keyBytes` bytes that stands `keyOffset` behind each.
 * `spare` has room for as many addresses. `direction` is one of the above.
 */
export function sortByKey(order: usize, count: u32, spare: usize, keyOffset: usize, keyBytes: u32, direction: u32): void {
  const rest = direction == DESCENDING ? DESCENDING : ASCENDING
  let from = order
  let to = spare
  for (let byte: u32 = 0; byte < keyBytes; byte++) {
    const flip = byte + 1 == keyBytes ? direction : rest
    if (!countBytes(from, count, keyOffset + byte, flip)) continue
    move(from, to, count, keyOffset + byte, flip)
    const moved = to
    to = from
    from = moved
  }
  if (from != order) memory.copy(order, from, <usize>count << 2)
}

/** Makes `places` those of the records by one byte; whether they differ in it. */
function countBytes(from: usize, count: u32, offset: usize, flip: u32): bool {
  memory.fill(places, 0, BYTE_VALUES << 2)
  const end = from + (<usize>count << 2)
  for (let p = from; p < end; p += 4) {
    const place = placeOf(load<u32>(p) + offset, flip)
    store<u32>(place, load<u32>(place) + 1)
  }
  let before: u32 = 0
  for (let place = places; place < places + (BYTE_VALUES << 2); place += 4) {
    const here = load<u32>(place)
    if (here == count) return false
    store<u32>(place, before)
    before += here
  }
  return true
}

function move(from: usize, to: usize, count: u32, offset: usize, flip: u32): void {
  const end = from + (<usize>count << 2)
  for (let p = from; p < end; p += 4) {
    const record = load<u32>(p)
    const place = placeOf(record + offset, flip)
    const at = load<u32>(place)
    store<u32>(to + (<usize>at << 2), record)
    store<u32>(place, at + 1)
  }
}

// @ts-ignore: decorator
@inline
function placeOf(p: usize, flip: u32): usize {
  return places + (<usize>(load<u8>(p) ^ flip) << 2)
}
