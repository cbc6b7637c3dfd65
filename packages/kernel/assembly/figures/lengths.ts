/**
 * Lengths of intervals, by cell: intervals with equal sets, marks and classes (their group's) are of one cell, so that what
 * is counted by cell can be put together for any of these. Buckets of lengths are so narrow that few share one: the
 * leading bits of the length as a double, of which `shift` bits are left out.
 */
import { addPair, open, slotOf, VALUE } from "./pair-table"
import { addWide } from "./wide-sums"

const SET_BITS: u64 = 8
const CLASS_SHIFT: u64 = 9

/** Of most rows the set and the mark say all. */
const RECENT_MASK: u64 = 511
const RECENT_BYTES: usize = 16
const NUMBER: usize = 8

/** Moments of a cell: how many (u64), their sum (16 bytes), the sum of their squares (24 bytes). */
const MOMENTS_BYTES: usize = 48
const SUM: usize = 8
const SQUARES: usize = 24

/**
 * Writes length (u64) and cell (u32) of the intervals of `rowCount` rows (u32 each at `rows`). Cells are numbered in
 * `table`, their keys stand at `keys` by number: the set, a bit more for a mark in `markMask`, then the class. `recent` has
 * 512 slots of 16 bytes, zero at first: by the lower bits of a key that, and the number + 1 of its cell, that came last. Gives
 * how many cells there are.
 */
export function measureLengths(
  rows: usize,
  rowCount: u32,
  starts: usize,
  ends: usize,
  sets: usize,
  marks: usize,
  markMask: u32,
  groups: usize,
  classes: usize,
  table: usize,
  mask: u32,
  keys: usize,
  cellCount: u32,
  recent: usize,
  lengths: usize,
  cells: usize,
): u32 {
  for (const end = rows + ((rowCount as usize) << 2); rows < end; rows += 4) {
    const row = load<u32>(rows) as usize
    store<u64>(lengths, load<i64>(ends + (row << 3)) - load<i64>(starts + (row << 3)))
    lengths += 8
    const key = keyOf(row, sets, marks, markMask, groups, classes)
    const last = recent + ((key & RECENT_MASK) as usize) * RECENT_BYTES
    if (load<u64>(last) != key || load<u32>(last, NUMBER) == 0) {
      const slot = slotOf(table, mask, key, 0)
      if (load<u32>(slot, VALUE) == 0) {
        open(slot, key, 0)
        store<u64>(keys + ((cellCount as usize) << 3), key)
        store<u32>(slot, ++cellCount, VALUE)
      }
      store<u64>(last, key)
      store<u32>(last, load<u32>(slot, VALUE), NUMBER)
    }
    store<u32>(cells, load<u32>(last, NUMBER) - 1)
    cells += 4
  }
  return cellCount
}

/** A group below 0 has class 0. */
// @ts-ignore: decorator
@inline
function keyOf(row: usize, sets: usize, marks: usize, markMask: u32, groups: usize, classes: usize): u64 {
  const group = load<i32>(groups + (row << 2))
  const groupClass = group < 0 ? 0 : load<u32>(classes + ((group as usize) << 2))
  const isMarked = u64((load<u8>(marks + row) & markMask) != 0)
  return (load<u8>(sets + row) as u64) | (isMarked << SET_BITS) | ((groupClass as u64) << CLASS_SHIFT)
}

// @ts-ignore: decorator
@inline
function bucketOf(length: u64, shift: u64): u64 {
  return reinterpret<u64>((length as i64 + 1) as f64) >> shift
}

/**
 * Counts `count` lengths: in the moments of their cells, in `table` by bucket and cell, and in the bins of a histogram (u64
 * each) that begin at the `binCount` edges (u64 each, the first of them 0; a power of two of them). Gives how many pairs the table has more.
 */
export function countLengths(
  lengths: usize,
  cells: usize,
  count: u32,
  moments: usize,
  shift: u64,
  table: usize,
  mask: u32,
  edges: usize,
  binCount: u32,
  bins: usize,
): u32 {
  let added: u32 = 0
  for (const end = lengths + ((count as usize) << 3); lengths < end; lengths += 8, cells += 4) {
    const length = load<u64>(lengths)
    const cell = load<u32>(cells)
    addMoments(moments + (cell as usize) * MOMENTS_BYTES, length)
    added += addPair(table, mask, bucketOf(length, shift), cell, 1)
    const bin = bins + (binOf(length, edges, binCount) << 3)
    store<u64>(bin, load<u64>(bin) + 1)
  }
  return added
}

/** A length is below 2^62, so no product here exceeds 64 bits. */
// @ts-ignore: decorator
@inline
function addMoments(moments: usize, length: u64): void {
  store<u64>(moments, load<u64>(moments) + 1)
  addWide(moments + SUM, length)
  const lower = length & 0xffff_ffff
  const upper = length >> 32
  const mixed = lower * upper
  const square = lower * lower
  const low = square + (mixed << 33)
  const high = upper * upper + (mixed >> 31) + u64(low < square)
  const sum = load<u64>(moments, SQUARES) + low
  store<u64>(moments, sum, SQUARES)
  addWide(moments + SQUARES + 8, high + u64(sum < low))
}

/** The last bin that begins at the length or before; without branches, for nobody foretells lengths. */
// @ts-ignore: decorator
@inline
function binOf(length: u64, edges: usize, binCount: u32): usize {
  let bin: usize = 0
  for (let step = (binCount as usize) >> 1; step > 0; step >>= 1) {
    bin += select<usize>(step, 0, load<u64>(edges + ((bin + step) << 3)) <= length)
  }
  return bin
}

/**
 * Counts, of `count` lengths, those whose bucket and cell are wanted in `buckets`, by length and cell, in `kept`. At
 * `isWanted` stands a byte for each bucket: whether it is wanted of any cell. Gives how many pairs `kept` has more.
 */
export function keepLengths(
  lengths: usize,
  cells: usize,
  count: u32,
  shift: u64,
  isWanted: usize,
  buckets: usize,
  bucketsMask: u32,
  wanted: u32,
  kept: usize,
  keptMask: u32,
): u32 {
  let added: u32 = 0
  for (const end = lengths + ((count as usize) << 3); lengths < end; lengths += 8, cells += 4) {
    const length = load<u64>(lengths)
    const bucket = bucketOf(length, shift)
    if (load<u8>(isWanted + (bucket as usize)) == 0) continue
    const cell = load<u32>(cells)
    if (load<u32>(slotOf(buckets, bucketsMask, bucket, cell), VALUE) != wanted) continue
    added += addPair(kept, keptMask, length, cell, 1)
  }
  return added
}
