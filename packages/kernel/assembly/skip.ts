// Steps over the elements of a list without looking at what they are: strings and brackets alone, 64 bytes at a time.
//
// Only what is certain is passed: objects, whole within the bytes, whose brackets match, with white space and one
// comma between them (or white space alone, between values of a sequence). It stops behind the last such element; what
// follows is for others to judge. Where elements may be envelopes, it stops before any whose lists of records cannot be
// taken apart to their end.

const QUOTE: u8 = 0x22
const COMMA: u8 = 0x2c
const COLON: u8 = 0x3a
const BACKSLASH: u8 = 0x5c
const OPEN_OBJECT: u8 = 0x7b
const CLOSE_LIST: u8 = 0x5d
const LF: u8 = 0x0a
const EVEN_BITS: u64 = 0x5555555555555555
/** Open brackets are bits of one word. */
const MAX_DEPTH: i32 = 60
/** A list key is no longer, with each character written as an escape. */
const LONGEST_KEY: usize = 64

/** Which elements may be envelopes, whose lists are looked at: none; callRecords, and others are not passed; any. */
const ENVELOPES_NONE: i32 = 0
const ENVELOPES_CALLS: i32 = 1

// ---- what was passed
let elementCount: i32 = 0
let lineCount: i32 = 0
let elementBytes: f64 = 0
let cutAt: usize = 0

export function skippedElements(): i32 {
  return elementCount
}
/** LF bytes from the first element to the end of the last. */
export function skippedLines(): i32 {
  return lineCount
}
/** Bytes of the elements; the others passed lie between them. */
export function skippedElementBytes(): f64 {
  return elementBytes
}
/** The first byte of an element that only the end of the bytes cut off; 0 where it stopped for another reason. */
export function cutElement(): usize {
  return cutAt
}

/**
 * Passes elements from `start`, the first byte of one, up to `end`; gives the end of the last, or `start`. 64 bytes
 * before `start` and behind `end` may be read. `maxDepth` and `maxBytes` are an element's; `envelopes`: one of
 * ENVELOPES_…; `hasCommas`: the elements are those of a list.
 */
export function skipElements(
  start: usize,
  end: usize,
  maxDepth: i32,
  maxBytes: usize,
  envelopes: i32,
  hasCommas: bool,
): usize {
  elementCount = 0
  lineCount = 0
  elementBytes = 0
  cutAt = 0
  const deepest = min(maxDepth, MAX_DEPTH)
  let passed = start
  let element = start
  let depth: i32 = 0
  /** The open brackets, the innermost in the lowest bit: 1 for an object. */
  let open: u64 = 0
  /** The same: objects that have a list of records, and lists that are one. */
  let holders: u64 = 0
  let isInString: u64 = 0
  let isEscaped: u64 = 0
  let lines: i32 = 0
  let lastBackslash: usize = 0
  for (let base = start; base < end; base += 64) {
    const a = v128.load(base)
    const b = v128.load(base, 16)
    const c = v128.load(base, 32)
    const d = v128.load(base, 48)
    let quotes = bitsOf(a, b, c, d, QUOTE)
    let backslashes = bitsOf(a, b, c, d, BACKSLASH)
    let brackets = join(bracketsIn(a), bracketsIn(b), bracketsIn(c), bracketsIn(d))
    let feeds = bitsOf(a, b, c, d, LF)
    if (base + 64 > end) {
      const kept = ((<u64>1) << (<u64>(end - base))) - 1
      quotes &= kept
      backslashes &= kept
      brackets &= kept
      feeds &= kept
    }
    let escaped = isEscaped
    isEscaped = 0
    if (backslashes != 0) {
      lastBackslash = base + 63 - <usize>clz(backslashes)
      // Of a row of backslashes, every second is escaped; simdjson, "find_escaped".
      const unescaped = backslashes & ~escaped
      const follows = (unescaped << 1) | escaped
      const oddStarts = unescaped & ~EVEN_BITS & ~follows
      const sum = oddStarts + unescaped
      isEscaped = sum < oddStarts ? 1 : 0
      escaped = (EVEN_BITS ^ (sum << 1)) & follows
    }
    quotes &= ~escaped
    const strings = prefixXor(quotes) ^ isInString
    isInString = <u64>(<i64>strings >> 63)
    let rest = brackets & ~strings
    // Outside of a string a backslash escapes nothing: from there on the bits are wrong.
    const stray = backslashes & ~strings
    if (stray != 0) rest &= (stray & (0 - stray)) - 1
    while (rest != 0) {
      const at = base + <usize>ctz(rest)
      rest &= rest - 1
      const byte = load<u8>(at)
      const isObject = <u64>((byte >> 5) & 1)
      if ((byte & 2) != 0) {
        let isRecords: u64 = 0
        if (envelopes != ENVELOPES_NONE && (open & 1) != 0) {
          const key = keyBefore(at, element, lastBackslash)
          if (key != KEY_OTHER) {
            if (key == KEY_UNCERTAIN || (holders & 1) != 0) return passed
            if (envelopes == ENVELOPES_CALLS && depth == 1 && key != KEY_SESSIONS) return passed
            holders |= 1
            isRecords = 1 - isObject
            if (isRecords != 0) {
              const next = behindListStart(at, end)
              if (next == end) {
                cutAt = element
                return passed
              }
              if (next == 0) return passed
            }
          }
        }
        if (depth == deepest) return passed
        depth += 1
        open = (open << 1) | isObject
        holders = (holders << 1) | isRecords
        continue
      }
      if ((open & 1) != isObject) return passed
      open >>= 1
      holders >>= 1
      depth -= 1
      if (depth != 0) {
        if ((holders & 1) != 0 && (open & 1) == 0) {
          const next = behindElement(at, end)
          if (next == end) {
            cutAt = element
            return passed
          }
          if (next == 0) return passed
        }
        continue
      }
      const elementEnd = at + 1
      if (elementEnd - element > maxBytes) return passed
      passed = elementEnd
      elementCount += 1
      elementBytes += <f64>(elementEnd - element)
      lineCount = lines + <i32>popcnt(feeds & ((((<u64>1) << (<u64>(at - base))) << 1) - 1))
      element = nextElement(elementEnd, end, hasCommas)
      if (element == 0) return passed
    }
    if (stray != 0) return passed
    lines += <i32>popcnt(feeds)
  }
  cutAt = element
  return passed
}

