/**
 * What the archive covers. In: counted sessions. Out: UTC days in which one starts, the gaps between, calls that lack
 * pages, and properties that the model does not know.
 */
import type { Facts } from "../facts/facts.ts"
import { printInstant } from "../model/instant.ts"
import type { Aggregate } from "./aggregate.ts"
import { tickWords, type TickWords } from "./tick-words.ts"
import { UnitClock } from "./unit-clock.ts"
import { unknownProperties, type UnknownProperties } from "./unknown-properties.ts"

/** The figures of coverage. Days are written `2026-01-31`. */
export interface Coverage extends UnknownProperties {
  /** Days with a session, in order of time. */
  readonly days: readonly { readonly day: string; readonly sessions: number }[]
  /** Runs of empty days between the first and the last, both ends empty days. */
  readonly gaps: readonly { readonly fromDay: string; readonly toDay: string }[]
  /** Known calls of whose pages none is a last page; all of the archive, whatever is selected. */
  readonly incompleteCalls: number
  /** Counted sessions of no known call. */
  readonly sessionsWithoutCall: number
}

const DAY_TICKS = 864_000_000_000

interface CoverageState {
  readonly clock: UnitClock
  /** Sessions by days since 1970-01-01. */
  readonly sessionsOfDay: Map<number, number>
  /** Sessions by index of the text that lists their unknown properties. */
  readonly sessionsOfList: Map<number, number>
  sessionsWithoutCall: number
}

/** Days, gaps, what is missing, what is unknown. */
export const coverage: Aggregate<CoverageState, Coverage> = {
  zero: () => ({
    clock: new UnitClock(DAY_TICKS),
    sessionsOfDay: new Map(),
    sessionsOfList: new Map(),
    sessionsWithoutCall: 0,
  }),
  add: (state, { startTicks, unknownProperties: lists, call }, { counted }) => {
    addDays(state, tickWords(startTicks), counted)
    for (const row of counted) {
      const list = lists[row] ?? -1
      if (list >= 0) increase(state.sessionsOfList, list, 1)
      if ((call[row] ?? -1) < 0) state.sessionsWithoutCall += 1
    }
  },
  finish: (state, facts) => {
    const days = [...state.sessionsOfDay].toSorted(([a], [b]) => a - b)
    return {
      days: days.map(([day, sessions]) => ({ day: dayText(day), sessions })),
      gaps: gaps(days.map(([day]) => day)),
      incompleteCalls: facts.calls.filter((call) => call.isOpen).length,
      sessionsWithoutCall: state.sessionsWithoutCall,
      ...unknownProperties(listsOfProperties(state, facts)),
    }
  },
}

/** Sessions of one day often follow each other, so they are summed before they are looked up. */
function addDays({ sessionsOfDay, clock }: CoverageState, start: TickWords, rows: Int32Array): void {
  let day = 0
  let sessions = 0
  for (const row of rows) {
    clock.set(start, row)
    if (clock.units !== day) {
      if (sessions > 0) increase(sessionsOfDay, day, sessions)
      day = clock.units
      sessions = 0
    }
    sessions += 1
  }
  if (sessions > 0) increase(sessionsOfDay, day, sessions)
}

function increase(counts: Map<number, number>, key: number, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

function gaps(days: readonly number[]): Coverage["gaps"] {
  return days.flatMap((day, index) => {
    const next = days[index + 1] ?? day + 1
    return next - day > 1 ? [{ fromDay: dayText(day + 1), toDay: dayText(next - 1) }] : []
  })
}

function dayText(day: number): string {
  const instant = printInstant(BigInt(day) * BigInt(DAY_TICKS))
  return instant.slice(0, instant.indexOf("T"))
}

function* listsOfProperties(state: CoverageState, facts: Facts): Iterable<readonly [readonly string[], number]> {
  for (const [list, sessions] of state.sessionsOfList) {
    yield [JSON.parse(facts.strings.get(list) ?? "[]") as string[], sessions]
  }
}
