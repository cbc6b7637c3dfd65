// Sums that 64 bits may not hold: the lower 64 bits first, then how often they overflowed.

/** Adds to the sum of 16 bytes at `sum`. */
// @ts-ignore: decorator
@inline
export function addWide(sum: usize, ticks: u64): void {
  const low = load<u64>(sum) + ticks
  store<u64>(sum, low)
  if (low < ticks) store<u64>(sum, load<u64>(sum, 8) + 1, 8)
}
