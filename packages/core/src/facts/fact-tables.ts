/** The tables that one run fills: rows, callRecords and pages, texts, and what is known of findings. */
import { EnvelopeTable } from "./envelope-table.ts"
import { FindingPool } from "./finding-pool.ts"
import type { JoinedInput } from "./input.ts"
import { RowTable } from "./row-table.ts"
import { StringTable } from "./string-table.ts"
import type { WorkSpace } from "./work-space.ts"

/** The tables that grow while inputs are read. */
export interface FactTables {
  /** Where the rows are kept, and what is made of them may be. */
  readonly space: WorkSpace
  readonly rows: RowTable
  readonly envelopes: EnvelopeTable
  readonly strings: StringTable
  readonly findings: FindingPool
}

/** Everything that was read, before versions and duplicates are resolved. */
export interface JoinedFacts extends FactTables {
  readonly inputs: readonly JoinedInput[]
}

/** Gives back what is only needed to find participants and texts. It is made again where one is looked for all the same. */
export function endInterning({ rows, strings }: FactTables): void {
  rows.participants.endInterning()
  strings.endInterning()
}

/** Empty tables in a space; evidence of the first `maxKeptFindings` of each code is kept. */
export function emptyTables(maxKeptFindings: number, space: WorkSpace): FactTables {
  const strings = new StringTable()
  return {
    space,
    strings,
    rows: new RowTable(strings, space),
    envelopes: new EnvelopeTable(strings),
    findings: new FindingPool(maxKeptFindings),
  }
}
