/** Findings between a session and another one, its callRecord, or a session of another call. */
import type { FindingCode } from "../check/rules.ts"
import { compareUtf8 } from "./byte-order.ts"
import { RowStatus, type Call, type FactBatch } from "./facts.ts"
import { firstInOrder, type FindingList, type FindingPlace } from "./finding-list.ts"
import { envelopeFields, placeInWords, placeOfRow, rowFields } from "./places.ts"
import type { ResolvedFacts } from "./resolve.ts"

/** One identity in two calls at once: its first such pair of sessions. */
export interface CallOverlap {
  readonly participant: number
  /** The session that the finding is placed at, and the one it overlaps. */
  readonly rowA: number
  readonly rowB: number
}

type RowTest = (row: number) => boolean

/** Sessions that are superseded, duplicates, repeat an id, or lie outside their call. */
export function findBetweenSessions(resolved: ResolvedFacts, maxListed: number): FindingList[] {
  const { facts, earlier } = resolved
  const { status } = facts
  const hasEarlier = (row: number): boolean => (earlier[row] ?? -1) >= 0
  const list = (code: FindingCode, isFound: RowTest, messageOf: (row: number) => string): FindingList =>
    listRows(resolved, maxListed, code, isFound, messageOf)
  const wordsOfEarlier = (row: number): string =>
    placeInWords(rowFields(resolved, earlier[row] ?? -1), rowFields(resolved, row))
  return [
    list(
      "session/superseded",
      (row) => status[row] === RowStatus.superseded,
      (row) => supersededMessage(resolved, row),
    ),
    list(
      "session/duplicate",
      (row) => status[row] === RowStatus.duplicate,
      (row) =>
        `the same session with the same facts stands ${wordsOfEarlier(row)}; that one counts, this one is left out`,
    ),
    list(
      "session/repeated-id",
      (row) => status[row] === RowStatus.counted && hasEarlier(row),
      (row) =>
        `the same call has a session with this id but other facts ${wordsOfEarlier(row)}; both count, compare them`,
    ),
    list(
      "call/session-outside-call",
      (row) => isOutsideCall(facts.calls, facts, row),
      (row) => outsideMessage(resolved, row),
    ),
  ]
}

/** Identities in two calls at once. */
export function findOverlaps(
  resolved: ResolvedFacts,
  overlaps: readonly CallOverlap[],
  maxListed: number,
): FindingList {
  const code = "participant/overlapping-calls"
  const idOf = (subject: number): string => resolved.facts.participants.id(overlaps[subject]?.participant ?? -1)
  const byIdentity = overlaps.map((_, subject) => subject).toSorted((a, b) => compareUtf8(idOf(a), idOf(b)))
  const rowA = (subject: number): number => overlaps[subject]?.rowA ?? -1
  const placeOf = (subject: number): FindingPlace => placeOfRow(resolved, rowA(subject))
  return {
    code,
    count: overlaps.length,
    subjects: firstInOrder(byIdentity, placeOf, maxListed),
    placeOf,
    evidenceOf: (subject) => {
      const here = rowFields(resolved, rowA(subject))
      const there = rowFields(resolved, overlaps[subject]?.rowB ?? -1)
      const message = `an identity of this session is in another call at once, in the session ${placeInWords(there, here)}; check both`
      return { code, ...here, message }
    },
  }
}

function listRows(
  resolved: ResolvedFacts,
  maxListed: number,
  code: FindingCode,
  isFound: RowTest,
  messageOf: (row: number) => string,
): FindingList {
  let count = 0
  const subjects: number[] = []
  for (let row = 0; row < resolved.facts.rowCount; row++) {
    if (!isFound(row)) continue
    count += 1
    if (count <= maxListed) subjects.push(row)
  }
  return {
    code,
    count,
    subjects,
    placeOf: (row) => placeOfRow(resolved, row),
    evidenceOf: (row) => ({ code, ...rowFields(resolved, row), message: messageOf(row) }),
  }
}

function supersededMessage(resolved: ResolvedFacts, row: number): string {
  const taken = resolved.versions.taken[resolved.facts.call[row] ?? -1] ?? -1
  const place = placeInWords(envelopeFields(resolved, taken), rowFields(resolved, row))
  return `a higher version of its callRecord stands ${place}; that version is taken whole, this session is left out`
}

/** Whether the interval of a session that is neither duplicate nor superseded does not lie within the dates of its call. */
export function isOutsideCall(
  calls: readonly Call[],
  { call, status, startTicks, endTicks }: FactBatch,
  row: number,
): boolean {
  const dates = calls[call[row] ?? -1]
  const range = dates === undefined ? null : usableDates(dates)
  if (range === null || status[row] !== RowStatus.counted) return false
  const start = startTicks[row] ?? 0n
  const end = endTicks[row] ?? 0n
  if (start > end) return false
  return (range.start !== null && start < range.start) || (range.end !== null && end > range.end)
}

/** Dates to compare with; null where there are none, or where they contradict each other. */
function usableDates({
  startTicks,
  endTicks,
}: Call): { readonly start: bigint | null; readonly end: bigint | null } | null {
  if (startTicks === null && endTicks === null) return null
  if (startTicks !== null && endTicks !== null && startTicks > endTicks) return null
  return { start: startTicks, end: endTicks }
}

function outsideMessage({ facts }: ResolvedFacts, row: number): string {
  const start = facts.calls[facts.call[row] ?? -1]?.startTicks ?? null
  const isEarly = start !== null && (facts.startTicks[row] ?? 0n) < start
  const what = isEarly ? "starts before its call starts" : "ends after its call ends"
  return `the session ${what} by the dates of its callRecord; it should lie within them`
}
