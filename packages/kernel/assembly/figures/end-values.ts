// What rows say at their two ends: each end may have a participant and a value. A row counts once under a value, also
// where both its ends have it. The values below 32 that a participant has had are bits of a word, its set; any others are
// listed as pairs of words (participant, value).
const SET_BITS: i32 = 32
/** In the place of a number + 1: the text was listed and gets its number from the host. */
const LISTED: u32 = 0xffff_ffff
const COMBINATIONS: u32 = 4

/** Where the next pair that no set holds goes. */
let others: usize = 0

/** Lists the texts at `texts` of these rows that have no number yet, each once; below 0 is none. Gives how many. */
export function listUnnumbered(rows: usize, rowCount: u32, texts: usize, numbers: usize, listed: usize): u32 {
  let to = listed
  const end = rows + (<usize>rowCount << 2)
  for (let p = rows; p < end; p += 4) {
    const text = load<i32>(texts + (<usize>load<u32>(p) << 2))
    if (text < 0) continue
    const at = numbers + (<usize>text << 2)
    if (load<u32>(at) != 0) continue
    store<u32>(at, LISTED)
    store<i32>(to, text)
    to += 4
  }
  return <u32>((to - listed) >> 2)
}

/** Counts rows by values that are bytes. As `countEnds`. */
export function countByteEnds(
  rows: usize,
  rowCount: u32,
  from: usize,
  to: usize,
  fromValues: usize,
  toValues: usize,
  sets: usize,
  counts: usize,
  othersAt: usize,
): u32 {
  return countEnds<u8>(rows, rowCount, from, to, fromValues, toValues, 0, sets, counts, othersAt)
}

/** Counts rows by values that are numbers of texts. As `countEnds`. */
export function countTextEnds(
  rows: usize,
  rowCount: u32,
  from: usize,
  to: usize,
  fromValues: usize,
  toValues: usize,
  numbers: usize,
  sets: usize,
  counts: usize,
  othersAt: usize,
): u32 {
  return countEnds<i32>(rows, rowCount, from, to, fromValues, toValues, numbers, sets, counts, othersAt)
}

/**
 * Adds to the counts, of 32 bits by value, and to the sets of participants. Only an end with a participant has a value.
 * Gives how many pairs were written to `othersAt`: two for each row at most.
 */
// @ts-ignore: decorator
@inline
function countEnds<Value>(
  rows: usize,
  rowCount: u32,
  from: usize,
  to: usize,
  fromValues: usize,
  toValues: usize,
  numbers: usize,
  sets: usize,
  counts: usize,
  othersAt: usize,
): u32 {
  others = othersAt
  const end = rows + (<usize>rowCount << 2)
  for (let p = rows; p < end; p += 4) {
    const row = <usize>load<u32>(p)
    const a = load<i32>(from + (row << 2))
    const b = load<i32>(to + (row << 2))
    const valueA = a < 0 ? -1 : valueOf<Value>(fromValues, row, numbers)
    const valueB = b < 0 ? -1 : valueOf<Value>(toValues, row, numbers)
    if (valueA >= 0) {
      increase(counts, valueA)
      note(sets, a, valueA)
    }
    if (valueB >= 0) {
      if (valueB != valueA) increase(counts, valueB)
      note(sets, b, valueB)
    }
  }
  return <u32>((others - othersAt) >> 3)
}

/** The value of a row, or -1. */
// @ts-ignore: decorator
@inline
function valueOf<Value>(values: usize, row: usize, numbers: usize): i32 {
  if (sizeof<Value>() == 1) return <i32>load<u8>(values + row)
  const text = load<i32>(values + (row << 2))
  return text < 0 ? -1 : load<i32>(numbers + (<usize>text << 2)) - 1
}

// @ts-ignore: decorator
@inline
function increase(counts: usize, value: i32): void {
  const at = counts + (<usize>value << 2)
  store<u32>(at, load<u32>(at) + 1)
}

/** Notes that a participant has a value. */
// @ts-ignore: decorator
@inline
function note(sets: usize, participant: i32, value: i32): void {
  if (value < SET_BITS) {
    const at = sets + (<usize>participant << 2)
    store<u32>(at, load<u32>(at) | (<u32>1 << value))
    return
  }
  store<i32>(others, participant)
  store<i32>(others, value, 4)
  others += 8
}

/**
 * Counts rows whose text says something of both ends, by its number and by who is there: nobody (0), somebody at the
 * one end (1), at the other (2), at both (3). Somebody is where there is a participant or the mark of the end. `values` are
 * the values of both ends by number of the text; participants get them. Gives how many pairs were written to `othersAt`.
 */
export function countTexts(
  rows: usize,
  rowCount: u32,
  from: usize,
  to: usize,
  texts: usize,
  numbers: usize,
  marks: usize,
  fromMark: u32,
  toMark: u32,
  values: usize,
  sets: usize,
  counts: usize,
  othersAt: usize,
): u32 {
  others = othersAt
  const end = rows + (<usize>rowCount << 2)
  for (let p = rows; p < end; p += 4) {
    const row = <usize>load<u32>(p)
    const text = load<i32>(texts + (row << 2))
    if (text < 0) continue
    const number = load<u32>(numbers + (<usize>text << 2)) - 1
    const a = load<i32>(from + (row << 2))
    const b = load<i32>(to + (row << 2))
    const mark = <u32>load<u8>(marks + row)
    const isFrom = u32(a >= 0 || (mark & fromMark) != 0)
    const isTo = u32(b >= 0 || (mark & toMark) != 0)
    increase(counts, <i32>(COMBINATIONS * number + isFrom + 2 * isTo))
    if (a >= 0) note(sets, a, load<i32>(values + (<usize>number << 3)))
    if (b >= 0) note(sets, b, load<i32>(values + (<usize>number << 3), 4))
  }
  return <u32>((others - othersAt) >> 3)
}

/** How many of the sets have one of these bits. */
export function countSharing(sets: usize, count: u32, bits: u32): u32 {
  let sharing: u32 = 0
  const end = sets + (<usize>count << 2)
  for (let at = sets; at < end; at += 4) sharing += u32((load<u32>(at) & bits) != 0)
  return sharing
}
