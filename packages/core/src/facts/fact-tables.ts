/** The tables that one run fills: rows, callRecords and pages, texts, and what is known of findings. */
import { EnvelopeTable } from "./envelope-table.ts"
import { FindingPool } from "./finding-pool.ts"
import type { JoinedInput } from "./input.ts"
import { RowTable } from "./row-table.ts"
import { StringTable } from "./string-table.ts"

/** The tables that grow while inputs are read. */
export interface FactTables {
  readonly rows: RowTable
  readonly envelopes: EnvelopeTable
  readonly strings: StringTable
  readonly findings: FindingPool
}

/** Everything that was read, before versions and duplicates are resolved. */
export interface JoinedFacts extends FactTables {
  readonly inputs: readonly JoinedInput[]
}

/** Empty tables; evidence of the first `maxKeptFindings` of each code is kept. */
export function emptyTables(maxKeptFindings: number): FactTables {
  const strings = new StringTable()
  return {
    strings,
    rows: new RowTable(strings),
    envelopes: new EnvelopeTable(strings),
    findings: new FindingPool(maxKeptFindings),
  }
}
