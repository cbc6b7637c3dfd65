// Which intervals do not lie within the bounds of their group.

/**
 * Writes the rows (u32 each, ascending) that begin before their group's first instant or end after its last to `found`, and
 * gives how many they are. Rows of no group (below 0), and those that end before they begin, are passed over.
 */
export function listOutside(
  rowCount: u32,
  starts: usize,
  ends: usize,
  groups: usize,
  earliest: usize,
  latest: usize,
  found: usize,
): u32 {
  let to = found
  for (let row: u32 = 0; row < rowCount; row++) {
    const group = load<i32>(groups + ((row as usize) << 2))
    if (group < 0) continue
    const start = load<i64>(starts + ((row as usize) << 3))
    const end = load<i64>(ends + ((row as usize) << 3))
    const isOutside =
      start < load<i64>(earliest + ((group as usize) << 3)) || end > load<i64>(latest + ((group as usize) << 3))
    if (!isOutside || start > end) continue
    store<u32>(to, row)
    to += 4
  }
  return ((to - found) >> 2) as u32
}
