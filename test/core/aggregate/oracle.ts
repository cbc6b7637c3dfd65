/** Figures the obvious way, for small inputs: every pair, every instant, BigInt throughout. */
import { sessionIdOf } from "#core/facts/evidence.ts"
import { allRows, type TestFacts } from "./facts-builder.ts"

export interface Interval {
  readonly row: number
  readonly start: bigint
  readonly end: bigint
  /** Equal for sessions of the same call. */
  readonly call: string
}

/** The timed sessions among some rows. */
export function intervals(facts: TestFacts, rows: readonly number[] = allRows(facts)): Interval[] {
  return rows
    .map((row) => ({
      row,
      start: facts.startTicks[row] ?? 0n,
      end: facts.endTicks[row] ?? 0n,
      call: callOf(facts, row),
    }))
    .filter(({ start, end }) => start <= end)
}

/** What tells the calls of sessions apart. */
export function callOf(facts: TestFacts, row: number): string {
  const call = facts.call[row] ?? -1
  return call >= 0 ? `call ${call}` : `session ${sessionIdOf(facts, row, facts.strings)}`
}

/** The rows of each participant that has one. */
export function rowsOfParticipants(facts: TestFacts): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (const row of allRows(facts)) {
    for (const participant of new Set([facts.caller[row] ?? -1, facts.callee[row] ?? -1])) {
      if (participant >= 0) rows.set(participant, [...(rows.get(participant) ?? []), row])
    }
  }
  return rows
}

export const contains = ({ start, end }: Interval, instant: bigint): boolean => start <= instant && instant < end
export const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** Two half-open intervals share an instant; an empty one has none. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < a.end && b.start < b.end && larger(a.start, b.start) < smaller(a.end, b.end)
}

/** Time, in ticks, in which `holds` is true of the intervals that run. */
export function timeWhere(all: readonly Interval[], holds: (running: readonly Interval[]) => boolean): bigint {
  const instants = [...new Set(all.flatMap(({ start, end }) => [start, end]))].toSorted(ascending)
  return instants.reduce((sum, instant, index) => {
    const next = instants[index + 1] ?? instant
    return holds(all.filter((each) => contains(each, instant))) ? sum + next - instant : sum
  }, 0n)
}

/** The greatest number at once, and the first instant of it. */
export function peakOf(all: readonly Interval[]): { peak: number; at: bigint | null } {
  let best: { peak: number; at: bigint | null } = { peak: 0, at: null }
  for (const instant of all.map(({ start }) => start).toSorted(ascending)) {
    const peak = all.filter((each) => contains(each, instant)).length
    if (peak > best.peak) best = { peak, at: instant }
  }
  return best
}
