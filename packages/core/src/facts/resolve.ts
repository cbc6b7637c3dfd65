/**
 * Decides which of the joined rows count: first versions, then duplicates, over all inputs at once. The outcome
 * depends only on the rows and their order, never on how they were read.
 */
import { findDuplicates } from "./duplicates.ts"
import { EnvelopeFlag, type EnvelopeTable } from "./envelope-table.ts"
import { RowStatus, type Call, type Facts } from "./facts.ts"
import type { InputSummary, JoinedInput } from "./input.ts"
import type { JoinedFacts } from "./fact-tables.ts"
import { collectPages, isOpen, type Pages } from "./pages.ts"
import { takeVersions, type Versions } from "./versions.ts"

/** The facts, and what findings between sessions are made of. */
export interface ResolvedFacts {
  readonly facts: Facts
  readonly inputs: readonly InputSummary[]
  /** Lists whose next page is in no input: of calls, of lists of calls, and of pages that name neither. */
  readonly openPageCount: number
  readonly joined: JoinedFacts
  readonly versions: Versions
  readonly pages: Pages
  /**
   * By row: of a duplicate the first of its equals, of a counted session that repeats the call and id of an earlier
   * one the first with them, else -1.
   */
  readonly earlier: Int32Array
}

/** Resolves what was joined. */
export function resolve(joined: JoinedFacts): ResolvedFacts {
  const { rows, envelopes, strings } = joined
  const versions = takeVersions(envelopes, strings.texts)
  const status = supersededRows(joined, versions)
  const earlier = findDuplicates(rows, envelopes.calls, strings.texts, status)
  const pages = collectPages(envelopes, versions)
  return {
    facts: factsOf(joined, status, callsOf(joined, versions, pages)),
    inputs: joined.inputs.map((input) => summaryOf(input, status)),
    openPageCount: [...pages.ofCall, pages.ofCalls].filter(isOpen).length + pages.openWrappers.length,
    joined,
    versions,
    pages,
    earlier,
  }
}

function supersededRows({ rows }: JoinedFacts, { isSuperseded }: Versions): Uint8Array {
  const status = new Uint8Array(rows.rowCount)
  const { envelope } = rows.columns
  for (let row = 0; row < rows.rowCount; row++) {
    if (isSuperseded[envelope[row] ?? -1] === 1) status[row] = RowStatus.superseded
  }
  return status
}

function callsOf({ envelopes, strings }: JoinedFacts, { taken }: Versions, { ofCall }: Pages): Call[] {
  return Array.from(taken, (index, call) => ({
    id: envelopes.calls.show(call),
    ...callRecordOf(envelopes, strings.texts, index),
    isOpen: isOpen(ofCall[call]),
  }))
}

/** What a callRecord says of its call; all null for index -1. */
function callRecordOf(
  { columns }: EnvelopeTable,
  texts: readonly string[],
  index: number,
): Omit<Call, "id" | "isOpen"> {
  const flags = columns.flags[index] ?? 0
  const ticks = (flag: number, column: BigInt64Array): bigint | null =>
    (flags & flag) === 0 ? null : (column[index] ?? null)
  return {
    version: texts[columns.version[index] ?? -1] ?? null,
    type: texts[columns.type[index] ?? -1] ?? null,
    startTicks: ticks(EnvelopeFlag.hasStart, columns.startTicks),
    endTicks: ticks(EnvelopeFlag.hasEnd, columns.endTicks),
    lastModifiedTicks: ticks(EnvelopeFlag.hasLastModified, columns.lastModifiedTicks),
  }
}

function factsOf({ rows, strings }: JoinedFacts, status: Uint8Array, calls: readonly Call[]): Facts {
  const { columns, participants } = rows
  return {
    ...columns,
    firstRow: 0,
    rowCount: rows.rowCount,
    sessionId: { bytes: rows.sessionBytes, forms: columns.sessionForms },
    status,
    strings: strings.texts,
    participants: { count: participants.count, id: (participant) => participants.show(participant, strings.texts) },
    calls,
  }
}

function summaryOf(input: JoinedInput, status: Uint8Array): InputSummary {
  const counts = [0, 0, 0]
  for (let row = input.firstRow; row < input.endRow; row++)
    counts[status[row] ?? 0] = (counts[status[row] ?? 0] ?? 0) + 1
  const rowCount = input.endRow - input.firstRow
  return {
    ...input,
    sessions: rowCount + input.rejected,
    accepted: counts[RowStatus.counted] ?? 0,
    duplicates: counts[RowStatus.duplicate] ?? 0,
    superseded: counts[RowStatus.superseded] ?? 0,
  }
}
