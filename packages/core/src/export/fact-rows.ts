/**
 * Resolved facts as rows of values, for formats to write. In: batches of facts. Out: so many rows at a time of those
 * within the filters. Where a batch ends depends on the rows alone, so equal facts give equal files.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { rowsWithin, type Selection } from "../aggregate/selection.ts"
import type { ResolvedFacts } from "../facts/resolve.ts"
import type { Privacy } from "../report/identities.ts"
import type { FactCell, FactColumn, SourceRows } from "./column.ts"
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

/** Some rows, numbered from 0. */
export interface RowBatch {
  readonly rowCount: number
  readonly rows: SourceRows
}

/** The rows of resolved facts that are within the filters: accepted ones, duplicates and superseded ones. */
export function factRows(resolved: ResolvedFacts, plan: RowPlan): FactRows {
  return {
    columns: factColumns({ ...plan, inputs: resolved.inputs }),
    batches: () => gather(resolved, plan),
  }
}

/** All values of a column, made now. */
export function valuesOf({ rowCount, rows }: RowBatch, column: FactColumn): FactCell[] {
  const read = column.of(rows)
  const values: FactCell[] = []
  for (let row = 0; row < rowCount; row++) values.push(read(row))
  return values
}

async function* gather({ facts }: ResolvedFacts, plan: RowPlan): AsyncGenerator<RowBatch> {
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
      yield gathered.toBatch(facts)
      gathered = new GatheredRows()
    }
  }
  if (gathered.rowCount > 0) yield gathered.toBatch(facts)
}
