/**
 * The name that each participant is shown under: the one on its latest session that has one, of those that start at
 * the same instant the smallest in byte order.
 */
import { compareUtf8 } from "../facts/byte-order.ts"
import type { Facts } from "../facts/facts.ts"
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
  add: (state, facts, row) => {
    addName(state, facts, row, facts.caller[row] ?? -1, facts.callerName[row] ?? -1)
    addName(state, facts, row, facts.callee[row] ?? -1, facts.calleeName[row] ?? -1)
  },
  merge: (left, right) => {
    for (const [participant, latest] of right) keepLatest(left, participant, latest)
    return left
  },
  finish: (state) => new Map([...state].map(([participant, { name }]) => [participant, name])),
}

function addName(state: Map<number, LatestName>, facts: Facts, row: number, participant: number, text: number): void {
  if (participant < 0 || text < 0) return
  const name = facts.strings[text] ?? ""
  keepLatest(state, participant, { startTicks: facts.startTicks[row] ?? 0n, name })
}

function keepLatest(state: Map<number, LatestName>, participant: number, other: LatestName): void {
  const known = state.get(participant)
  const isBetter =
    known === undefined ||
    other.startTicks > known.startTicks ||
    (other.startTicks === known.startTicks && compareUtf8(other.name, known.name) < 0)
  if (isBetter) state.set(participant, other)
}
