// Rows, each an interval with a participant at either end → a record for each participant of each row, by buckets.
import { beginCounts, countOne, placesFromCounts, takePlace } from "./buckets"
import { RECORD_BYTES, writeInterval } from "./interval"

const TO_SHIFT: u32 = 8

/**
 * Writes the records of `rowCount` rows, whose numbers stand at `rows`, to `records`, bucket by bucket, and where each
 * bucket ends, in records, to `ends`. A participant below 0 is none; one at both ends of a row has one record. A bucket
 * is the lower bits of a participant's number; `bucketCount` is a power of two.
 */
export function splitIntervals(
  rows: usize,
  rowCount: u32,
  firstRow: i32,
  starts: usize,
  finishes: usize,
  groups: usize,
  from: usize,
  to: usize,
  fromKinds: usize,
  toKinds: usize,
  bucketCount: u32,
  ends: usize,
  records: usize,
): void {
  const mask = bucketCount - 1
  const rowsEnd = rows + (<usize>rowCount << 2)
  beginCounts(ends, bucketCount)
  for (let p = rows; p < rowsEnd; p += 4) {
    const at = <usize>load<u32>(p) << 2
    const a = load<i32>(from + at)
    const b = load<i32>(to + at)
    if (a >= 0) countOne(ends, a & mask)
    if (b >= 0 && b != a) countOne(ends, b & mask)
  }
  placesFromCounts(ends, bucketCount)
  for (let p = rows; p < rowsEnd; p += 4) {
    const row = load<u32>(p)
    const at = <usize>row << 2
    const a = load<i32>(from + at)
    const b = load<i32>(to + at)
    const start = load<i64>(starts + (at << 1))
    const end = load<i64>(finishes + (at << 1))
    const group = load<i32>(groups + at)
    const fromKind = <u32>load<u8>(fromKinds + row) + 1
    const toKind = (<u32>load<u8>(toKinds + row) + 1) << TO_SHIFT
    if (a >= 0) {
      const kinds = a == b ? fromKind | toKind : fromKind
      writeInterval(records + <usize>takePlace(ends, a & mask) * RECORD_BYTES, start, end, a, group, firstRow + row, kinds)
    }
    if (b >= 0 && b != a) {
      writeInterval(records + <usize>takePlace(ends, b & mask) * RECORD_BYTES, start, end, b, group, firstRow + row, toKind)
    }
  }
}
