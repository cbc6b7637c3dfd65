// Which rows of a batch are looked at.

/** States of rows: to be looked at, and to be left out like one outside of the limits. Rows in any other are passed over. */
const OPEN: u8 = 0
const OUTSIDE: u8 = 0x80

/** What is counted, u32 each: chosen rows, intervals among them, rows outside of the limits, rows with a mark that bars them. */
const INTERVALS: usize = 4
const OUTSIDE_COUNT: usize = 8
const BARRED: usize = 12

/** Rows that are looked at together where nothing is limited. */
const ROWS_AT_ONCE: u32 = 16

/**
 * Writes the rows that are chosen to `chosen`, those of them that end no earlier than they start to `intervals` (u32 each,
 * ascending), and how many were what to `counts`. Limits: starts at or after `since` and before `until`; one of the bits of
 * `setMask` in the set, and of `markMask` in the marks, where these are not 0. Rows within them with a mark of
 * `barringMarks` are not chosen.
 */
export function chooseRows(
  rowCount: u32,
  states: usize,
  starts: usize,
  ends: usize,
  sets: usize,
  marks: usize,
  since: i64,
  until: i64,
  setMask: u32,
  markMask: u32,
  barringMarks: u32,
  chosen: usize,
  intervals: usize,
  counts: usize,
): void {
  const firstChosen = chosen
  const firstInterval = intervals
  let outside: u32 = 0
  let barred: u32 = 0
  const isLimited = since != i64.MIN_VALUE || until != i64.MAX_VALUE || (setMask | markMask) != 0
  const lastTogether: u32 = isLimited || rowCount < ROWS_AT_ONCE ? 0 : rowCount - ROWS_AT_ONCE + 1
  for (let row: u32 = 0; row < rowCount; row++) {
    const at = row as usize
    if (row < lastTogether && areChosenIntervals(at, states, starts, ends, marks, barringMarks)) {
      writeRows(row, chosen)
      writeRows(row, intervals)
      chosen += <usize>ROWS_AT_ONCE << 2
      intervals += <usize>ROWS_AT_ONCE << 2
      row += ROWS_AT_ONCE - 1
      continue
    }
    const state = load<u8>(states + at)
    if (state != OPEN) {
      outside += u32(state == OUTSIDE)
      continue
    }
    const start = load<i64>(starts + (at << 3))
    const mark = load<u8>(marks + at) as u32
    if (
      start < since ||
      start >= until ||
      !isIn(load<u8>(sets + at) as u32, setMask) ||
      !isIn(mark, markMask)
    ) {
      outside += 1
      continue
    }
    if ((mark & barringMarks) != 0) {
      barred += 1
      continue
    }
    store<u32>(chosen, row)
    chosen += 4
    store<u32>(intervals, row)
    intervals += (start <= load<i64>(ends + (at << 3)) ? 4 : 0) as usize
  }
  store<u32>(counts, ((chosen - firstChosen) >> 2) as u32)
  store<u32>(counts, ((intervals - firstInterval) >> 2) as u32, INTERVALS)
  store<u32>(counts, outside, OUTSIDE_COUNT)
  store<u32>(counts, barred, BARRED)
}

/** Whether the next rows are all open, have no mark that bars them, and end no earlier than they start. */
// @ts-ignore: decorator
@inline
function areChosenIntervals(
  row: usize,
  states: usize,
  starts: usize,
  ends: usize,
  marks: usize,
  barringMarks: u32,
): bool {
  const bars = v128.and(v128.load(marks + row), i8x16.splat(barringMarks as i8))
  if (v128.any_true(v128.or(bars, v128.load(states + row)))) return false
  const lastPair = starts + ((row + ROWS_AT_ONCE) << 3)
  const toEnd = ends - starts
  for (let pair = starts + (row << 3); pair < lastPair; pair += 16) {
    if (v128.any_true(i64x2.gt_s(v128.load(pair), v128.load(pair + toEnd)))) return false
  }
  return true
}

/** Writes the numbers of the next rows. */
// @ts-ignore: decorator
@inline
function writeRows(row: u32, to: usize): void {
  let numbers = i32x4.add(i32x4.splat(row as i32), i32x4(0, 1, 2, 3))
  for (const end = to + (<usize>ROWS_AT_ONCE << 2); to < end; to += 16) {
    v128.store(to, numbers)
    numbers = i32x4.add(numbers, i32x4.splat(4))
  }
}

/** Writes those of `count` rows (u32 each at `rows`) that have one of the marks in `mask` to `marked`. Gives how many they are. */
export function listMarked(rows: usize, count: u32, marks: usize, mask: u32, marked: usize): u32 {
  let to = marked
  for (const end = rows + ((count as usize) << 2); rows < end; rows += 4) {
    const row = load<u32>(rows)
    store<u32>(to, row)
    to += ((load<u8>(marks + (row as usize)) & mask) != 0 ? 4 : 0) as usize
  }
  return ((to - marked) >> 2) as u32
}

// @ts-ignore: decorator
@inline
function isIn(bits: u32, mask: u32): bool {
  return mask == 0 || (bits & mask) != 0
}
