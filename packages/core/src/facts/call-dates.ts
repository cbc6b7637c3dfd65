/** Which sessions do not lie within the dates of their calls, as callRecords say these. */
import type { Call, Calls, FactBatch } from "./facts.ts"

/** What says of a session when it was, and of which call it is. */
type DatedRows = Pick<FactBatch, "call" | "startTicks" | "endTicks">

/** Whether a session's interval does not lie within the dates of its call. */
export function isOutsideCall(calls: Calls, { call, startTicks, endTicks }: DatedRows, at: number): boolean {
  const known = calls.get(call[at] ?? -1)
  const dates = known === undefined ? null : usableDates(known)
  if (dates === null) return false
  const start = startTicks[at] ?? 0n
  const end = endTicks[at] ?? 0n
  if (start > end) return false
  return (dates.start !== null && start < dates.start) || (dates.end !== null && end > dates.end)
}

interface Dates {
  readonly start: bigint | null
  readonly end: bigint | null
}

/** Dates to compare with; null where there are none, or where they contradict each other. */
function usableDates({ startTicks, endTicks }: Call): Dates | null {
  if (startTicks === null && endTicks === null) return null
  if (startTicks !== null && endTicks !== null && startTicks > endTicks) return null
  return { start: startTicks, end: endTicks }
}
