/** The columns of rows: their types, and rows that lie together in them. */
import { emptyColumns, grown, reserve, type Columns } from "./columns.ts"
import { GUID_BYTES } from "./guid.ts"

/** Columns and their types; meanings as in `FactBatch`. */
export const ROW_COLUMNS = {
  startTicks: BigInt64Array,
  endTicks: BigInt64Array,
  sessionForms: Uint8Array,
  /** Table index of the envelope that names the call, or -1; while the input is read, the number of the innermost one. */
  envelope: Int32Array,
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
  unknownProperties: Int32Array,
  findings: Uint32Array,
  input: Int32Array,
  byteOffset: Float64Array,
  byteLength: Uint32Array,
  line: Float64Array,
  record: Float64Array,
  sessionIndex: Int32Array,
} as const

export type RowColumns = Readonly<Columns<typeof ROW_COLUMNS>>
export type RowColumn = keyof RowColumns
export const ROW_COLUMN_NAMES = Object.keys(ROW_COLUMNS) as readonly RowColumn[]

/** Bytes of one row. */
export const ROW_BYTES = ROW_COLUMN_NAMES.reduce((sum, name) => sum + ROW_COLUMNS[name].BYTES_PER_ELEMENT, GUID_BYTES)

/** Rows that follow each other. Arrays may be longer than `rowCount`. */
export interface RowGroup {
  /** Number of its first row in the table. */
  readonly firstRow: number
  readonly rowCount: number
  readonly columns: RowColumns
  /** Ids of sessions, 16 bytes each, as in `IdColumn`. */
  readonly sessionBytes: Uint8Array
  /** Whether it is known, without looking at each, that all values of a column are this one. */
  readonly isAll: (name: RowColumn, value: number) => boolean
}

/** A group that is in memory and can be changed. */
export class OpenGroup implements RowGroup {
  readonly firstRow: number
  rowCount = 0
  readonly columns: Columns<typeof ROW_COLUMNS>
  sessionBytes: Uint8Array

  /** No rows, in the memory of another group that is needed no more, or in memory of its own. */
  constructor(firstRow: number, memory: OpenGroup | null = null) {
    this.firstRow = firstRow
    this.columns = memory?.columns ?? emptyColumns(ROW_COLUMNS)
    this.sessionBytes = memory?.sessionBytes ?? new Uint8Array(0)
  }

  /** Nothing is known of values that are still written. */
  isAll(): boolean {
    return false
  }

  /** Makes room for so many rows, of `mostRows` that it may ever hold. */
  reserve(rowCount: number, mostRows: number): void {
    // The last step goes to the end, so that no room is left over.
    const room = rowCount > mostRows / 4 ? mostRows : rowCount
    reserve(this.columns, room)
    this.sessionBytes = grown(this.sessionBytes, room * GUID_BYTES)
  }
}

/** A copy of a group in memory of its own. */
export function openCopy(group: RowGroup): OpenGroup {
  const copy = new OpenGroup(group.firstRow)
  copy.reserve(group.rowCount, group.rowCount)
  copy.rowCount = group.rowCount
  for (const name of ROW_COLUMN_NAMES) {
    const from = group.columns[name].subarray(0, group.rowCount)
    ;(copy.columns[name] as { set: (from: ArrayLike<number | bigint>) => void }).set(from)
  }
  copy.sessionBytes.set(group.sessionBytes.subarray(0, group.rowCount * GUID_BYTES))
  return copy
}
