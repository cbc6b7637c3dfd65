// Durations as Graph writes them: `PT[nH][nM][n[.n]S]` with at least one part. Other forms are left to the reference.

/** Whether the text from `p` to `end` is such a duration. */
export function isDuration(p: usize, end: usize): bool {
  if (end - p < 4 || end - p > 40 || load<u16>(p) != 0x5450) return false
  p += 2
  let last: i32 = 0
  while (p < end) {
    const first = p
    p = digitsEnd(p, end)
    if (p == first || p - first > 10) return false
    let c = load<u8>(p)
    if (c == 0x2e) {
      const fraction = p + 1
      p = digitsEnd(fraction, end)
      if (p == fraction || p - fraction > 12 || load<u8>(p) != 0x53) return false
      c = 0x53
    }
    const part = c == 0x48 ? 1 : c == 0x4d ? 2 : c == 0x53 ? 3 : 0
    if (part <= last || p >= end) return false
    last = part
    p += 1
  }
  return last != 0
}

function digitsEnd(p: usize, end: usize): usize {
  while (p < end && <u8>(load<u8>(p) - 0x30) <= 9) p += 1
  return p
}
