/**
 * The order of texts in every list that callsift writes: that of their UTF-8 bytes. It differs from JavaScript's
 * order of code units only where a character outside the basic plane meets one from U+E000 on.
 */

const FIRST_SURROGATE = 0xd800
const LAST_SURROGATE = 0xdfff

/** Negative, zero or positive as `a` stands before, at or after `b` by the bytes of their UTF-8. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return utf8Rank(left) - utf8Rank(right)
  }
  return a.length - b.length
}

// Surrogates stand for characters beyond U+FFFF, so they come after all other code units.
function utf8Rank(codeUnit: number): number {
  return codeUnit >= FIRST_SURROGATE && codeUnit <= LAST_SURROGATE ? codeUnit + 0x10000 : codeUnit
}