function bitsOf(a: v128, b: v128, c: v128, d: v128, byte: u8): u64 {
  const same = i8x16.splat(byte)
  const inA = i8x16.eq(a, same)
  const inB = i8x16.eq(b, same)
  const inC = i8x16.eq(c, same)
  const inD = i8x16.eq(d, same)
  return join(inA, inB, inC, inD)
}

/** Of both kinds: they differ in one bit. */
function bracketsIn(bytes: v128): v128 {
  const folded = v128.or(bytes, i8x16.splat(0x20))
  return v128.or(i8x16.eq(folded, i8x16.splat(0x7b)), i8x16.eq(folded, i8x16.splat(0x7d)))
}

function join(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(a)) |
    ((<u64>(<u32>i8x16.bitmask(b))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(c))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(d))) << 48)
  )
}

/** From each bit on to the next: set from an opening quote up to its closing one, without it. */
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1
  bits ^= bits << 2
  bits ^= bits << 4
  bits ^= bits << 8
  bits ^= bits << 16
  return bits ^ (bits << 32)
}

/** The first byte of the object behind the separator at `p`; 0 where anything else stands there. */
function nextElement(p: usize, end: usize, hasCommas: bool): usize {
  p = skipSpaces(p, end)
  if (hasCommas) {
    if (p == end || load<u8>(p) != COMMA) return 0
    p = skipSpaces(p + 1, end)
  }
  return p < end && load<u8>(p) == OPEN_OBJECT ? p : 0
}

function skipSpaces(p: usize, end: usize): usize {
  while (p < end && isSpace(load<u8>(p))) p += 1
  return p
}

function isSpace(byte: u8): bool {
  return byte == 0x20 || byte == LF || byte == 0x0d || byte == 0x09
}

/** Where the first element of the list at `at` begins, or the list ends: 0 where neither an object nor the end follows, `end` where it is not seen. */
function behindListStart(at: usize, end: usize): usize {
  const p = skipSpaces(at + 1, end)
  return p == end || load<u8>(p) == OPEN_OBJECT || load<u8>(p) == CLOSE_LIST ? p : 0
}

/** The same behind an element, whose last byte is at `at`. */
function behindElement(at: usize, end: usize): usize {
  let p = skipSpaces(at + 1, end)
  if (p == end || load<u8>(p) == CLOSE_LIST) return p
  if (load<u8>(p) != COMMA) return 0
  p = skipSpaces(p + 1, end)
  return p == end || load<u8>(p) == OPEN_OBJECT ? p : 0
}

// ---- keys before brackets
const KEY_OTHER: i32 = 0
/** May be that of a list of sessions. */
const KEY_SESSIONS: i32 = 1
/** May be that of a list of other records. */
const KEY_LIST: i32 = 2
/** There is none, or it is written with escapes. */
const KEY_UNCERTAIN: i32 = 3

/** What stands before the bracket at `at`, which is in an object of the element that begins at `element`. */
function keyBefore(at: usize, element: usize, lastBackslash: usize): i32 {
  let p = backOver(at)
  if (load<u8>(p) != COLON) return KEY_UNCERTAIN
  p = backOver(p)
  if (load<u8>(p) != QUOTE) return KEY_UNCERTAIN
  if (lastBackslash > element && hasEscape(p, lastBackslash)) return KEY_UNCERTAIN
  const last = load<u64>(p - 8)
  if (last >> 16 == 0x6e6f69737365 || last >> 8 == 0x736e6f69737365) return KEY_SESSIONS
  return endsLikeListKey(last) ? KEY_LIST : KEY_OTHER
}

/** The last byte before `p` that is no white space; the object's `{` stands before all of them. */
function backOver(p: usize): usize {
  do p -= 1
  while (isSpace(load<u8>(p)))
  return p
}

/** The eight bytes before the key's closing quote: alue, body, esponses, ocuments. */
function endsLikeListKey(last: u64): bool {
  return (
    last >> 32 == 0x65756c61 ||
    last >> 32 == 0x79646f62 ||
    last == 0x7365736e6f707365 ||
    last == 0x73746e656d75636f
  )
}

/** Whether a backslash stands in the key before its closing quote; behind an escaped quote it does not matter. */
function hasEscape(quote: usize, lastBackslash: usize): bool {
  if (lastBackslash + LONGEST_KEY < quote) return false
  for (let p = quote - 1; p + LONGEST_KEY > quote; p--) {
    const byte = load<u8>(p)
    if (byte == BACKSLASH) return true
    if (byte == QUOTE) return false
  }
  return false
}
