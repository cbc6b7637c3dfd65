// Counts of rows: by set, by the unit of time in which they start, by label, and of those of no group.
import { addPair } from "./pair-table"
import { floorOf } from "./unit-events"
import { addWide } from "./wide-sums"

/** What is summed of a set: rows (u64), then the lengths of intervals (16 bytes). */
const SET_BYTES: usize = 24
const LENGTHS: usize = 8

/** Adds rows (u32 each at `chosen`) and intervals to the sums of their sets. */
export function addToSets(
  chosen: usize,
  chosenCount: u32,
  intervals: usize,
  intervalCount: u32,
  starts: usize,
  ends: usize,
  sets: usize,
  sums: usize,
): void {
  for (const end = chosen + ((chosenCount as usize) << 2); chosen < end; chosen += 4) {
    const sum = sums + (load<u8>(sets + (load<u32>(chosen) as usize)) as usize) * SET_BYTES
    store<u64>(sum, load<u64>(sum) + 1)
  }
  for (const end = intervals + ((intervalCount as usize) << 2); intervals < end; intervals += 4) {
    const row = load<u32>(intervals) as usize
    const sum = sums + (load<u8>(sets + row) as usize) * SET_BYTES
    addWide(sum + LENGTHS, load<i64>(ends + (row << 3)) - load<i64>(starts + (row << 3)))
  }
}

/** Counts rows by the unit in which they start, its number as the first of a pair. Gives how many pairs are new. */
export function countStarts(
  chosen: usize,
  count: u32,
  starts: usize,
  unitTicks: i64,
  table: usize,
  mask: u32,
): u32 {
  let added: u32 = 0
  let unit: i64 = 0
  let unitStart: i64 = 0
  let pending: u32 = 0
  // Rows of one unit often follow each other.
  for (const end = chosen + ((count as usize) << 2); chosen < end; chosen += 4) {
    const start = load<i64>(starts + ((load<u32>(chosen) as usize) << 3))
    if (((start - unitStart) as u64) >= (unitTicks as u64)) {
      if (pending > 0) added += addPair(table, mask, unit, 0, pending)
      unit = floorOf(start, unitTicks)
      unitStart = unit * unitTicks
      pending = 0
    }
    pending += 1
  }
  if (pending > 0) added += addPair(table, mask, unit, 0, pending)
  return added
}

/** Counts the labels (i32) of rows that are not below 0, each as the first of a pair. Gives how many pairs are new. */
export function countLabels(chosen: usize, count: u32, labels: usize, table: usize, mask: u32): u32 {
  let added: u32 = 0
  for (const end = chosen + ((count as usize) << 2); chosen < end; chosen += 4) {
    const label = load<i32>(labels + ((load<u32>(chosen) as usize) << 2))
    if (label >= 0) added += addPair(table, mask, label, 0, 1)
  }
  return added
}

/** How many rows have a group below 0. */
export function countUngrouped(chosen: usize, count: u32, groups: usize): u32 {
  let ungrouped: u32 = 0
  for (const end = chosen + ((count as usize) << 2); chosen < end; chosen += 4) {
    ungrouped += load<u32>(groups + ((load<u32>(chosen) as usize) << 2)) >> 31
  }
  return ungrouped
}
