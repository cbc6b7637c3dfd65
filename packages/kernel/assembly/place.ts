// Where in the input the parser is.

/** The block's first byte. */
export let base: usize = 0
/** First byte of the callRecord or page at hand, from the block's; -1 without one. */
export let envelopeAt: i32 = -1
/** Index in the list of sessions, or -1. */
export let sessionIndex: i32 = -1
export let recordNumber: i32 = 0
/** LF bytes before `countedTo`. */
let lines: i32 = 0
let countedTo: usize = 0
let isOneLine: bool = false

export function beginPlace(at: usize, oneLine: bool): void {
  base = at
  envelopeAt = -1
  sessionIndex = -1
  recordNumber = 0
  lines = 0
  countedTo = at
  isOneLine = oneLine
}

export function placeEnvelope(at: i32): void {
  envelopeAt = at
}
export function placeSession(index: i32): void {
  sessionIndex = index
}
export function setRecord(number: i32): void {
  recordNumber = number
}
export function nextRecord(): void {
  recordNumber += 1
}
export function nextLine(): void {
  lines += 1
}
export function lineCount(): i32 {
  return lines
}

/** The line of a byte. Where records are lines, it is the record's. */
export function lineAt(p: usize): i32 {
  if (!isOneLine) countLines(p)
  return lines
}

/** Counts the LF bytes up to `p`, or takes those behind `p` back. */
export function countLines(p: usize): void {
  if (p < countedTo) lines -= lineFeeds(p, countedTo)
  else lines += lineFeeds(countedTo, p)
  countedTo = p
}

function lineFeeds(p: usize, end: usize): i32 {
  let count = 0
  const feed = i8x16.splat(0x0a)
  for (; p + 16 <= end; p += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(p), feed)))
  for (; p < end; p++) if (load<u8>(p) == 0x0a) count += 1
  return count
}
