// Places of records that are told apart by a number: a counting sort, in which what has the same number stays in the
// order in which it came. Numbers are counted first; then each count becomes the place of the next record with it, and
// when all are placed, the end of the last.

// @ts-ignore: decorator
@inline
export function countOne(places: usize, number: u32): void {
  const at = places + (<usize>number << 2)
  store<u32>(at, load<u32>(at) + 1)
}

/** Makes counts the places of the first; gives the greatest count. */
export function placesFromCounts(places: usize, numberCount: u32): u32 {
  let before: u32 = 0
  let most: u32 = 0
  const end = places + (<usize>numberCount << 2)
  for (let at = places; at < end; at += 4) {
    const here = load<u32>(at)
    store<u32>(at, before)
    before += here
    most = max(most, here)
  }
  return most
}

/** The place of the next record with this number. */
// @ts-ignore: decorator
@inline
export function takePlace(places: usize, number: u32): u32 {
  const at = places + (<usize>number << 2)
  const place = load<u32>(at)
  store<u32>(at, place + 1)
  return place
}

/** Clears the counts. */
export function beginCounts(places: usize, numberCount: u32): void {
  memory.fill(places, 0, <usize>numberCount << 2)
}
