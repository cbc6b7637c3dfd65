/** Findings between a session and another one, its callRecord, or a session of another call. */
import { GroupBounds } from "@callsift/kernel"
import type { FindingCode } from "../check/rules.ts"
import { compareUtf8 } from "./byte-order.ts"
import { RowStatus, type FactBatch } from "./facts.ts"
import { comparePlaces, type FindingList, type FindingPlace } from "./finding-list.ts"
import { envelopeFields, placeInWords, placeOfRow, rowFields, rowInWords } from "./places.ts"
import type { ResolvedFacts } from "./resolve.ts"

/** One identity in two calls at once: its first such pair of sessions. */
export interface CallOverlap {
  readonly participant: number
  /** The session that the finding is placed at, and the one it overlaps. */
  readonly rowA: number
  readonly rowB: number
}

/** One for each identity in two calls at once, by `rowA`, then by participant. */
export interface CallOverlaps {
  readonly length: number
  readonly at: (index: number) => CallOverlap | undefined
}

/** Sessions that are superseded, duplicates, repeat an id, or lie outside their call. */
export function findBetweenSessions(resolved: ResolvedFacts, maxListed: number): FindingList[] {
  const found = findRows(resolved, maxListed)
  const list = (code: FindingCode, rows: FoundRows, messageOf: (row: number) => string): FindingList => ({
    code,
    count: rows.count,
    first: (maxCount) => rows.first.slice(0, maxCount),
    placeOf: (row) => placeOfRow(resolved, row),
    evidenceOf: (row) => ({ code, ...rowFields(resolved, row), message: messageOf(row) }),
  })
  const wordsOfEarlier = (row: number): string =>
    rowInWords(resolved, earlierOf(resolved, row), rowFields(resolved, row))
  return [
    list("session/superseded", found.superseded, (row) => supersededMessage(resolved, row)),
    list(
      "session/duplicate",
      found.duplicates,
      (row) =>
        `the same session with the same facts stands ${wordsOfEarlier(row)}; that one counts, this one is left out`,
    ),
    list(
      "session/repeated-id",
      found.repeatedIds,
      (row) =>
        `the same call has a session with this id but other facts ${wordsOfEarlier(row)}; both count, compare them`,
    ),
    list("call/session-outside-call", found.outside, (row) => outsideMessage(resolved, row)),
  ]
}

/** How many rows there are of a kind, and the first of them. */
class FoundRows {
  count = 0
  readonly first: number[] = []
  readonly #maxListed: number

  constructor(maxListed: number) {
    this.#maxListed = maxListed
  }

  add(row: number): void {
    this.count += 1
    if (this.count <= this.#maxListed) this.first.push(row)
  }
}

/** The rows by what is found of them. */
class FoundByKind {
  readonly superseded: FoundRows
  readonly duplicates: FoundRows
  readonly repeatedIds: FoundRows
  readonly outside: FoundRows

  constructor(maxListed: number) {
    this.superseded = new FoundRows(maxListed)
    this.duplicates = new FoundRows(maxListed)
    this.repeatedIds = new FoundRows(maxListed)
    this.outside = new FoundRows(maxListed)
  }

  /** Adds what was resolved of a batch. */
  addResolved({ status, earlier, firstRow, rowCount }: FactBatch): void {
    for (let at = 0; at < rowCount; at++) {
      if (status[at] === RowStatus.superseded) this.superseded.add(firstRow + at)
      else if (status[at] === RowStatus.duplicate) this.duplicates.add(firstRow + at)
      else if ((earlier[at] ?? -1) >= 0) this.repeatedIds.add(firstRow + at)
    }
  }

