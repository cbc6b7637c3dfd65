/**
 * The findings of one code: how many, and the first of them by number of what they are about (a row, an envelope, an
 * input …). Evidence is written only when it is asked for, so a finding on every session costs no memory.
 */
import type { FindingCode } from "../check/rules.ts"
import type { FindingEvidence } from "./evidence.ts"

/** Where a finding stands among all. */
export interface FindingPlace {
  readonly input: number
  readonly byteOffset: number
}

/** Findings of one code. */
export interface FindingList {
  readonly code: FindingCode
  /** Exact, whatever is listed. */
  readonly count: number
  /** Numbers of what the first findings are about, in input order: so many, or as many as are known. */
  readonly first: (count: number) => readonly number[]
  readonly placeOf: (subject: number) => FindingPlace
  readonly evidenceOf: (subject: number) => FindingEvidence
}

/** The first `maxCount` subjects by input and offset; of equals the one that came first. */
export function firstInOrder(
  subjects: readonly number[],
  placeOf: (subject: number) => FindingPlace,
  maxCount: number,
): number[] {
  return subjects
    .map((subject) => ({ subject, place: placeOf(subject) }))
    .toSorted((a, b) => comparePlaces(a.place, b.place))
    .slice(0, maxCount)
    .map(({ subject }) => subject)
}

/** By input, then by offset. */
export function comparePlaces(a: FindingPlace, b: FindingPlace): number {
  return a.input - b.input || a.byteOffset - b.byteOffset
}
