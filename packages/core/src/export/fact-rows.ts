/**
 * Resolved facts as rows of values, for formats to write. In: batches of facts. Out: so many rows at a time of those
 * within the filters. Where a batch ends depends on the rows alone, so equal facts give equal files.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { rowsWithin, type Selection } from "../aggregate/selection.ts"
import type { ResolvedFacts } from "../facts/resolve.ts"
import type { Privacy } from "../report/identities.ts"
import type { FactCell, FactColumn } from "./column.ts"
import { factColumns } from "./columns.ts"
import { GatheredRows } from "./gathered-rows.ts"

/** Rows in a batch, all but the last: a row group of Parquet, a record batch of Arrow. */
const ROWS_IN_BATCH = 50_000

/** The decisions that rows depend on. A plan is one. */
export interface RowPlan extends Selection, Privacy {
  readonly signal: AbortSignal | null
}

/** What a format writes. */
export interface FactRows {
  readonly columns: readonly FactColumn[]
  /** Goes through all rows, anew each time. Rejects with the signal's reason where it ends the run. */
  readonly batches: () => AsyncIterable<RowBatch>
}

/** Some rows. */
export interface RowBatch {
  readonly rowCount: number
  /** The values of a column by row, from 0; made when they are read. */
  readonly reader: (column: FactColumn) => (row: number) => FactCell
}

/** The rows of resolved facts that are within the filters: accepted ones, duplicates and superseded ones. */
export function factRows(resolved: ResolvedFacts, plan: RowPlan): FactRows {
  return {
    columns: factColumns({ ...plan, inputs: resolved.inputs }),
    batches: async function* batches() {
      for await (const rows of gather(resolved, plan)) {
        const source = rows.toSource(resolved.facts)
        yield { rowCount: rows.rowCount, reader: (column: FactColumn) => column.of(source) }
      }
    },
  }
}

/** All values of a column. */
export function valuesOf({ rowCount, reader }: RowBatch, column: FactColumn): FactCell[] {
  const read = reader(column)
  return Array.from({ length: rowCount }, (_, row) => read(row))
}

async function* gather({ facts }: ResolvedFacts, plan: RowPlan): AsyncGenerator<GatheredRows> {
  const rowsOf = rowsWithin(facts, plan)
  let gathered = new GatheredRows()
  for (const batch of facts.batches()) {
    // Nothing here waits, so signals would.
    await nextTurn()
    plan.signal?.throwIfAborted()
    const rows = rowsOf(batch)
    for (let from = 0; from < rows.length;) {
      const end = Math.min(rows.length, from + ROWS_IN_BATCH - gathered.rowCount)
      gathered.add(batch, rows.subarray(from, end))
      from = end
      if (gathered.rowCount < ROWS_IN_BATCH) continue
      yield gathered
      gathered = new GatheredRows()
    }
  }
  if (gathered.rowCount > 0) yield gathered
}
