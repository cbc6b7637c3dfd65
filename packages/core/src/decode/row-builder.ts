/** The columns of a block while they are filled, and the texts they refer to. */
import { GUID_BYTES } from "../facts/guid.ts"
import { writeGuid } from "../model/identity.ts"
import { IdForm, type FactsColumns, type IdColumn } from "../worker/protocol.ts"
import type { Item } from "./item.ts"

const FIRST_ROWS = 64

/** What a row takes from the session itself. Texts are null where there are none. */
export interface SessionFacts {
  readonly startTicks: bigint
  readonly endTicks: bigint
  readonly sessionId: string
  readonly callerId: string | null
  readonly calleeId: string | null
  readonly callerKind: number
  readonly calleeKind: number
  readonly callerTenant: string | null
  readonly calleeTenant: string | null
  readonly callerName: string | null
  readonly calleeName: string | null
  readonly modalities: number
  readonly flags: number
  readonly failureStage: string | null
  readonly failureReason: string | null
  readonly endpoints: string
  readonly unknownProperties: string | null
}

/** The columns of a block while they are filled. */
export type MutableColumns = {
  -readonly [Name in Exclude<keyof FactsColumns, "rowCount" | "strings">]: FactsColumns[Name]
}

/** Fills columns row by row. */
export class RowBuilder {
  #rowCount = 0
  #columns: MutableColumns = emptyColumns(0)
  #capacity = 0
  readonly #strings: string[] = []
  readonly #stringIndices = new Map<string, number>()

  get rowCount(): number {
    return this.#rowCount
  }

