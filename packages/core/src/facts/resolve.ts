/**
 * Decides which of the joined rows count: first versions, then duplicates, over all inputs at once. The outcome
 * depends only on the rows and their order, never on how they were read.
 */
import { NumberMap } from "@callsift/kernel"
import { findDuplicates } from "./duplicates.ts"
import { RowStatus, type Calls, type FactBatch, type Facts } from "./facts.ts"
import type { InputSummary, JoinedInput } from "./input.ts"
import type { JoinedFacts } from "./fact-tables.ts"
import { KnownCalls } from "./known-calls.ts"
import { batchesOf, lookUp, type ResolvedRows } from "./resolved-rows.ts"
import { RowOutcomes } from "./row-outcomes.ts"
import { collectPages, type Pages } from "./pages.ts"
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
  /** Whether a part of what rows are looked up in is in a file, which is gone when the run is over. */
  readonly isSpilled: boolean
}

/** Resolves what was joined. */
export function resolve(joined: JoinedFacts): ResolvedFacts {
  const { rows, envelopes, strings, space } = joined
  const versions = takeVersions(envelopes)
  const resolvedRows: ResolvedRows = {
    groups: rows.groups,
    outcomes: new RowOutcomes(rows.groups, space),
    callOfEnvelope: new NumberMap(envelopes.columns.call.subarray(0, envelopes.count)),
    isSuperseded: versions.isSuperseded,
    hasSuperseded: versions.isSuperseded.includes(1),
  }
  findDuplicates({ ...resolvedRows, calls: envelopes.calls, texts: strings, space }, resolvedRows.outcomes)
  // Where memory is scarce: from now on calls are only shown.
  if (space.isSpilled) envelopes.calls.endInterning()
  const pages = collectPages(envelopes, versions)
  const calls = new KnownCalls({ envelopes, strings, versions, pages })
  const facts = factsOf(joined, resolvedRows, calls)
  return {
    facts,
    inputs: summariesOf(joined.inputs, facts),
    openPageCount: calls.openCount() + pages.ofCalls.open().length + pages.openWrappers.length,
    joined,
    versions,
    pages,
    isSpilled: rows.groups.isSpilled || resolvedRows.outcomes.isSpilled,
  }
}

function factsOf({ rows, strings, space }: JoinedFacts, resolvedRows: ResolvedRows, calls: Calls): Facts {
  const { participants } = rows
  return {
    rowCount: rows.rowCount,
    batches: () => batchesOf(resolvedRows),
    batchAt: lookUp(resolvedRows),
    space,
    strings: strings,
    participants: { count: participants.count, id: (participant) => participants.show(participant, strings) },
    calls,
  }
}

/** The inputs with the counts of their rows by status. */
function summariesOf(inputs: readonly JoinedInput[], facts: Facts): InputSummary[] {
  const counts = inputs.map(({ firstRow, endRow }) => ({ accepted: endRow - firstRow, duplicates: 0, superseded: 0 }))
  for (const batch of facts.batches()) {
    if (!batch.isAll("status", RowStatus.counted)) takeFromAccepted(counts, batch)
  }
  return inputs.map((input, index) => ({
    ...input,
    sessions: input.endRow - input.firstRow + input.rejected,
    accepted: 0,
    duplicates: 0,
    superseded: 0,
    ...counts[index],
  }))
}

/** Counts the rows of a batch that are not accepted, by their inputs. */
function takeFromAccepted(
  counts: readonly { accepted: number; duplicates: number; superseded: number }[],
  { input, status, rowCount }: FactBatch,
): void {
  for (let row = 0; row < rowCount; row++) {
    if (status[row] === RowStatus.counted) continue
    const own = counts[input[row] ?? -1]
    if (own === undefined) throw new RangeError("a row is of no input")
    own.accepted -= 1
    if (status[row] === RowStatus.duplicate) own.duplicates += 1
    else own.superseded += 1
  }
}
