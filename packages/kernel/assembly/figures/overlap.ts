// The sweep over one participant's intervals, of which two overlap: how many run, of how many groups, and since when
// there are two.
//
// Its result has 56 bytes: u64 each, the time with two groups or more, the time with two intervals or more, pairs that
// overlap, pairs of one group; then i32 each, the participant, its timed intervals, the most at once, and the rows of the
// first overlap of two groups, -1 where there is none: the interval that starts then, of equals the first in input order, and that of
// another group that runs then and started first, then in input order.
//
// The totals of all participants, u64 each: time with two groups or more, its overflow, time by group with two intervals
// or more, its overflow, pairs of different groups, pairs of one group, participants with either.
import { doubledBy, endInGroup, startInGroup } from "./group-table"
import { endOf, groupOf, participantOf, rowOf, startOf } from "./interval"
import { addRunning, beginRunning, runningAt, runningCount, takeFirstRunning } from "./running"
import { addWide } from "./wide-sums"

const NO_ROW: i32 = -1
export const OVERLAP_BYTES: usize = 56
const TOTAL_GROUP_TICKS: usize = 0
const TOTAL_SAME_GROUP_TICKS: usize = 16
const TOTAL_ACROSS_PAIRS: usize = 32
const TOTAL_SAME_GROUP_PAIRS: usize = 40
const TOTAL_ACROSS_PARTICIPANTS: usize = 48
const TOTAL_SAME_GROUP_PARTICIPANTS: usize = 56

let totals: usize = 0
let groupTicks: u64 = 0
let intervalTicks: u64 = 0
let pairs: u64 = 0
let sameGroupPairs: u64 = 0
let intervals: u32 = 0
let most: u32 = 0
let rowA: i32 = NO_ROW
let rowB: i32 = NO_ROW
let runningGroups: u32 = 0
/** The starts of the intervals that made the running intervals, and groups, two. */
let intervalsDoubledAt: i64 = 0
let groupsDoubledAt: i64 = 0

/**
 * Sweeps over the intervals at `order`, which are in the order of their starts and whose groups are numbered; writes the
 * result to `result` and adds to the totals at `totalsAt`. `running` has room for as many addresses.
 */
export function sweepOverlap(order: usize, count: u32, running: usize, result: usize, totalsAt: usize): void {
  beginSweep(running, totalsAt)
  const end = order + (<usize>count << 2)
  for (let p = order; p < end; p += 4) {
    const record = load<u32>(p)
    if (endOf(record) < startOf(record)) continue
    intervals += 1
    if (endOf(record) == startOf(record)) continue
    endUntil(startOf(record))
    startInterval(record)
    if (rowA == NO_ROW && runningGroups > 1) {
      rowA = rowOf(record)
      rowB = rowOf(firstOfOtherGroup(record))
    }
  }
  while (runningCount() > 0) endFirst()
  writeResult(result, participantOf(load<u32>(order)))
  addTotals()
}

function beginSweep(running: usize, totalsAt: usize): void {
  beginRunning(running)
  totals = totalsAt
  groupTicks = intervalTicks = pairs = sameGroupPairs = 0
  intervals = most = runningGroups = 0
  rowA = rowB = NO_ROW
}

/** Ends what runs no longer at an instant. */
function endUntil(instant: i64): void {
  while (runningCount() > 0 && endOf(runningAt(0)) <= instant) endFirst()
}

function startInterval(record: usize): void {
  pairs += runningCount()
  const inGroup = startInGroup(groupOf(record), record)
  sameGroupPairs += inGroup
  if (inGroup == 0) {
    runningGroups += 1
    if (runningGroups == 2) groupsDoubledAt = startOf(record)
  }
  addRunning(record)
  if (runningCount() == 2) intervalsDoubledAt = startOf(record)
  most = max(most, runningCount())
}

function endFirst(): void {
  const record = takeFirstRunning()
  const end = endOf(record)
  const slot = <usize>groupOf(record)
  const inGroup = endInGroup(slot)
  if (inGroup == 1) addWide(totals + TOTAL_SAME_GROUP_TICKS, end - startOf(doubledBy(slot)))
  if (inGroup == 0) {
    runningGroups -= 1
    if (runningGroups == 1) groupTicks += end - groupsDoubledAt
  }
  if (runningCount() == 1) intervalTicks += end - intervalsDoubledAt
}

/** Of the intervals that run beside one and are of another group, the first by start, then in input order. */
function firstOfOtherGroup(record: usize): usize {
  const group = groupOf(record)
  let first = record
  for (let index: u32 = 0; index < runningCount(); index++) {
    const other = runningAt(index)
    if (other == record || (group != 0 && groupOf(other) == group)) continue
    if (first == record || isBefore(other, first)) first = other
  }
  return first
}

function isBefore(a: usize, b: usize): bool {
  return startOf(a) == startOf(b) ? rowOf(a) < rowOf(b) : startOf(a) < startOf(b)
}

function writeResult(result: usize, participant: u32): void {
  store<u64>(result, groupTicks)
  store<u64>(result, intervalTicks, 8)
  store<u64>(result, pairs, 16)
  store<u64>(result, sameGroupPairs, 24)
  store<u32>(result, participant, 32)
  store<u32>(result, intervals, 36)
  store<u32>(result, most, 40)
  store<i32>(result, rowA, 44)
  store<i32>(result, rowB, 48)
}

function addTotals(): void {
  const acrossPairs = pairs - sameGroupPairs
  addWide(totals + TOTAL_GROUP_TICKS, groupTicks)
  add(TOTAL_ACROSS_PAIRS, acrossPairs)
  add(TOTAL_SAME_GROUP_PAIRS, sameGroupPairs)
  add(TOTAL_ACROSS_PARTICIPANTS, acrossPairs > 0 ? 1 : 0)
  add(TOTAL_SAME_GROUP_PARTICIPANTS, sameGroupPairs > 0 ? 1 : 0)
}

function add(total: usize, count: u64): void {
  store<u64>(totals + total, load<u64>(totals + total) + count)
}
