// The unknown properties of the session at hand, by number: each once, ascending, as one interned list.
import { intern } from "./intern"
import { unknownNumbers } from "./scratch"
import { SPACE_UNKNOWN } from "./spaces"

const MAX_UNKNOWN: i32 = 64
let count: i32 = 0

export function beginUnknown(): void {
  count = 0
}

/** Puts a number in its place. A record with more than MAX_UNKNOWN of them is left to the reference. */
export function noteUnknown(number: u32): void {
  if (count > MAX_UNKNOWN) return
  if (count == MAX_UNKNOWN) {
    count += 1
    return
  }
  let at = count
  while (at > 0 && load<u32>(unknownNumbers + ((<usize>at) << 2) - 4) > number) at -= 1
  if (at > 0 && load<u32>(unknownNumbers + ((<usize>at) << 2) - 4) == number) return
  memory.copy(unknownNumbers + ((<usize>at) << 2) + 4, unknownNumbers + ((<usize>at) << 2), (<usize>(count - at)) << 2)
  store<u32>(unknownNumbers + ((<usize>at) << 2), number)
  count += 1
}

/** The number of the list as a text; -1 where there is none, -2 where it is too long or has no room. */
export function unknownList(): i32 {
  if (count == 0) return -1
  if (count > MAX_UNKNOWN) return -2
  const number = intern(SPACE_UNKNOWN, unknownNumbers, (<usize>count) << 2)
  return number < 0 ? -2 : number
}
