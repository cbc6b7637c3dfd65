/** Where the kernel keeps what it learns of whole sessions; the layout is that of assembly/trails.ts. All of it is learnt. */

/** Bytes of the table that says where. */
export const TRAIL_TABLE_BYTES = 64
const HEAD_BYTES = 64
/** Properties that the tables do not name; more are not learnt of. */
const MAX_DYNAMIC = 1024
const OPEN_BYTES = 256
const STATE_BYTES = 256 * 1024
const ACTION_BYTES = 64 * 32
const STEP_BYTES = 256 * 1024

/** Bytes of what is learnt. */
export function trailBytes(propertyCount: number): number {
  return placesFrom(0, propertyCount).end
}

/** Writes the table at `tableAt`, for what is learnt from `at` on (a multiple of 64). */
export function writeTrailTable(view: DataView, tableAt: number, at: number, propertyCount: number): void {
  const { open, places, placeCount, states, actions, steps, end } = placesFrom(at, propertyCount)
  // Properties that are not named come behind the start and those that are.
  const words = [at, open, places, propertyCount + 1, placeCount, states, states + STATE_BYTES, actions, steps, end]
  words.forEach((word, index) => view.setUint32(tableAt + 4 * index, word, true))
}

function placesFrom(
  at: number,
  propertyCount: number,
): Readonly<Record<"open" | "places" | "placeCount" | "states" | "actions" | "steps" | "end", number>> {
  const open = at + HEAD_BYTES
  const places = open + OPEN_BYTES
  const placeCount = 1 + propertyCount + MAX_DYNAMIC
  const states = Math.ceil((places + 8 * placeCount) / 64) * 64
  const actions = states + STATE_BYTES
  const steps = actions + ACTION_BYTES
  return { open, places, placeCount, states, actions, steps, end: steps + STEP_BYTES }
}
