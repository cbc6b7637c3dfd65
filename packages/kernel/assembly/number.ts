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

/** Behind a number of at most 7 digits and, where `hasFraction` allows, as many behind a point, in front of a comma or a bracket; else 0. */
export function shortNumberEnd(p: usize, hasFraction: bool): usize {
  const digits = digitCount(p)
  if (digits == 0 || (digits > 1 && load<u8>(p) == 0x30)) return 0
  p += digits
  if (hasFraction && load<u8>(p) == 0x2e) {
    const fraction = digitCount(p + 1)
    if (fraction == 0) return 0
    p += 1 + fraction
  }
  const c = load<u8>(p)
  return c == 0x2c || c == 0x7d ? p : 0
}

/** How many digits stand at `p`; 0 where there are more than 7. */
@inline
function digitCount(p: usize): usize {
  const bytes = load<u64>(p)
  // Below the first byte that is no digit nothing is carried or borrowed.
  const others = ((bytes + 0x4646464646464646) | (bytes - 0x3030303030303030)) & 0x8080808080808080
  return others == 0 ? 0 : <usize>ctz(others) >> 3
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
