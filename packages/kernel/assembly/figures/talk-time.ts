// How much one participant takes part. Its result has 32 bytes: the sum of its intervals' time, 12 bytes; how many
// intervals, u32; the length of their union, u64; of how many groups they are, u32; and the kind that most of its ends
// have, u32.
import { endOf, kindOfFrom, kindOfTo, startOf } from "./interval"

export const TALK_BYTES: usize = 32
const KIND_COUNT: usize = 256

const kindCounts: usize = memory.data(1024)

/**
 * Writes the times of the intervals at `order`, which are in the order of their starts, and how many they are; whether two of
 * them overlap. One that ends before it starts has no time.
 */
export function measureTime(order: usize, count: u32, result: usize): bool {
  let sum: u64 = 0
  let overflows: u32 = 0
  let union: u64 = 0
  let stretchStart = i64.MIN_VALUE
  let stretchEnd = i64.MIN_VALUE
  let isOverlapping = false
  const last = order + (<usize>count << 2)
  for (let p = order; p < last; p += 4) {
    const record = load<u32>(p)
    const start = startOf(record)
    const end = endOf(record)
    if (end < start) continue
    const ticks = <u64>(end - start)
    sum += ticks
    if (sum < ticks) overflows += 1
    if (stretchEnd < start) {
      union += stretchEnd - stretchStart
      stretchStart = start
      stretchEnd = end
      continue
    }
    if (start < stretchEnd && start < end) isOverlapping = true
    stretchEnd = max(stretchEnd, end)
  }
  store<u64>(result, sum)
  store<u32>(result, overflows, 8)
  store<u32>(result, count, 12)
  store<u64>(result, union + (stretchEnd - stretchStart), 16)
  return isOverlapping
}

/** Writes the numbers of those that have an interval to `order`, u32 each; how many there are. */
export function listPresent(talk: usize, participantCount: u32, order: usize): u32 {
  let count: u32 = 0
  for (let number: u32 = 0; number < participantCount; number++) {
    if (load<u32>(talk + <usize>number * TALK_BYTES, 12) == 0) continue
    store<u32>(order + (<usize>count << 2), number)
    count += 1
  }
  return count
}

export function writeGroupCount(result: usize, groupCount: u32): void {
  store<u32>(result, groupCount, 24)
}

export function writeKind(result: usize, kind: u32): void {
  store<u32>(result, kind, 28)
}

/** The kind that most ends of these intervals have; of equals the first. */
export function commonKind(order: usize, count: u32): u32 {
  const first = load<u32>(order)
  const kind = max(kindOfFrom(first), kindOfTo(first))
  const end = order + (<usize>count << 2)
  for (let p = order; p < end; p += 4) {
    const record = load<u32>(p)
    if (!isKind(kindOfFrom(record), kind) || !isKind(kindOfTo(record), kind)) return mostFrequentKind(order, end) - 1
  }
  return kind - 1
}

// @ts-ignore: decorator
@inline
function isKind(found: u32, kind: u32): bool {
  return found == 0 || found == kind
}

function mostFrequentKind(order: usize, end: usize): u32 {
  memory.fill(kindCounts, 0, KIND_COUNT << 2)
  for (let p = order; p < end; p += 4) {
    const record = load<u32>(p)
    countKind(kindOfFrom(record))
    countKind(kindOfTo(record))
  }
  let best: u32 = 1
  for (let kind: u32 = 2; kind < <u32>KIND_COUNT; kind++) if (countOf(kind) > countOf(best)) best = kind
  return best
}

function countKind(kind: u32): void {
  store<u32>(kindCounts + (<usize>kind << 2), countOf(kind) + 1)
}

function countOf(kind: u32): u32 {
  return load<u32>(kindCounts + (<usize>kind << 2))
}
