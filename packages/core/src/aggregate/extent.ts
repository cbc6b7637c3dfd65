/** From when to when: the first start and the last end of the timed sessions, in ticks; null where there are none. */
import type { Aggregate } from "./aggregate.ts"
import { isBefore, tickWords } from "./tick-words.ts"

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
  add: (state, { startTicks, endTicks }, { timed }) => {
    const start = tickWords(startTicks)
    const end = tickWords(endTicks)
    let first = timed[0] ?? -1
    let last = first
    for (const row of timed) {
      if (isBefore(start, row, start, first)) first = row
      if (isBefore(end, last, end, row)) last = row
    }
    if (first >= 0) widen(state, startTicks[first] ?? 0n, endTicks[last] ?? 0n)
  },
  finish: (state) => ({ ...state }),
}

function widen(state: ExtentState, start: bigint, end: bigint): void {
  const { firstStartTicks, lastEndTicks } = state
  if (firstStartTicks === null || start < firstStartTicks) state.firstStartTicks = start
  if (lastEndTicks === null || end > lastEndTicks) state.lastEndTicks = end
}
