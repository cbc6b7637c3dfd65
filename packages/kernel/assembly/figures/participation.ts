// The intervals of a bucket, participant by participant: how much each takes part, and what of it overlaps.
import { beginCounts, countOne, placesFromCounts, takePlace } from "./buckets"
import { numberGroups } from "./group-table"
import { groupOf, OWN_GROUP, participantOf, RECORD_BYTES, START, startOf } from "./interval"
import { OVERLAP_BYTES, sweepOverlap } from "./overlap"
import { ASCENDING_SIGNED, sortByKey } from "./sort"
import { commonKind, measureTime, TALK_BYTES, writeGroupCount, writeKind } from "./talk-time"

const MOVES_PER_INTERVAL: u32 = 16
const TICK_BYTES: u32 = 8

/**
 * Writes the addresses of the records to `order`, by participant, then as they came, and where each of the
 * `participantCount` ends, in records, to `ends`. A participant has the number left when `shift` bits, which are those
 * of the bucket, are dropped. Gives the most records of one.
 */
export function orderByParticipant(records: usize, count: u32, shift: u32, participantCount: u32, ends: usize, order: usize): u32 {
  const end = records + <usize>count * RECORD_BYTES
  beginCounts(ends, participantCount)
  for (let p = records; p < end; p += RECORD_BYTES) countOne(ends, participantOf(p) >> shift)
  const most = placesFromCounts(ends, participantCount)
  for (let p = records; p < end; p += RECORD_BYTES) {
    store<u32>(order + (<usize>takePlace(ends, participantOf(p) >> shift) << 2), <u32>p)
  }
  return most
}

/**
 * Measures each participant of what `orderByParticipant` wrote: to `talk` by its number, to `overlaps` one after the
 * other those that have any. `spare` has room for as many addresses as one participant has records, `table` for a
 * table of their groups. Gives how many overlaps were written.
 */
export function measureParticipants(
  order: usize,
  participantCount: u32,
  ends: usize,
  spare: usize,
  table: usize,
  talk: usize,
  overlaps: usize,
  totals: usize,
): u32 {
  let overlapCount: u32 = 0
  let from: u32 = 0
  for (let number: u32 = 0; number < participantCount; number++) {
    const to = load<u32>(ends + (<usize>number << 2))
    const count = to - from
    const own = order + (<usize>from << 2)
    from = to
    if (count == 0) continue
    const result = talk + <usize>participantOf(load<u32>(own)) * TALK_BYTES
    sortByStart(own, count, spare)
    const isOverlapping = measureTime(own, count, result)
    writeKind(result, commonKind(own, count))
    writeGroupCount(result, countGroups(own, count, table, isOverlapping))
    if (!isOverlapping) continue
    sweepOverlap(own, count, spare, overlaps + <usize>overlapCount * OVERLAP_BYTES, totals)
    overlapCount += 1
  }
  return overlapCount
}

/** How many groups the intervals are of; where two of them overlap, the groups are numbered then. */
function countGroups(order: usize, count: u32, table: usize, isOverlapping: bool): u32 {
  return !isOverlapping && areOfOwnGroups(order, count) ? count : numberGroups(order, count, table)
}

function areOfOwnGroups(order: usize, count: u32): bool {
  const end = order + (<usize>count << 2)
  for (let p = order; p < end; p += 4) if (groupOf(load<u32>(p)) != OWN_GROUP) return false
  return true
}

/**
 * By insertion: records come in input order, which is nearly that of time in most archives. Where it is not, counting
 * is better. What starts at once stays in input order.
 */
function sortByStart(order: usize, count: u32, spare: usize): void {
  let movesLeft: i64 = <i64>count * MOVES_PER_INTERVAL
  const end = order + (<usize>count << 2)
  for (let p = order + 4; p < end; p += 4) {
    const record = load<u32>(p)
    const start = startOf(record)
    let to = p
    for (; to > order && startOf(load<u32>(to - 4)) > start; to -= 4) store<u32>(to, load<u32>(to - 4))
    store<u32>(to, record)
    movesLeft -= <i64>((p - to) >> 2)
    if (movesLeft < 0) return sortByKey(order, count, spare, START, TICK_BYTES, ASCENDING_SIGNED)
  }
}
