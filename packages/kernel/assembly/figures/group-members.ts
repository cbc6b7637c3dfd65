// How many intervals each group has, and how many different members: each interval has up to two of them.
//
// A record has 12 bytes, i32 each: the group and the two members, below 0 none.
import { beginCounts, countOne, placesFromCounts, takePlace } from "./buckets"

const RECORD_BYTES: usize = 12
const SLOT_BYTES: usize = 8
const EMPTY: u64 = 0

/**
 * Writes a record for each of `rowCount` rows, whose numbers stand at `rows`, to `records`, bucket by bucket, and where
 * each bucket ends, in records, to `ends`. Rows of a group below 0 have none. A bucket is the lower bits of a group's number;
 * `bucketCount` is a power of two.
 */
export function splitGroups(
  rows: usize,
  rowCount: u32,
  groups: usize,
  from: usize,
  to: usize,
  bucketCount: u32,
  ends: usize,
  records: usize,
): void {
  const mask = bucketCount - 1
  const rowsEnd = rows + (<usize>rowCount << 2)
  beginCounts(ends, bucketCount)
  for (let p = rows; p < rowsEnd; p += 4) {
    const group = load<i32>(groups + (<usize>load<u32>(p) << 2))
    if (group >= 0) countOne(ends, group & mask)
  }
  placesFromCounts(ends, bucketCount)
  for (let p = rows; p < rowsEnd; p += 4) {
    const at = <usize>load<u32>(p) << 2
    const group = load<i32>(groups + at)
    if (group < 0) continue
    const record = records + <usize>takePlace(ends, group & mask) * RECORD_BYTES
    store<i32>(record, group)
    store<i32>(record, load<i32>(from + at), 4)
    store<i32>(record, load<i32>(to + at), 8)
  }
}

/** Bytes of the table that `countMembers` needs for so many records. */
export function memberTableBytes(recordCount: u32): usize {
  return <usize>slotCountFor(recordCount) * SLOT_BYTES
}

/** A power of two, so that at most two thirds are taken. */
function slotCountFor(recordCount: u32): u32 {
  return <u32>1 << (32 - clz(3 * recordCount))
}

/**
 * Adds to the counts of all groups, u32 each: of intervals at `intervals`, of different members at `members`. All records
 * of a group are among these.
 */
export function countMembers(records: usize, recordCount: u32, table: usize, intervals: usize, members: usize): void {
  const slotCount = slotCountFor(recordCount)
  memory.fill(table, 0, <usize>slotCount * SLOT_BYTES)
  const end = records + <usize>recordCount * RECORD_BYTES
  for (let record = records; record < end; record += RECORD_BYTES) {
    const group = load<u32>(record)
    countOne(intervals, group)
    if (isNew(table, slotCount - 1, group, load<i32>(record, 4))) countOne(members, group)
    if (isNew(table, slotCount - 1, group, load<i32>(record, 8))) countOne(members, group)
  }
}

/** Whether it is a member of which the group had none of this number before. */
function isNew(table: usize, mask: u32, group: u32, member: i32): bool {
  if (member < 0) return false
  const key = (<u64>(group + 1) << 32) | <u64>(<u32>member)
  const hash = key * 0x9e3779b97f4a7c15
  let index = <u32>(hash >> 32) & mask
  while (true) {
    const slot = table + <usize>index * SLOT_BYTES
    const known = load<u64>(slot)
    if (known == key) return false
    if (known == EMPTY) {
      store<u64>(slot, key)
      return true
    }
    index = (index + 1) & mask
  }
}