  /** Adds the rows of a batch that lie outside of their calls: those that count. */
  addOutside({ rowCount, startTicks, endTicks, call, status, firstRow }: FactBatch, bounds: GroupBounds): void {
    for (const at of bounds.outside({ rowCount, startTicks, endTicks, groups: call })) {
      if (status[at] === RowStatus.counted) this.outside.add(firstRow + at)
    }
  }
}

function findRows({ facts }: ResolvedFacts, maxListed: number): FoundByKind {
  const found = new FoundByKind(maxListed)
  const dates = facts.calls.bounds()
  const bounds = dates === null ? null : new GroupBounds(dates.earliest, dates.latest)
  for (const batch of facts.batches()) {
    if (!batch.isAll("status", RowStatus.counted) || !batch.isAll("earlier", -1)) found.addResolved(batch)
    if (bounds !== null) found.addOutside(batch, bounds)
  }
  return found
}

/** Identities in two calls at once. */
export function findOverlaps(resolved: ResolvedFacts, overlaps: CallOverlaps): FindingList {
  const code = "participant/overlapping-calls"
  const idOf = (subject: number): string => resolved.facts.participants.id(overlaps.at(subject)?.participant ?? -1)
  const rowA = (subject: number): number => overlaps.at(subject)?.rowA ?? -1
  const placeOf = (subject: number): FindingPlace => placeOfRow(resolved, rowA(subject))
  return {
    code,
    count: overlaps.length,
    first: (maxCount) => inOrder(firstByPlace(overlaps.length, placeOf, maxCount), placeOf, idOf).slice(0, maxCount),
    placeOf,
    evidenceOf: (subject) => {
      const here = rowFields(resolved, rowA(subject))
      const there = rowInWords(resolved, overlaps.at(subject)?.rowB ?? -1, here)
      const message = `an identity of this session is in another call at once, in the session ${there}; check both`
      return { code, ...here, message }
    },
  }
}

type PlaceOf = (number: number) => FindingPlace

/**
 * Numbers of the overlaps among which the first are by place: overlaps are in the order of their rows and places ascend as
 * rows do, but some rows share theirs.
 */
function firstByPlace(overlapCount: number, placeOf: PlaceOf, maxCount: number): number[] {
  let count = Math.min(maxCount, overlapCount)
  const lastPlace = count === 0 ? null : placeOf(count - 1)
  const isWithLast = (subject: number): boolean =>
    lastPlace !== null && comparePlaces(placeOf(subject), lastPlace) === 0
  while (count < overlapCount && isWithLast(count)) count += 1
  return Array.from({ length: count }, (_, subject) => subject)
}

/** Puts those that share a place in the order of their ids. All others are in order. */
function inOrder(subjects: readonly number[], placeOf: PlaceOf, idOf: (subject: number) => string): number[] {
  const ordered: number[] = []
  let sharing: number[] = []
  let last: FindingPlace | null = null
  for (const subject of subjects) {
    const place = placeOf(subject)
    if (last !== null && comparePlaces(place, last) !== 0) {
      for (const shared of byId(sharing, idOf)) ordered.push(shared)
      sharing = []
    }
    sharing.push(subject)
    last = place
  }
  return [...ordered, ...byId(sharing, idOf)]
}

function byId(subjects: readonly number[], idOf: (subject: number) => string): readonly number[] {
  return subjects.length < 2 ? subjects : subjects.toSorted((a, b) => compareUtf8(idOf(a), idOf(b)))
}

function earlierOf({ facts }: ResolvedFacts, row: number): number {
  const { earlier, firstRow } = facts.batchAt(row)
  return earlier[row - firstRow] ?? -1
}

/** The number of the call of a row, as in `FactBatch`. */
function callOf({ facts }: ResolvedFacts, row: number): number {
  const { call, firstRow } = facts.batchAt(row)
  return call[row - firstRow] ?? -1
}

function supersededMessage(resolved: ResolvedFacts, row: number): string {
  const taken = resolved.versions.taken[callOf(resolved, row)] ?? -1
  const place = placeInWords(envelopeFields(resolved, taken), rowFields(resolved, row))
  return `a higher version of its callRecord stands ${place}; that version is taken whole, this session is left out`
}

function outsideMessage(resolved: ResolvedFacts, row: number): string {
  const { startTicks, firstRow } = resolved.facts.batchAt(row)
  const start = resolved.facts.calls.get(callOf(resolved, row))?.startTicks ?? null
  const isEarly = start !== null && (startTicks[row - firstRow] ?? 0n) < start
  const what = isEarly ? "starts before its call starts" : "ends after its call ends"
  return `the session ${what} by the dates of its callRecord; it should lie within them`
}
