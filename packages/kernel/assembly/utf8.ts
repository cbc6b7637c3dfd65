// UTF-8 (Unicode 15, table 3-7), 16 bytes at a time: J. Keiser, D. Lemire, "Validating UTF-8 In Less Than One Instruction Per
// Byte". Three tables, by the four high bits of a byte, the four low and the four high bits of the one before it, tell which
// faults each allows; what all three allow is a fault.
import { maskOf } from "./tables"

const TOO_SHORT: i8 = 1 << 0
const TOO_LONG: i8 = 1 << 1
const OVERLONG_3: i8 = 1 << 2
const TOO_LARGE: i8 = 1 << 3
const SURROGATE: i8 = 1 << 4
const OVERLONG_2: i8 = 1 << 5
/** Of four bytes: overlong, or too large from the second byte on. */
const OVERLONG_4: i8 = 1 << 6
/** No fault by itself: the second of them belongs to three bytes or four. */
const TWO_CONTINUE: i8 = -128
const ANY: i8 = TOO_SHORT | TOO_LONG | TWO_CONTINUE
const LARGE: i8 = ANY | TOO_LARGE | OVERLONG_4
const CONTINUES: i8 = TOO_LONG | OVERLONG_2 | TWO_CONTINUE

/** Whether the bytes from `p` to `end` are UTF-8. */
export function isUtf8(p: usize, end: usize): bool {
  let before: v128 = i64x2.splat(0)
  let faults: v128 = i64x2.splat(0)
  // Behind the last byte stand zeros, so that a character that is cut off there is too short.
  for (; p <= end; p += 16) {
    const bytes = v128.and(v128.load(p), v128.load(maskOf(min<usize>(end - p, 16))))
    if (i8x16.bitmask(v128.or(before, bytes)) != 0) faults = v128.or(faults, faultsIn(before, bytes))
    before = bytes
  }
  return !v128.any_true(faults)
}

/** Where 16 bytes are wrong behind those `before`. */
@inline
function faultsIn(before: v128, bytes: v128): v128 {
  const firstHigh = i8x16(
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE,
    TWO_CONTINUE, TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OVERLONG_4,
  )
  const firstLow = i8x16(
    ANY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4, ANY | OVERLONG_2, ANY, ANY, ANY | TOO_LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE,
    LARGE, LARGE, LARGE | SURROGATE, LARGE, LARGE,
  )
  const secondHigh = i8x16(
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, CONTINUES | OVERLONG_3 | OVERLONG_4,
    CONTINUES | OVERLONG_3 | TOO_LARGE, CONTINUES | SURROGATE | TOO_LARGE, CONTINUES | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT,
    TOO_SHORT, TOO_SHORT,
  )
  const first = v128.shuffle<u8>(before, bytes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
  const second = v128.shuffle<u8>(before, bytes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
  const third = v128.shuffle<u8>(before, bytes, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28)
  const pairs = v128.and(
    v128.and(i8x16.swizzle(firstHigh, i8x16.shr_u(first, 4)), i8x16.swizzle(firstLow, v128.and(first, i8x16.splat(0x0f)))),
    i8x16.swizzle(secondHigh, i8x16.shr_u(bytes, 4)),
  )
  // The third byte of three or four, and the fourth of four, have to follow one that continues.
  const continues = v128.or(i8x16.sub_sat_u(second, i8x16.splat(0x60)), i8x16.sub_sat_u(third, i8x16.splat(0x70)))
  return v128.xor(v128.and(continues, i8x16.splat(-128)), pairs)
}
