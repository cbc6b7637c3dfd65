/** Where the kernel keeps what it learns of whole sessions; the layout is that of assembly/trails.ts. All of it is learnt. */

/** Bytes of the table that says where. */
export const TRAIL_TABLE_BYTES = 64
const HEAD_BYTES = 64
const CELL_BYTES = 32
/** Properties that the tables do not name; more are not learnt of. */
const MAX_DYNAMIC = 1024
const ACTION_BYTES = 64 * 32
const STEP_BYTES = 256 * 1024

/** Bytes of what is learnt. */
export function trailBytes(nodeCount: number, propertyCount: number): number {
  return placesFrom(0, nodeCount, propertyCount).end
}

/** Writes the table at `tableAt`, for what is learnt from `at` on (a multiple of 64). */
export function writeTrailTable(
  view: DataView,
  tableAt: number,
  at: number,
  nodeCount: number,
  propertyCount: number,
): void {
  const { cells, states, stateCount, actions, steps, end } = placesFrom(at, nodeCount, propertyCount)
  // Properties that are not named come behind the start and those that are.
  const words = [at, cells, states, propertyCount + 1, stateCount, actions, steps, end]
  words.forEach((word, index) => view.setUint32(tableAt + 4 * index, word, true))
}

function placesFrom(
  at: number,
  nodeCount: number,
  propertyCount: number,
): Readonly<Record<"cells" | "states" | "stateCount" | "actions" | "steps" | "end", number>> {
  const cells = at + HEAD_BYTES
  const states = cells + CELL_BYTES * nodeCount
  const stateCount = 1 + propertyCount + MAX_DYNAMIC
  const actions = Math.ceil((states + 4 * stateCount) / 64) * 64
  const steps = actions + ACTION_BYTES
  return { cells, states, stateCount, actions, steps, end: steps + STEP_BYTES }
}
