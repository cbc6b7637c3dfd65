/**
 * Findings that workers made: about one session alone, by the bits of the rows that count, and about envelopes and
 * records. Evidence comes from the pool, and where the pool's sessions do not count, from the row itself.
 */
import { FINDING_CODES, SESSION_FINDING_CODES, type FindingCode } from "../check/rules.ts"
import { inputFields, type FindingEvidence } from "./evidence.ts"
import { RowStatus } from "./facts.ts"
import { comparePlaces, type FindingList, type FindingPlace } from "./finding-list.ts"
import type { PooledFinding } from "./finding-pool.ts"
import { placeOfRow, rowFields } from "./places.ts"
import type { ResolvedFacts } from "./resolve.ts"

/** Evidence of which only the row is left. */
interface BareFinding {
  readonly row: number
}
type KnownFinding = PooledFinding | BareFinding

const PLACE_UNKNOWN =
  "this session has the finding as well; where in it was not kept, because enough places were known: look at the session itself"

/** The findings that workers made, a list for each code that has any; `maxListed` of each with evidence. */
export function findInRows(resolved: ResolvedFacts, maxListed: number): FindingList[] {
  const rowCounts = countBits(resolved)
  return FINDING_CODES.map((code, bit) => {
    const count = (rowCounts[bit] ?? 0) + resolved.joined.findings.countWithoutRow(code)
    const known = knownFindings(resolved, code, bit, Math.min(count, maxListed))
    return {
      code,
      count,
      first: (maxCount) => known.slice(0, maxCount).map((_, subject) => subject),
      placeOf: (subject) => placeOf(resolved, known[subject]),
      evidenceOf: (subject) => evidenceOf(resolved, code, known[subject]),
    }
  })
}

/** By bit of `SESSION_FINDING_CODES`: how many sessions that count have it. */
function countBits({ facts }: ResolvedFacts): number[] {
  const counts = SESSION_FINDING_CODES.map(() => 0)
  for (const batch of facts.batches()) {
    if (batch.isAll("findings", 0)) continue
    const { findings, status, rowCount } = batch
    for (let row = 0; row < rowCount; row++) {
      let bits = findings[row] ?? 0
      if (bits === 0 || status[row] !== RowStatus.counted) continue
      for (; bits !== 0; bits &= bits - 1) {
        const bit = 31 - Math.clz32(bits & -bits)
        counts[bit] = (counts[bit] ?? 0) + 1
      }
    }
  }
  return counts
}

function knownFindings(resolved: ResolvedFacts, code: FindingCode, bit: number, count: number): KnownFinding[] {
  const pooled = resolved.joined.findings.kept(code).filter(({ row }) => row < 0 || isCounted(resolved, row))
  const known: KnownFinding[] = pooled.toSorted(comparePlaces).slice(0, count)
  if (known.length === count || bit >= SESSION_FINDING_CODES.length) return known
  return withBareRows(resolved, known, bit, count)
}

function isCounted({ facts }: ResolvedFacts, row: number): boolean {
  const { status, firstRow } = facts.batchAt(row)
  return status[row - firstRow] === RowStatus.counted
}

function withBareRows(resolved: ResolvedFacts, pooled: KnownFinding[], bit: number, count: number): KnownFinding[] {
  const hasEvidence = new Set(pooled.map(({ row }) => row))
  const known = [...pooled]
  for (const batch of resolved.facts.batches()) {
    if (batch.isAll("findings", 0)) continue
    const { findings, status, firstRow, rowCount } = batch
    for (let at = 0; at < rowCount && known.length < count; at++) {
      const isFound = (((findings[at] ?? 0) >>> bit) & 1) === 1 && status[at] === RowStatus.counted
      if (isFound && !hasEvidence.has(firstRow + at)) known.push({ row: firstRow + at })
    }
    if (known.length === count) break
  }
  return known.toSorted((a, b) => comparePlaces(placeOf(resolved, a), placeOf(resolved, b)))
}

function placeOf(resolved: ResolvedFacts, finding: KnownFinding | undefined): FindingPlace {
  if (finding !== undefined && "input" in finding) return finding
  return placeOfRow(resolved, finding?.row ?? -1)
}

function evidenceOf(resolved: ResolvedFacts, code: FindingCode, finding: KnownFinding | undefined): FindingEvidence {
  if (finding === undefined) throw new RangeError(`${code} has no such finding`)
  if (!("input" in finding)) return { code, ...rowFields(resolved, finding.row), message: PLACE_UNKNOWN }
  const session = finding.row < 0 ? null : rowFields(resolved, finding.row)
  const callId = session?.callId ?? finding.callId
  return {
    code,
    ...inputFields(resolved.inputs, finding.input),
    offset: finding.byteOffset,
    length: finding.byteLength,
    line: finding.line + 1,
    record: finding.record,
    ...(callId === null ? {} : { callId }),
    ...(session?.sessionId === undefined ? {} : { sessionId: session.sessionId }),
    ...(finding.pointer === null ? {} : { pointer: finding.pointer }),
    message: finding.message,
    ...(finding.sha256 === null ? {} : { sha256: finding.sha256 }),
  }
}
