/**
 * Joins what workers made of blocks into one table: for each input in order `begin`, its block results in block
 * order, `end`. Relative counters become the input's, texts and identities get one number each, lines that turn out
 * broken are taken back, and rejects leave in order as soon as they are certain.
 * Always: however the same records are cut into blocks, the table, the rejects and the findings are the same.
 */
import type { FramingEnd } from "../framing/block.ts"
import type { BlockResult } from "../worker/protocol.ts"
import type { InputPlace, RejectEvidence } from "./evidence.ts"
import { emptyTables, type FactTables, type JoinedFacts } from "./fact-tables.ts"
import { InputLedger } from "./input-ledger.ts"
import type { JoinedInput, SourceEnd } from "./input.ts"
import type { WorkSpace } from "./work-space.ts"

export type { JoinedFacts } from "./fact-tables.ts"

/** Decisions of the plan that joining needs. */
export interface LedgerPlan {
  /** How much evidence of each finding code is listed. */
  readonly maxEvidence: number
  /** Where facts are kept; the caller closes it when they are needed no more. */
  readonly space: WorkSpace
  /** Given every reject, in the order of inputs and bytes. */
  readonly onReject: (reject: RejectEvidence) => void
}

/** Joins inputs, one after the other. */
export interface Ledger {
  /** Begins the next input. */
  readonly begin: (place: InputPlace) => void
  /**
   * Adds the next block's result; `isLines` as in its `Block`. "stop" says that the input is of a shape that is not
   * read: reading it on is of no use, and whatever else is added of it is left out.
   */
  readonly add: (result: BlockResult, isLines: boolean) => "continue" | "stop"
  /** Ends the input; `framing` is null where it was not framed to its end. */
  readonly end: (framing: FramingEnd | null, source: SourceEnd) => JoinedInput
  /** Bits for `BlockTask.listedInFull`. */
  readonly listedInFull: () => number
  /** Sessions seen so far, and those of them that were rejected for certain. For progress. */
  readonly sessionCount: () => number
  readonly rejectCount: () => number
  /** What was joined, when the last input has ended. The ledger may not be used any more. */
  readonly finish: () => JoinedFacts
}

// Findings of duplicate and superseded sessions are dropped later: twice as many leave enough in most archives.
const KEPT_PER_LISTED = 2
// Enough for the examples in the report, whatever is listed beside it.
const MIN_KEPT = 1000

/** How much evidence of each code is kept, in input order, where `maxEvidence` of it is listed. */
export function keptEvidence(maxEvidence: number): number {
  return Math.max(KEPT_PER_LISTED * maxEvidence, MIN_KEPT)
}

/** A ledger of no input. */
export function openLedger(plan: LedgerPlan): Ledger {
  const tables = emptyTables(keptEvidence(plan.maxEvidence), plan.space)
  const inputs: JoinedInput[] = []
  let current: InputLedger | null = null
  let rejectCount = 0
  let hasTakenBack = false
  const open = (): InputLedger => {
    if (current === null) throw new RangeError("no input was begun")
    return current
  }
  const onReject = (reject: RejectEvidence): void => {
    rejectCount += 1
    plan.onReject(reject)
  }
  return {
    begin: (place) => {
      if (current !== null) throw new RangeError("the input before was not ended")
      current = new InputLedger(tables, place, inputs.length, onReject)
    },
    add: (result, isLines) => open().add(result, isLines),
    end: (framing, source) => {
      const input = open().end(framing, source)
      hasTakenBack ||= open().hasTakenBack
      inputs.push(input)
      current = null
      return input
    },
    listedInFull: () => tables.findings.fullCodes(),
    sessionCount: () => tables.rows.rowCount + rejectCount,
    rejectCount: () => rejectCount,
    finish: () => {
      if (hasTakenBack) dropUnnamed(tables)
      return { ...tables, inputs }
    },
  }
}

/** Identities and calls that only stood in what was taken back are none. */
function dropUnnamed(tables: FactTables): void {
  tables.rows.compactParticipants()
  tables.envelopes.compactCalls()
}
