// JSON strings: finds their end, checks escapes and UTF-8. What is odd in a way that has to be explained ends in 0.

import { isUtf8 } from "./utf8"

const QUOTE: u8 = 0x22
const BACKSLASH: u8 = 0x5c

/** What the last scanned string held. */
export const ESCAPED: u32 = 1
export const NON_ASCII: u32 = 2
export let textFlags: u32 = 0

/**
 * The closing quote of the string whose content begins at `p`; 0 where it has a control character, an escape that is
 * none, a surrogate without its other half, bytes that are not UTF-8, or no end. Sets `textFlags`.
 */
export function scanText(p: usize): usize {
  let q = p
  let high: i32 = 0
  while (true) {
    const v = v128.load(q)
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(v, i8x16.splat(QUOTE)), i8x16.eq(v, i8x16.splat(BACKSLASH))),
        i8x16.lt_u(v, i8x16.splat(0x20)),
      ),
    )
    const highs = i8x16.bitmask(v)
    if (stops == 0) {
      high |= highs
      q += 16
      continue
    }
    const at = ctz(stops)
    high |= highs & ((1 << at) - 1)
    q += at
    if (load<u8>(q) != QUOTE) return scanEscaped(p, q)
    textFlags = 0
    if (high == 0) return q
    textFlags = NON_ASCII
    return isUtf8(p, q) ? q : 0
  }
}

/** Characters of a GUID. */
export const GUID_LENGTH: usize = 36

/** Whether the text at `p` has as many characters as a GUID, plain ASCII all. */
@inline
export function isGuidLong(p: usize): bool {
  if (load<u8>(p, GUID_LENGTH) != QUOTE) return false
  const stops = v128.or(v128.or(stopsIn(v128.load(p)), stopsIn(v128.load(p, 16))), stopsIn(v128.load(p, 20)))
  return !v128.any_true(stops)
}

/** Quotes, backslashes, control characters and what is no ASCII. */
@inline
function stopsIn(v: v128): v128 {
  // As signed numbers, bytes that are no ASCII are below all others; with this bit turned, a quote follows the control characters.
  const turned = v128.xor(v, i8x16.splat(0x02))
  return v128.or(i8x16.lt_s(turned, i8x16.splat(0x21)), i8x16.eq(v, i8x16.splat(BACKSLASH)))
}

/** The closing quote of a text of at most 32 characters, plain ASCII all; 0 for any other. */
@inline
export function plainTextEnd(p: usize): usize {
  const stops = i8x16.bitmask(stopsIn(v128.load(p))) | (i8x16.bitmask(stopsIn(v128.load(p, 16))) << 16)
  const end = p + ctz(stops)
  return load<u8>(end) == QUOTE ? end : 0
}

/** The same from the first backslash or control character at `q` on, byte by byte. */
function scanEscaped(p: usize, q: usize): usize {
  while (true) {
    const c = load<u8>(q)
    if (c == QUOTE) break
    if (c < 0x20) return 0
    if (c != BACKSLASH) {
      q += 1
      continue
    }
    q = escapeEnd(q)
    if (q == 0) return 0
  }
  textFlags = ESCAPED | NON_ASCII
  return isUtf8(p, q) ? q : 0
}

/** Behind the escape at `q`; of a pair of surrogates behind both. */
function escapeEnd(q: usize): usize {
  const c = load<u8>(q, 1)
  if (c != 0x75) {
    // " \ / b f n r t
    return c == 0x22 || c == 0x5c || c == 0x2f || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74
      ? q + 2
      : 0
  }
  const unit = hexUnit(q + 2)
  if (unit < 0) return 0
  if (unit < 0xd800 || unit > 0xdfff) return q + 6
  if (unit > 0xdbff || load<u16>(q, 6) != 0x755c) return 0
  const low = hexUnit(q + 8)
  return low >= 0xdc00 && low <= 0xdfff ? q + 12 : 0
}

/** Four hexadecimal digits; -1 where one is none. */
function hexUnit(p: usize): i32 {
  let unit: i32 = 0
  for (let index: usize = 0; index < 4; index++) {
    const c = <i32>load<u8>(p + index)
    const lower = c | 0x20
    const digit = c >= 0x30 && c <= 0x39 ? c - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
    if (digit < 0) return -1
    unit = (unit << 4) | digit
  }
  return unit
}
