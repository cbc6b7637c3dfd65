/** The findings of each session by itself, for those who go through all rows. */
import { SESSION_FINDING_CODES, type FindingCode } from "../check/rules.ts"
import { RowStatus, type Calls, type FactBatch } from "./facts.ts"
import { isOutsideCall } from "./call-dates.ts"

/** What codes are told by. */
export interface CodedRows extends Pick<
  FactBatch,
  "status" | "findings" | "earlier" | "call" | "startTicks" | "endTicks"
> {
  readonly calls: Calls
}

/**
 * The codes that the report counts a session under, in the order of the rules: of one that is superseded or a duplicate
 * only that. Findings that are not of one session (overlapping calls, pages, exports) are not among them.
 */
export function rowCodes(rows: CodedRows, row: number): readonly FindingCode[] {
  const status = rows.status[row]
  if (status !== RowStatus.counted) return status === RowStatus.superseded ? SUPERSEDED : DUPLICATE
  const codes = codesOfBits(rows.findings[row] ?? 0)
  const isRepeated = (rows.earlier[row] ?? -1) >= 0
  const isOutside = isOutsideCall(rows.calls, rows, row)
  return isRepeated || isOutside ? [...codes, ...widerCodes(isRepeated, isOutside)] : codes
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
