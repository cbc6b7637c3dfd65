/** From when to when: the first start and the last end of the timed sessions, in ticks; null where there are none. */
import type { Aggregate } from "./aggregate.ts"
import { isTimed } from "./selection.ts"

/** The extent in time of some sessions. */
export interface Extent {
  readonly firstStartTicks: bigint | null
  readonly lastEndTicks: bigint | null
}

interface ExtentState {
  firstStartTicks: bigint | null
  lastEndTicks: bigint | null
}

/** First start and last end. */
export const extent: Aggregate<ExtentState, Extent> = {
  zero: () => ({ firstStartTicks: null, lastEndTicks: null }),
  add: (state, facts, row) => {
    if (isTimed(facts, row)) widen(state, facts.startTicks[row] ?? null, facts.endTicks[row] ?? null)
  },
  merge: (left, right) => {
    widen(left, right.firstStartTicks, right.lastEndTicks)
    return left
  },
  finish: (state) => ({ ...state }),
}

function widen(state: ExtentState, start: bigint | null, end: bigint | null): void {
  const { firstStartTicks, lastEndTicks } = state
  if (start !== null && (firstStartTicks === null || start < firstStartTicks)) state.firstStartTicks = start
  if (end !== null && (lastEndTicks === null || end > lastEndTicks)) state.lastEndTicks = end
}
