/**
 * What the archive covers. In: counted sessions. Out: UTC days in which one starts, the gaps between, calls that lack
 * pages, and properties that the model does not know.
 */
import { RowCounts } from "@callsift/kernel"
import type { Facts } from "../facts/facts.ts"
import { printInstant } from "../model/instant.ts"
import type { Aggregate } from "./aggregate.ts"
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

const DAY_TICKS = 864_000_000_000n

/** Days, gaps, what is missing, what is unknown. */
export const coverage: Aggregate<RowCounts, Coverage> = {
  zero: (_, sessions) => new RowCounts(sessions.rows, DAY_TICKS),
  add: (counts) => counts.add(),
  finish: (counts, facts) => {
    const days = counts.byUnit()
    return {
      days: days.map(([day, sessions]) => ({ day: dayText(day), sessions })),
      gaps: gaps(days.map(([day]) => day)),
      incompleteCalls: facts.calls.openCount(),
      sessionsWithoutCall: counts.ungroupedCount,
      ...unknownProperties(listsOfProperties(counts, facts)),
    }
  },
}

function gaps(days: readonly number[]): Coverage["gaps"] {
  return days.flatMap((day, index) => {
    const next = days[index + 1] ?? day + 1
    return next - day > 1 ? [{ fromDay: dayText(day + 1), toDay: dayText(next - 1) }] : []
  })
}

function dayText(day: number): string {
  const instant = printInstant(BigInt(day) * DAY_TICKS)
  return instant.slice(0, instant.indexOf("T"))
}

/** The lists of unknown properties, and how many sessions have each. */
function* listsOfProperties(counts: RowCounts, facts: Facts): Iterable<readonly [readonly string[], number]> {
  for (const [list, sessions] of counts.byLabel()) {
    yield [JSON.parse(facts.strings.get(list) ?? "[]") as string[], sessions]
  }
}
