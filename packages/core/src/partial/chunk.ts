/**
 * A block result in a partial, as sections: `BLCK` (JSON: all that is few, and what follows), `FACT` and `ENVL` (Arrow,
 * where there are any), then one `EVID` (JSON) for each finding code that has evidence.
 */
import { SESSION_FINDING_CODES } from "../check/rules.ts"
import type { BlockResult, FindingFact } from "../worker/protocol.ts"
import type { ArrowLibrary } from "./arrow-table.ts"
import type { ColumnMemory } from "./column-memory.ts"
import { damaged } from "./container.ts"
import { readEnvelopes, writeEnvelopes } from "./envelope-list.ts"
import { readFacts, writeFacts, type CounterBase } from "./fact-table.ts"
import { emptyEnvelopes } from "./join-envelopes.ts"
import { emptyFacts } from "./join-results.ts"
import type { StoredSection } from "./section-reader.ts"
import type { SectionWriter } from "./section-writer.ts"

/** What `BLCK` holds. */
interface ChunkHead extends Omit<BlockResult, "facts" | "envelopes" | "findings" | "handedOverCount"> {
  readonly isLines: boolean
  /** Line and record of the input that its numbers are relative to. */
  readonly base: CounterBase
  readonly rowCount: number
  readonly envelopeCount: number
  readonly evidence: readonly EvidenceHead[]
}

/** What follows of one code. */
interface EvidenceHead {
  readonly code: string
  /** Whether all of it is about sessions. */
  readonly isOfSessions: boolean
}

/** A block result that was read. */
export interface Chunk {
  readonly result: BlockResult
  readonly isLines: boolean
}

/** Writes a block result. */
export function writeChunk(
  writer: SectionWriter,
  arrow: ArrowLibrary,
  { result, isLines }: Chunk,
  base: CounterBase,
): void {
  // Which engine decoded what is no matter of facts.
  const { facts, envelopes, findings, handedOverCount: _, ...few } = result
  const byCode = groupByCode(findings)
  const evidence = [...byCode].map(([code, list]) => ({ code, isOfSessions: list.every(({ row }) => row >= 0) }))
  const head: ChunkHead = {
    ...few,
    isLines,
    base,
    rowCount: facts.rowCount,
    envelopeCount: envelopes.count,
    evidence,
  }
  writer.addJson("BLCK", head)
  if (facts.rowCount > 0) writer.add("FACT", writeFacts(arrow, facts, base))
  if (envelopes.count > 0) writer.add("ENVL", writeEnvelopes(arrow, envelopes, base))
  for (const list of byCode.values()) writer.addJson("EVID", list)
}

/**
 * Reads the block result that begins with the section `BLCK`. Evidence of codes that are `listedInFull` is passed over.
 * Columns lie in `memory`. Throws a `PartialError` where other sections follow than it says.
 */
export function readChunk(
  first: StoredSection,
  sections: Iterator<StoredSection>,
  listedInFull: number,
  memory: ColumnMemory,
): Chunk {
  const { isLines, base, rowCount, envelopeCount, evidence, ...few } = readJson<ChunkHead>(first)
  const facts = rowCount === 0 ? emptyFacts(0) : readFacts(take(sections, "FACT").read().payload, base, memory)
  const envelopes = envelopeCount === 0 ? emptyEnvelopes(0) : readEnvelopes(take(sections, "ENVL").read().payload, base)
  if (facts.rowCount !== rowCount || envelopes.count !== envelopeCount) throw damaged("a table of another length")
  const findings = evidence.flatMap((head) => {
    const section = take(sections, "EVID")
    return isPassedOver(head, listedInFull) ? [] : readJson<FindingFact[]>(section)
  })
  return { isLines, result: { ...few, facts, envelopes, findings, handedOverCount: 0 } }
}

/** The JSON of a section. Throws a `PartialError` where it is none. */
export function readJson<Value>(section: StoredSection): Value {
  try {
    return JSON.parse(Buffer.from(section.read().payload).toString()) as Value
  } catch {
    throw damaged(`section ${section.position}`)
  }
}

/** Findings of one code are in order, those of several are not compared. */
function groupByCode(findings: readonly FindingFact[]): Map<string, FindingFact[]> {
  const byCode = new Map<string, FindingFact[]>()
  for (const finding of findings) {
    const list = byCode.get(finding.code)
    if (list === undefined) byCode.set(finding.code, [finding])
    else list.push(finding)
  }
  return byCode
}

function isPassedOver({ code, isOfSessions }: EvidenceHead, listedInFull: number): boolean {
  const bit = (SESSION_FINDING_CODES as readonly string[]).indexOf(code)
  return isOfSessions && bit >= 0 && (listedInFull & (1 << bit)) !== 0
}

function take(sections: Iterator<StoredSection>, kind: StoredSection["kind"]): StoredSection {
  const next = sections.next()
  if (next.done === true || next.value.kind !== kind) throw damaged("a section is missing")
  return next.value
}
