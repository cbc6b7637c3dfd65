/** The findings of each session by itself, for those who go through all rows. */
import { SESSION_FINDING_CODES, type FindingCode } from "../check/rules.ts"
import { RowStatus, type FactBatch } from "./facts.ts"
import type { ResolvedFacts } from "./resolve.ts"
import { isOutsideCall } from "./session-findings.ts"

/** Gives the codes of a row of a batch. */
export type RowCodes = (batch: FactBatch, row: number) => readonly FindingCode[]

/**
 * The codes that the report counts a session under, in the order of the rules: of one that is superseded or a duplicate
 * only that. Findings that are not of one session (overlapping calls, pages, exports) are not among them.
 */
export function rowCodes({ facts: { calls } }: ResolvedFacts): RowCodes {
  return (batch, row) => {
    const status = batch.status[row]
    if (status !== RowStatus.counted) return status === RowStatus.superseded ? SUPERSEDED : DUPLICATE
    const codes = codesOfBits(batch.findings[row] ?? 0)
    const isRepeated = (batch.earlier[row] ?? -1) >= 0
    const isOutside = isOutsideCall(calls, batch, row)
    return isRepeated || isOutside ? [...codes, ...widerCodes(isRepeated, isOutside)] : codes
  }
}

const SUPERSEDED: readonly FindingCode[] = ["session/superseded"]
const DUPLICATE: readonly FindingCode[] = ["session/duplicate"]
const NONE: readonly FindingCode[] = []

function codesOfBits(bits: number): readonly FindingCode[] {
  return bits === 0 ? NONE : SESSION_FINDING_CODES.filter((_, bit) => ((bits >>> bit) & 1) === 1)
}

function widerCodes(isRepeated: boolean, isOutside: boolean): FindingCode[] {
  return [
    ...(isRepeated ? (["session/repeated-id"] as const) : []),
    ...(isOutside ? (["call/session-outside-call"] as const) : []),
  ]
}
