/**
 * All findings of a run: those that workers made and those between sessions, calls and inputs. Counts are exact;
 * evidence is there for the first of each code in input order.
 */
import type { FindingCode } from "../check/rules.ts"
import { findInCalls } from "./call-findings.ts"
import type { FindingEvidence } from "./evidence.ts"
import { findInExports } from "./export-findings.ts"
import { comparePlaces, type FindingList } from "./finding-list.ts"
import type { ResolvedFacts } from "./resolve.ts"
import { findInRows } from "./row-findings.ts"
import { findBetweenSessions, findOverlaps, type CallOverlaps } from "./session-findings.ts"

/** What the report says of a code. */
export interface CodeFindings {
  readonly code: FindingCode
  readonly count: number
  /** The first 10 in input order. */
  readonly examples: readonly FindingEvidence[]
}

/** The findings of a run. */
export interface Findings {
  /** Every code that was found, in byte order. */
  readonly byCode: readonly CodeFindings[]
  /** The first `maxEvidence` of each code, all together by input, offset, code. Can be gone through more than once. */
  readonly listed: Iterable<FindingEvidence>
}

const EXAMPLE_COUNT = 10

/** Finds everything there is. `overlaps` come from the aggregate that knows who is in two calls at once. */
export function collectFindings(resolved: ResolvedFacts, overlaps: CallOverlaps, maxEvidence: number): Findings {
  const maxListed = Math.max(maxEvidence, EXAMPLE_COUNT)
  const found = [
    ...findInRows(resolved, maxListed),
    ...findBetweenSessions(resolved, maxListed),
    ...findInCalls(resolved),
    ...findInExports(resolved),
    findOverlaps(resolved, overlaps),
  ]
  const lists = found.filter(({ count }) => count > 0).toSorted((a, b) => (a.code < b.code ? -1 : 1))
  return {
    byCode: lists.map((list) => ({
      code: list.code,
      count: list.count,
      examples: list.first(EXAMPLE_COUNT).map(list.evidenceOf),
    })),
    // What lies in a file is gone when the run is over, so its evidence is made now.
    listed: resolved.isSpilled
      ? [...listEvidence(lists, maxEvidence)]
      : { [Symbol.iterator]: () => listEvidence(lists, maxEvidence) },
  }
}

/** Lists are in the order of their codes, and sorting keeps the order of equals. */
function* listEvidence(lists: readonly FindingList[], maxEvidence: number): Generator<FindingEvidence> {
  const all = lists.flatMap((list) =>
    list.first(maxEvidence).map((subject) => ({ list, subject, place: list.placeOf(subject) })),
  )
  for (const { list, subject } of all.toSorted((a, b) => comparePlaces(a.place, b.place)))
    yield list.evidenceOf(subject)
}
