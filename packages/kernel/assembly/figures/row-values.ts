// Values of rows that mean something where they came from, changed in their place to what they mean where they go.

const ID_BYTES: usize = 16

/** Puts numbers (i32) in place of indices of theirs; -1 stays. */
export function renumber(at: usize, count: i32, numbers: usize): void {
  const end = at + (<usize>count << 2)
  const none = i32x4.splat(-1)
  while (at < end) {
    // Most columns of texts hold none.
    while (at + 16 <= end && i8x16.all_true(i8x16.eq(v128.load(at), none))) at += 16
    const stop = min(at + 16, end)
    for (; at < stop; at += 4) {
      const index = load<i32>(at)
      if (index >= 0) store<i32>(at, load<i32>(numbers + (<usize>index << 2)))
    }
  }
}

/** Puts numbers in place of the indices that ids of a form (u8) begin with; the rest of such an id becomes zero. */
export function renumberIds(ids: usize, forms: usize, count: i32, form: u32, numbers: usize): void {
  for (const end = forms + <usize>count; forms < end; forms++, ids += ID_BYTES) {
    if (load<u8>(forms) != <u8>form) continue
    const index: usize = load<u32>(ids)
    v128.store(ids, i32x4.replace_lane(i32x4.splat(0), 0, load<i32>(numbers + (index << 2))))
  }
}

/** Adds to doubles. */
export function addToDoubles(at: usize, count: i32, by: f64): void {
  const end = at + (<usize>count << 3)
  const added = f64x2.splat(by)
  for (; at + 16 <= end; at += 16) v128.store(at, f64x2.add(v128.load(at), added))
  if (at < end) store<f64>(at, load<f64>(at) + by)
}
