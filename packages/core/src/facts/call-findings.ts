/** Findings about the pages of calls. */
import type { FindingCode } from "../check/rules.ts"
import { EnvelopeKind } from "../worker/protocol.ts"
import { RowStatus } from "./facts.ts"
import { firstInOrder, type FindingList, type FindingPlace } from "./finding-list.ts"
import { isLastPage } from "./pages.ts"
import { envelopeFields, placeOfEnvelope } from "./places.ts"
import type { ResolvedFacts } from "./resolve.ts"

const INCOMPLETE =
  "this page names a next one that is in no input, so what it holds is not the whole; export the pages that follow"
const SEVERAL_COPIES =
  "the pages of this call are there more than once and differ, and no version tells which are newer; all count, keep the right ones"

/** Pages that are missing, or that are there in several copies. */
export function findInCalls(resolved: ResolvedFacts): FindingList[] {
  return [
    listEnvelopes(resolved, "call/incomplete-pages", openLists(resolved), () => INCOMPLETE),
    listEnvelopes(resolved, "call/several-copies", differingCopies(resolved), () => SEVERAL_COPIES),
  ]
}

/** The findings about these callRecords and pages. */
export function listEnvelopes(
  resolved: ResolvedFacts,
  code: FindingCode,
  found: readonly number[],
  messageOf: (index: number) => string,
): FindingList {
  const placeOf = (index: number): FindingPlace => placeOfEnvelope(resolved, index)
  return {
    code,
    count: found.length,
    first: (maxCount) => firstInOrder(found, placeOf, maxCount),
    placeOf,
    evidenceOf: (index) => ({ code, ...envelopeFields(resolved, index), message: messageOf(index) }),
  }
}

/** The last page there of each list whose next page is in no input. */
function openLists({ pages }: ResolvedFacts): number[] {
  const ofLists = [pages.ofCall, pages.ofCalls].flatMap((lists) =>
    lists.open().map((list) => lists.lastIndex[list] ?? -1),
  )
  return [...ofLists, ...pages.openWrappers]
}

/**
 * The last page of each call whose sets of sessions pages differ. With as many sets as last pages, equal sets hold
 * each class of equal sessions a multiple of that number of times.
 */
function differingCopies(resolved: ResolvedFacts): number[] {
  const sets = setsOfPages(resolved)
  if (!sets.count.some((count) => count > 1)) return []
  const sizeOfClass = new Map<number, number>()
  forEachInSeveralSets(resolved, sets.count, (first) => sizeOfClass.set(first, (sizeOfClass.get(first) ?? 0) + 1))
  const differing = new Set<number>()
  forEachInSeveralSets(resolved, sets.count, (first, call) => {
    if ((sizeOfClass.get(first) ?? 0) % (sets.count[call] ?? 1) !== 0) differing.add(call)
  })
  return [...differing].map((call) => sets.lastIndex[call] ?? -1)
}

/** Gives each row of a sessions page of a call of which several sets are there: the first of its equals, and the call. */
function forEachInSeveralSets(
  { facts, joined }: ResolvedFacts,
  setCount: Uint32Array,
  each: (first: number, call: number) => void,
): void {
  const { kind } = joined.envelopes.columns
  for (const { status, earlier, envelope, call, firstRow, rowCount } of facts.batches()) {
    for (let at = 0; at < rowCount; at++) {
      const number = call[at] ?? -1
      if (kind[envelope[at] ?? -1] !== EnvelopeKind.sessionsPage || (setCount[number] ?? 0) < 2) continue
      const row = firstRow + at
      each(status[at] === RowStatus.duplicate ? (earlier[at] ?? row) : row, number)
    }
  }
}

/** By call: how many sessions pages are a last page, and the last of these. */
function setsOfPages({ facts, joined }: ResolvedFacts): {
  readonly count: Uint32Array
  readonly lastIndex: Int32Array
} {
  const { envelopes } = joined
  const count = new Uint32Array(facts.calls.count)
  const lastIndex = new Int32Array(facts.calls.count).fill(-1)
  for (let index = 0; index < envelopes.count; index++) {
    const call = envelopes.columns.call[index] ?? -1
    if (call < 0 || envelopes.columns.kind[index] !== EnvelopeKind.sessionsPage || !isLastPage(envelopes, index))
      continue
    count[call] = (count[call] ?? 0) + 1
    lastIndex[call] = index
  }
  return { count, lastIndex }
}
