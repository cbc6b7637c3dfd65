/**
 * Rows taken out of batches of facts into columns of their own, about 130 bytes a row: what a format writes at once.
 */
import { emptyColumns, grown, reserve } from "../facts/columns.ts"
import type { FactBatch, Facts } from "../facts/facts.ts"
import { GUID_BYTES } from "../facts/guid.ts"
import type { SourceRows } from "./column.ts"

/** Columns that are taken as they are, by their types. */
const TAKEN = {
  startTicks: BigInt64Array,
  endTicks: BigInt64Array,
  call: Int32Array,
  caller: Int32Array,
  callee: Int32Array,
  callerKind: Uint8Array,
  calleeKind: Uint8Array,
  callerTenant: Int32Array,
  calleeTenant: Int32Array,
  callerName: Int32Array,
  calleeName: Int32Array,
  modalities: Uint8Array,
  flags: Uint8Array,
  failureStage: Int32Array,
  failureReason: Int32Array,
  endpoints: Int32Array,
  findings: Uint32Array,
  status: Uint8Array,
  earlier: Int32Array,
  input: Int32Array,
  byteOffset: Float64Array,
  byteLength: Uint32Array,
  line: Float64Array,
  record: Float64Array,
  sessionIndex: Int32Array,
} as const
const TAKEN_NAMES = Object.keys(TAKEN) as readonly (keyof typeof TAKEN)[]

/** A growing list of rows. */
export class GatheredRows {
  rowCount = 0
  readonly #taken = emptyColumns(TAKEN)
  readonly #made = emptyColumns({ rowNumber: Float64Array, sessionForms: Uint8Array })
  #sessionBytes = new Uint8Array(0)

  /** Adds rows of a batch. */
  add(batch: FactBatch, rows: Int32Array): void {
    const from = this.rowCount
    this.rowCount += rows.length
    reserve(this.#taken, this.rowCount)
    reserve(this.#made, this.rowCount)
    this.#sessionBytes = grown(this.#sessionBytes, this.rowCount * GUID_BYTES)
    for (const name of TAKEN_NAMES) take(batch[name], rows, this.#taken[name], from)
    this.#make(batch, rows, from)
  }

  #make({ firstRow, sessionId }: FactBatch, rows: Int32Array, from: number): void {
    const { rowNumber, sessionForms } = this.#made
    for (const [index, row] of rows.entries()) rowNumber[from + index] = firstRow + row
    take(sessionId.forms, rows, sessionForms, from)
    take(sessionId.bytes, rows, this.#sessionBytes, from, GUID_BYTES)
  }

  /** The rows, with the tables that they refer to. */
  toBatch({ strings, participants, calls }: Facts): { readonly rowCount: number; readonly rows: SourceRows } {
    const { rowNumber, sessionForms } = this.#made
    const sessionId = { bytes: this.#sessionBytes, forms: sessionForms }
    return { rowCount: this.rowCount, rows: { ...this.#taken, rowNumber, sessionId, strings, participants, calls } }
  }
}

/** A typed array of whatever type. */
type Values = BigInt64Array | Float64Array | Int32Array | Uint32Array | Uint8Array

/** Copies `width` values each of some rows, ascending, behind those that are there. Both are of one type. */
function take(column: Values, rows: Int32Array, into: Values, from: number, width = 1): void {
  const target = into as { set: (values: Values, at: number) => void }
  for (let index = 0; index < rows.length;) {
    const end = endOfRun(rows, index)
    const first = rows[index] ?? 0
    target.set(column.subarray(first * width, (first + end - index) * width), (from + index) * width)
    index = end
  }
}

/** Where rows that follow each other end. */
function endOfRun(rows: Int32Array, from: number): number {
  let end = from + 1
  while (end < rows.length && rows[end] === (rows[end - 1] ?? 0) + 1) end += 1
  return end
}
