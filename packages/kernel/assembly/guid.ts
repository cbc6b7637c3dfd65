// GUIDs of the form 8-4-4-4-12, in any letter case → 16 bytes in the order of their text.

export let guidBytes: v128 = i64x2.splat(0)

/** Reads the 36 bytes at `p` into `guidBytes`; false where they are no GUID. */
export function readGuid(p: usize): bool {
  if (load<u8>(p, 8) != 0x2d || load<u8>(p, 13) != 0x2d || load<u8>(p, 18) != 0x2d || load<u8>(p, 23) != 0x2d) return false
  const a = v128.load(p)
  const b = v128.load(p, 14)
  const c = v128.load(p, 20)
  const first = v128.shuffle<u8>(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 18, 19)
  const second = v128.shuffle<u8>(b, c, 5, 6, 7, 8, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)
  const firstDigits = i8x16.sub(first, i8x16.splat(0x30))
  const secondDigits = i8x16.sub(second, i8x16.splat(0x30))
  const firstLetters = i8x16.sub(v128.or(first, i8x16.splat(0x20)), i8x16.splat(0x61))
  const secondLetters = i8x16.sub(v128.or(second, i8x16.splat(0x20)), i8x16.splat(0x61))
  const isFirstDigit = i8x16.le_u(firstDigits, i8x16.splat(9))
  const isSecondDigit = i8x16.le_u(secondDigits, i8x16.splat(9))
  const isFirst = v128.or(isFirstDigit, i8x16.le_u(firstLetters, i8x16.splat(5)))
  const isSecond = v128.or(isSecondDigit, i8x16.le_u(secondLetters, i8x16.splat(5)))
  if (i8x16.bitmask(v128.and(isFirst, isSecond)) != 0xffff) return false
  const ten = i8x16.splat(10)
  guidBytes = i8x16.narrow_i16x8_u(
    joined(v128.bitselect(firstDigits, i8x16.add(firstLetters, ten), isFirstDigit)),
    joined(v128.bitselect(secondDigits, i8x16.add(secondLetters, ten), isSecondDigit)),
  )
  return true
}

/** Two nibbles a lane → one byte a lane. */
@inline
function joined(nibbles: v128): v128 {
  return v128.and(v128.or(i16x8.shl(nibbles, 4), i16x8.shr_u(nibbles, 8)), i16x8.splat(0xff))
}
