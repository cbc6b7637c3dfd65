/**
 * The lengths of wanted ranks, of many classes of cells at once, which may overlap. First out of counts by bucket: in which
 * bucket each rank lies; then out of the lengths that were kept of these buckets.
 *
 * `classes` are those of each cell: where they begin among `members` (u32 each, one more than there are cells).
 * By class: 10 ranks, ascending, those not used and one more the greatest number (u32 each); how many lie before (u32), how many
 * were found of the bucket at hand (u32), and how many ranks were passed (u32).
 */
import { SECOND, VALUE } from "./pair-table"

const RANK_COUNT: usize = 11
/** What a bucket's value is when it is wanted, and when not: both say that its slot is taken. */
const WANTED: u32 = 2
const UNWANTED: u32 = 1

// Counters of a class.
const COUNTERS_BYTES: usize = 16
const FOUND: usize = 4
const PASSED: usize = 8

// @ts-ignore: decorator
@inline
function counterOf(counters: usize, member: usize): usize {
  return counters + (load<u32>(member) as usize) * COUNTERS_BYTES
}

// @ts-ignore: decorator
@inline
function rankAt(table: usize, member: usize, passed: u32): usize {
  return table + (((load<u32>(member) as usize) * RANK_COUNT + (passed as usize)) << 2)
}

// @ts-ignore: decorator
@inline
function firstMember(classes: usize, members: usize, slot: usize): usize {
  return members + ((load<u32>(classes + ((load<u32>(slot, SECOND) as usize) << 2)) as usize) << 2)
}

// @ts-ignore: decorator
@inline
function lastMember(classes: usize, members: usize, slot: usize): usize {
  return members + ((load<u32>(classes + ((load<u32>(slot, SECOND) as usize) << 2), 4) as usize) << 2)
}

/**
 * Of counts by bucket and cell, whose slots stand at `order` (u32 each) by bucket: writes the bucket of each class's ranks,
 * and how many of the class lie before it; sets slots to whether they are wanted, and the byte of each bucket at `isWanted`.
 * Gives how many lengths lie in what is wanted.
 */
export function findBuckets(
  order: usize,
  count: u32,
  classes: usize,
  members: usize,
  counters: usize,
  ranks: usize,
  buckets: usize,
  before: usize,
  isWanted: usize,
): u32 {
  let wantedCount: u32 = 0
  for (let end = order + ((count as usize) << 2); order < end;) {
    const bucket = load<u64>(load<u32>(order))
    const from = order
    do {
      countSlot(load<u32>(order), classes, members, counters)
      order += 4
    } while (order < end && load<u64>(load<u32>(order)) == bucket)
    let wanted = false
    for (let p = from; p < order; p += 4) {
      const slot = load<u32>(p)
      const slotCount = load<u32>(slot, VALUE)
      if (!markSlot(slot, classes, members, counters, ranks)) continue
      wanted = true
      wantedCount += slotCount
    }
    for (let p = from; p < order; p += 4) {
      passSlot(load<u32>(p), bucket as u32, classes, members, counters, ranks, buckets, before)
    }
    if (wanted) store<u8>(isWanted + (bucket as usize), 1)
  }
  return wantedCount
}

function countSlot(slot: usize, classes: usize, members: usize, counters: usize): void {
  const count = load<u32>(slot, VALUE)
  const end = lastMember(classes, members, slot)
  for (let member = firstMember(classes, members, slot); member < end; member += 4) {
    const counter = counterOf(counters, member)
    store<u32>(counter, load<u32>(counter, FOUND) + count, FOUND)
  }
}

function markSlot(slot: usize, classes: usize, members: usize, counters: usize, ranks: usize): bool {
  let isWanted = false
  const end = lastMember(classes, members, slot)
  for (let member = firstMember(classes, members, slot); member < end; member += 4) {
    const counter = counterOf(counters, member)
    const rank = load<u32>(rankAt(ranks, member, load<u32>(counter, PASSED)))
    if (rank < load<u32>(counter) + load<u32>(counter, FOUND)) isWanted = true
  }
  store<u32>(slot, isWanted ? WANTED : UNWANTED, VALUE)
  return isWanted
}

/** The first slot of a class passes all that was found of the bucket. */
function passSlot(
  slot: usize,
  bucket: u32,
  classes: usize,
  members: usize,
  counters: usize,
  ranks: usize,
  buckets: usize,
  before: usize,
): void {
  const end = lastMember(classes, members, slot)
  for (let member = firstMember(classes, members, slot); member < end; member += 4) {
    const counter = counterOf(counters, member)
    const below = load<u32>(counter)
    const next = below + load<u32>(counter, FOUND)
    let passed = load<u32>(counter, PASSED)
    for (; load<u32>(rankAt(ranks, member, passed)) < next; passed++) {
      store<u32>(rankAt(buckets, member, passed), bucket)
      store<u32>(rankAt(before, member, passed), below)
    }
    store<u32>(counter, next)
    store<u32>(counter, 0, FOUND)
    store<u32>(counter, passed, PASSED)
  }
}

/**
 * Of counts by length and cell, whose slots stand at `order` (u32 each) by length: writes the length of each rank to
 * `values` (u64 each). `counters` are zero again.
 */
export function takeRanks(
  order: usize,
  count: u32,
  shift: u64,
  classes: usize,
  members: usize,
  counters: usize,
  ranks: usize,
  buckets: usize,
  before: usize,
  values: usize,
): void {
  for (const end = order + ((count as usize) << 2); order < end; order += 4) {
    const slot: usize = load<u32>(order)
    const length = load<u64>(slot)
    const bucket = (reinterpret<u64>((length + 1) as f64) >> shift) as u32
    const last = lastMember(classes, members, slot)
    for (let member = firstMember(classes, members, slot); member < last; member += 4) {
      takeRanksOf(member, load<u32>(slot, VALUE), length, bucket, counters, ranks, buckets, before, values)
    }
  }
}

/** `FOUND` counts what was found of the bucket in which the next rank of the class lies. */
function takeRanksOf(
  member: usize,
  count: u32,
  length: u64,
  bucket: u32,
  counters: usize,
  ranks: usize,
  buckets: usize,
  before: usize,
  values: usize,
): void {
  const counter = counterOf(counters, member)
  let passed = load<u32>(counter, PASSED)
  if (load<u32>(rankAt(ranks, member, passed)) == u32.MAX_VALUE) return
  if (load<u32>(rankAt(buckets, member, passed)) != bucket) return
  const found = load<u32>(counter, FOUND) + count
  const next = load<u32>(rankAt(before, member, passed)) + found
  let isSame = true
  while (isSame && load<u32>(rankAt(ranks, member, passed)) < next) {
    store<u64>(values + (rankAt(0, member, passed) << 1), length)
    passed++
    isSame = load<u32>(rankAt(buckets, member, passed)) == bucket
  }
  store<u32>(counter, isSame ? found : 0, FOUND)
  store<u32>(counter, passed, PASSED)
}