  /** Adds the session in `item`; `findings` are bits, `sessionIndex` as in `FactsColumns`. */
  add(facts: SessionFacts, item: Item, findings: number, sessionIndex: number): void {
    if (this.#rowCount === this.#capacity) this.#grow(Math.max(2 * this.#capacity, FIRST_ROWS))
    const row = this.#rowCount++
    const columns = this.#columns
    columns.startTicks[row] = facts.startTicks
    columns.endTicks[row] = facts.endTicks
    this.#setId(columns.sessionId, row, facts.sessionId)
    this.#setId(columns.callerId, row, facts.callerId)
    this.#setId(columns.calleeId, row, facts.calleeId)
    columns.callerKind[row] = facts.callerKind
    columns.calleeKind[row] = facts.calleeKind
    columns.callerTenant[row] = this.indexOf(facts.callerTenant)
    columns.calleeTenant[row] = this.indexOf(facts.calleeTenant)
    columns.callerName[row] = this.indexOf(facts.callerName)
    columns.calleeName[row] = this.indexOf(facts.calleeName)
    columns.modalities[row] = facts.modalities
    columns.flags[row] = facts.flags
    columns.failureStage[row] = this.indexOf(facts.failureStage)
    columns.failureReason[row] = this.indexOf(facts.failureReason)
    columns.endpoints[row] = this.indexOf(facts.endpoints)
    columns.unknownProperties[row] = this.indexOf(facts.unknownProperties)
    columns.findings[row] = findings
    columns.envelope[row] = item.parent
    columns.byteOffset[row] = item.byteOffset
    columns.byteLength[row] = item.byteLength
    columns.line[row] = item.line
    columns.record[row] = item.record
    columns.sessionIndex[row] = sessionIndex
  }

  /** Adds `count` rows that `fill` writes into the columns from the row it is given on. */
  addMany(count: number, fill: (columns: MutableColumns, row: number) => void): void {
    const needed = this.#rowCount + count
    // Mostly these are all the rows of the block.
    if (needed > this.#capacity) this.#grow(this.#rowCount === 0 ? needed : 2 * needed)
    fill(this.#columns, this.#rowCount)
    this.#rowCount += count
  }

  /** The index of a text among the block's; -1 for none. */
  indexOf(text: string | null): number {
    if (text === null) return -1
    const known = this.#stringIndices.get(text)
    if (known !== undefined) return known
    const index = this.#strings.push(text) - 1
    this.#stringIndices.set(text, index)
    return index
  }

  /** Takes back the rows from a byte of the stream on. */
  takeBack(byteOffset: number): void {
    while (this.#rowCount > 0 && (this.#columns.byteOffset[this.#rowCount - 1] ?? 0) >= byteOffset) this.#rowCount -= 1
  }

  /** The columns, each of exactly as many elements as there are rows. The builder may not be used any more. */
  columns(): FactsColumns {
    this.#grow(this.#rowCount)
    return { rowCount: this.#rowCount, ...this.#columns, strings: this.#strings }
  }

  /** To exactly that many rows. */
  #grow(capacity: number): void {
    if (capacity === this.#capacity) return
    this.#capacity = capacity
    this.#columns = resized(this.#columns, capacity)
  }

  #setId(column: IdColumn, row: number, id: string | null): void {
    if (id === null) {
      column.forms[row] = IdForm.none
      return
    }
    const at = GUID_BYTES * row
    const isGuid = writeGuid(id, column.bytes, at)
    column.forms[row] = isGuid ? IdForm.guid : IdForm.text
    if (isGuid) return
    column.bytes.fill(0, at, at + GUID_BYTES)
    const index = this.indexOf(id)
    for (let byte = 0; byte < 4; byte++) column.bytes[at + byte] = index >>> (8 * byte)
  }
}

/** Columns over one buffer, the widest first: it is handed over as a whole, which costs no more for many columns than for one. */
function emptyColumns(rows: number): MutableColumns {
  const buffer = new ArrayBuffer(ROW_BYTES * rows)
  let next = 0
  const take = (width: number): number => {
    const at = next
    next += width * rows
    return at
  }
  const guids = (): Uint8Array => new Uint8Array(buffer, take(GUID_BYTES), GUID_BYTES * rows)
  const ticks = (): BigInt64Array => new BigInt64Array(buffer, take(8), rows)
  const double = (): Float64Array => new Float64Array(buffer, take(8), rows)
  const int = (): Int32Array => new Int32Array(buffer, take(4), rows)
  const unsigned = (): Uint32Array => new Uint32Array(buffer, take(4), rows)
  const byte = (): Uint8Array => new Uint8Array(buffer, take(1), rows)
  const [sessionIds, callerIds, calleeIds] = [guids(), guids(), guids()] as const
  return {
    startTicks: ticks(),
    endTicks: ticks(),
    envelope: double(),
    byteOffset: double(),
    line: double(),
    record: double(),
    callerTenant: int(),
    calleeTenant: int(),
    callerName: int(),
    calleeName: int(),
    failureStage: int(),
    failureReason: int(),
    endpoints: int(),
    unknownProperties: int(),
    sessionIndex: int(),
    findings: unsigned(),
    byteLength: unsigned(),
    sessionId: { bytes: sessionIds, forms: byte() },
    callerId: { bytes: callerIds, forms: byte() },
    calleeId: { bytes: calleeIds, forms: byte() },
    callerKind: byte(),
    calleeKind: byte(),
    modalities: byte(),
    flags: byte(),
  }
}

const ROW_BYTES = 3 * GUID_BYTES + 6 * 8 + 11 * 4 + 7

/** The same columns with room for `rows`, holding the rows that fit. */
function resized(columns: MutableColumns, rows: number): MutableColumns {
  const next = emptyColumns(rows)
  for (const name of Object.keys(next) as (keyof MutableColumns)[]) copyColumn(columns[name], next[name])
  return next
}

function copyColumn(from: MutableColumns[keyof MutableColumns], to: MutableColumns[keyof MutableColumns]): void {
  if ("bytes" in from && "bytes" in to) {
    to.bytes.set(from.bytes.subarray(0, to.bytes.length))
    to.forms.set(from.forms.subarray(0, to.forms.length))
  } else if (ArrayBuffer.isView(from) && ArrayBuffer.isView(to)) {
    const length = Math.min(from.byteLength, to.byteLength)
    new Uint8Array(to.buffer, to.byteOffset, length).set(new Uint8Array(from.buffer, from.byteOffset, length))
  }
}
