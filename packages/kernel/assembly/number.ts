// JSON numbers (RFC 8259, section 6), and the numbers that the model's types allow.

/** What the last scanned number was: digits before the point, and whether a fraction or an exponent followed. */
let wholeDigits: i32 = 0
let isWhole: bool = false
let exponentDigits: i32 = 0

@inline
function isDigit(c: u8): bool {
  return c - 0x30 <= 9
}

function digitsEnd(p: usize): usize {
  while (isDigit(load<u8>(p))) p += 1
  return p
}

/** Behind the number at `p`; 0 where there is none. */
export function scanNumber(p: usize): usize {
  if (load<u8>(p) == 0x2d) p += 1
  const first = p
  if (load<u8>(p) == 0x30) p += 1
  else p = digitsEnd(p)
  if (p == first) return 0
  wholeDigits = <i32>(p - first)
  isWhole = true
  exponentDigits = 0
  if (load<u8>(p) == 0x2e) {
    isWhole = false
    const fraction = p + 1
    p = digitsEnd(fraction)
    if (p == fraction) return 0
  }
  if ((load<u8>(p) | 0x20) == 0x65) {
    isWhole = false
    p += 1
    const sign = load<u8>(p)
    if (sign == 0x2b || sign == 0x2d) p += 1
    const exponent = p
    p = digitsEnd(exponent)
    if (p == exponent) return 0
    exponentDigits = <i32>(p - exponent)
  }
  return p
}

/** A whole number of at most `digits` digits, which is surely in the range of its type. */
export function scanWhole(p: usize, digits: i32): usize {
  const end = scanNumber(p)
  return end != 0 && isWhole && wholeDigits <= digits ? end : 0
}

/** A number that is surely no larger than any double. */
export function scanFinite(p: usize): usize {
  const end = scanNumber(p)
  return end != 0 && wholeDigits <= 200 && exponentDigits <= 2 ? end : 0
}

/** Whether the text from `p` to `end` is a decimal number that surely has 64 bits. */
export function isWholeText(p: usize, end: usize): bool {
  const sign = load<u8>(p)
  if (sign == 0x2b || sign == 0x2d) p += 1
  return p < end && end - p <= 18 && digitsEnd(p) == end
}
