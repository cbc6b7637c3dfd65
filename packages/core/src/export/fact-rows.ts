/**
 * Resolved facts as rows of values, for formats to write. In: batches of facts. Out: batches of values, column by column,
 * of the rows within the filters. Where a batch ends depends on the rows alone, so equal facts give equal files.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { rowsWithin, type Selection } from "../aggregate/selection.ts"
import { rowCodes } from "../facts/row-codes.ts"
import type { ResolvedFacts } from "../facts/resolve.ts"
import type { Privacy } from "../report/identities.ts"
import type { FactCell, FactColumn, SourceBatch } from "./column.ts"
import { factColumns } from "./columns.ts"

/** Rows in a batch, all but the last: a row group of Parquet, a record batch of Arrow. */
const ROWS_IN_BATCH = 100_000

/** The decisions that rows depend on. A plan is one. */
export interface RowPlan extends Selection, Privacy {
  readonly signal: AbortSignal | null
}

/** What a format writes. */
export interface FactRows {
  readonly columns: readonly FactColumn[]
  /** Goes through some columns of all rows, anew each time. Rejects with the signal's reason where it ends the run. */
  readonly batches: (columns: readonly FactColumn[]) => AsyncIterable<RowBatch>
}

/** Values of some rows: by column, in the order asked for, then by row. */
export interface RowBatch {
  readonly rowCount: number
  readonly values: readonly (readonly FactCell[])[]
}

/** The rows of resolved facts that are within the filters: accepted ones, duplicates and superseded ones. */
export function factRows(resolved: ResolvedFacts, plan: RowPlan): FactRows {
  const columns = factColumns({ ...plan, inputs: resolved.inputs })
  return { columns, batches: (wanted) => rowBatches(resolved, plan, wanted) }
}

async function* rowBatches(
  resolved: ResolvedFacts,
  plan: RowPlan,
  columns: readonly FactColumn[],
): AsyncGenerator<RowBatch> {
  let filling = emptyBatch(columns)
  const { facts } = resolved
  const { strings, participants, calls } = facts
  const [rowsOf, codesOf] = [rowsWithin(facts, plan), rowCodes(resolved)]
  for (const part of facts.batches()) {
    // Nothing here waits, so signals would.
    await nextTurn()
    plan.signal?.throwIfAborted()
    const rows = rowsOf(part)
    const batch = { ...part, strings, participants, calls, findingCodes: (row: number) => codesOf(part, row) }
    for (let from = 0; from < rows.length;) {
      const end = Math.min(rows.length, from + ROWS_IN_BATCH - filling.rowCount)
      append(filling, columns, batch, rows.subarray(from, end))
      from = end
      if (filling.rowCount < ROWS_IN_BATCH) continue
      yield filling
      filling = emptyBatch(columns)
    }
  }
  if (filling.rowCount > 0) yield filling
}

interface FillingBatch {
  rowCount: number
  readonly values: FactCell[][]
}

function emptyBatch(columns: readonly FactColumn[]): FillingBatch {
  return { rowCount: 0, values: columns.map(() => []) }
}

function append(filling: FillingBatch, columns: readonly FactColumn[], batch: SourceBatch, rows: Int32Array): void {
  for (const [index, column] of columns.entries()) {
    const read = column.of(batch)
    const values = filling.values[index] ?? []
    for (const row of rows) values.push(read(row))
  }
  filling.rowCount += rows.length
}
