// The objects that are open while a session is learnt, from the session on, OPEN_BYTES each: u32 the node, u32 how many members
// (bags not counted), u64 its properties, u64 those that the tables do not name.
import { bitOf, flagsOf, FLAG_DYNAMIC } from "./tables"

const OPEN_BYTES: usize = 24
const MAX_OPEN: usize = 10
let open: usize = 0
let openCount: usize = 0

export function placeOpen(at: usize): void { open = at }
export function beginOpen(): void { openCount = 0 }

/** An object begins; false where too many are open. */
export function openNode(node: usize): bool {
  if (openCount == MAX_OPEN) return false
  const at = open + openCount * OPEN_BYTES
  memory.fill(at, 0, OPEN_BYTES)
  store<u32>(at, <u32>node)
  openCount += 1
  return true
}

/** The innermost open object has a member. */
export function seeMember(property: usize, isCounted: bool): void {
  const at = open + (openCount - 1) * OPEN_BYTES
  if (isCounted) store<u32>(at, load<u32>(at, 4) + 1, 4)
  const bits = at + (flagsOf(property) & FLAG_DYNAMIC ? 16 : 8)
  store<u64>(bits, load<u64>(bits) | bitOf(property))
}

/** Its properties that the tables name, and how many members it has. */
export function seenMembers(): u64 { return load<u64>(open + (openCount - 1) * OPEN_BYTES, 8) }
export function memberCountOf(): u32 { return load<u32>(open + (openCount - 1) * OPEN_BYTES, 4) }
export function closeNode(): void { openCount -= 1 }

// ---- what a state keeps of them
export function openBytes(): usize { return openCount * OPEN_BYTES }
export function keepOpen(at: usize): void { memory.copy(at, open, openBytes()) }
/** Whether what was kept in so many bytes at `at` are the objects open now, with the members that they have. */
export function isOpenNow(at: usize, bytes: usize): bool { return bytes == openBytes() && memory.compare(at, open, bytes) == 0 }
