// Numbers that are looked up by others.

/** Writes the value (i32) at each of `count` indices (i32) to `gathered`; -1 for an index that none of the values has. */
export function gatherNumbers(values: usize, valueCount: u32, indices: usize, count: u32, gathered: usize): void {
  for (let row: usize = 0; row < <usize>count; row++) {
    const index = load<u32>(indices + (row << 2))
    store<i32>(gathered + (row << 2), index < valueCount ? load<i32>(values + (<usize>index << 2)) : -1)
  }
}
