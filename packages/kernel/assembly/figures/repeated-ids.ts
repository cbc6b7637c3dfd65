// Ids that are there more than once. An id is told by a hash of 64 bits of its 16 bytes and of what it is of: ids that are
// not equal may be taken for equal, which has to be looked at behind this, but never the other way round.
// A record has 12 bytes: the hash, the row.
import { beginCounts, countOne, placesFromCounts, takePlace } from "./buckets"

const ID_BYTES: usize = 16
const RECORD_BYTES: usize = 12
/** A bucket's table goes by the lower bits of the hash, so buckets go by upper ones. */
const BUCKET_SHIFT: u64 = 48

/**
 * Writes a record for each of `rowCount` ids to `records`, bucket by bucket, and where each bucket ends, in records, to
 * `ends`. What they are of are 32-bit numbers at `owners`; 0 where all are of the same. `hashes` has 8 bytes a row.
 */
export function splitIds(
  ids: usize,
  owners: usize,
  rowCount: u32,
  firstRow: u32,
  seed: u64,
  bucketCount: u32,
  hashes: usize,
  ends: usize,
  records: usize,
): void {
  const mask = <u64>bucketCount - 1
  beginCounts(ends, bucketCount)
  for (let row: usize = 0; row < rowCount; row++) {
    const owner: u64 = owners == 0 ? 0 : load<u32>(owners + (row << 2))
    const hash = hashOf(ids + row * ID_BYTES, seed ^ owner)
    store<u64>(hashes + (row << 3), hash)
    countOne(ends, <u32>((hash >> BUCKET_SHIFT) & mask))
  }
  placesFromCounts(ends, bucketCount)
  for (let row: usize = 0; row < rowCount; row++) {
    const hash = load<u64>(hashes + (row << 3))
    const record = records + <usize>takePlace(ends, <u32>((hash >> BUCKET_SHIFT) & mask)) * RECORD_BYTES
    store<u64>(record, hash)
    store<u32>(record, firstRow + <u32>row, 8)
  }
}

/** MurmurHash3's finish of 64 bits, once for each half. */
// @ts-ignore: decorator
@inline
function hashOf(id: usize, seed: u64): u64 {
  return mix(mix(seed ^ load<u64>(id)) + load<u64>(id, 8))
}

// @ts-ignore: decorator
@inline
function mix(value: u64): u64 {
  value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd
  value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53
  return value ^ (value >> 33)
}

/** Bytes of the table that so many records are looked up in: 4 for each slot, at most half of which are taken. */
export function idTableBytes(count: u32): usize {
  return <usize>slotCountFor(count) << 2
}

function slotCountFor(count: u32): u32 {
  return <u32>2 << (32 - clz(count))
}

/**
 * Writes the rows of those of `count` records that have their hash in common to `found`: for each after the first with
 * a hash the row of the first, then its own, so at most two for each record. Gives how many numbers were written.
 */
export function findRepeated(records: usize, count: u32, table: usize, found: usize): u32 {
  const slotCount = slotCountFor(count)
  const mask = slotCount - 1
  memory.fill(table, 0, <usize>slotCount << 2)
  let to = found
  const end = records + <usize>count * RECORD_BYTES
  for (let record = records; record < end; record += RECORD_BYTES) {
    const hash = load<u64>(record)
    let slot = <u32>hash & mask
    let known = load<u32>(table + (<usize>slot << 2))
    while (known != 0 && load<u64>(known) != hash) {
      slot = (slot + 1) & mask
      known = load<u32>(table + (<usize>slot << 2))
    }
    if (known == 0) {
      store<u32>(table + (<usize>slot << 2), <u32>record)
      continue
    }
    store<u32>(to, load<u32>(known, 8))
    store<u32>(to, load<u32>(record, 8), 4)
    to += 8
  }
  return <u32>((to - found) >> 2)
}
