/** The columns of rows: their types, and rows that lie together in them. */
import type { ColumnStore } from "@callsift/kernel"
import type { Columns } from "./columns.ts"
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

/** Where rows lie that can be changed. */
export type RowStore = ColumnStore<typeof ROW_COLUMNS>

/** A group that is in memory and can be changed. */
export class OpenGroup implements RowGroup {
  readonly firstRow: number
  rowCount = 0
  readonly #store: RowStore

  /** No rows; what lay in the store before is needed no more. */
  constructor(firstRow: number, store: RowStore) {
    this.firstRow = firstRow
    this.#store = store
  }

  get columns(): RowColumns {
    return this.#store.columns
  }

  get sessionBytes(): Uint8Array {
    return this.#store.ids
  }

  /** Nothing is known of values that are still written. */
  isAll(): boolean {
    return false
  }

  /** Writes the rows of another group over those of this one. */
  copy(group: RowGroup): void {
    this.rowCount = group.rowCount
    for (const name of ROW_COLUMN_NAMES) {
      const from = group.columns[name].subarray(0, group.rowCount)
      ;(this.columns[name] as { set: (from: ArrayLike<number | bigint>) => void }).set(from)
    }
    this.sessionBytes.set(group.sessionBytes.subarray(0, group.rowCount * GUID_BYTES))
  }
}
