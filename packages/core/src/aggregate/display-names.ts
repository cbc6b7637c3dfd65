/**
 * The name that each participant is shown under: the one on its latest session that has one, of those that start at
 * the same instant the smallest in byte order.
 */
import { compareUtf8 } from "../facts/byte-order.ts"
import type { Aggregate } from "./aggregate.ts"

/** By participant: the name; absent where no counted session has one. */
export type DisplayNames = ReadonlyMap<number, string>

interface LatestName {
  startTicks: bigint
  name: string
}

/** Names of participants. All are absent unless names were kept when sessions were decoded. */
export const displayNames: Aggregate<Map<number, LatestName>, DisplayNames> = {
  zero: () => new Map(),
  add: (state, batch, { counted }, { strings }) => {
    if (batch.isAll("callerName", -1) && batch.isAll("calleeName", -1)) return
    const { startTicks, caller, callee, callerName, calleeName } = batch
    const addName = (row: number, participant: number, text: number): void => {
      if (participant < 0 || text < 0) return
      keepLatest(state, participant, { startTicks: startTicks[row] ?? 0n, name: strings.get(text) ?? "" })
    }
    for (const row of counted) {
      addName(row, caller[row] ?? -1, callerName[row] ?? -1)
      addName(row, callee[row] ?? -1, calleeName[row] ?? -1)
    }
  },
  finish: (state) => new Map([...state].map(([participant, { name }]) => [participant, name])),
}

function keepLatest(state: Map<number, LatestName>, participant: number, other: LatestName): void {
  const known = state.get(participant)
  const isBetter =
    known === undefined ||
    other.startTicks > known.startTicks ||
    (other.startTicks === known.startTicks && compareUtf8(other.name, known.name) < 0)
  if (isBetter) state.set(participant, other)
}
