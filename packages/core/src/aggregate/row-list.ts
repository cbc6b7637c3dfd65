/**
 * The state of aggregates that need every session again at the end (quantiles, sweeps): the rows, in any order.
 * What they finish is made of the sorted rows, so the order in which they came does not matter.
 */
import { grown } from "../facts/columns.ts"
import type { Facts } from "../facts/facts.ts"

/** Rows of one facts table, each once. */
export interface RowList {
  rows: Int32Array
  count: number
}

/** No rows. */
export function emptyRows(): RowList {
  return { rows: new Int32Array(0), count: 0 }
}

/** Appends a row; `add` of an aggregate. */
export function addRow(list: RowList, _facts: Facts, row: number): void {
  if (list.count === list.rows.length) list.rows = grown(list.rows, list.count + 1)
  list.rows[list.count++] = row
}

/** The rows of both; `merge` of an aggregate. */
export function mergeRows(left: RowList, right: RowList): RowList {
  const rows = grown(left.rows, left.count + right.count)
  rows.set(right.rows.subarray(0, right.count), left.count)
  return { rows, count: left.count + right.count }
}

/** The rows in ascending order. */
export function sortedRows(list: RowList): Int32Array {
  const rows = list.rows.slice(0, list.count)
  return isAscending(rows) ? rows : rows.toSorted()
}

function isAscending(rows: Int32Array): boolean {
  for (let at = 1; at < rows.length; at++) if ((rows[at] ?? 0) < (rows[at - 1] ?? 0)) return false
  return true
}
