/**
 * The rows of all inputs: one for each session that was accepted when it was decoded, in input order. Blocks are
 * appended and their relative numbers made the input's; the tail can be taken back.
 */
import { IdForm, type FactsColumns, type IdColumn } from "../worker/protocol.ts"
import { emptyColumns, grown, reserve } from "./columns.ts"
import { textIndexOf } from "./evidence.ts"
import { GUID_BYTES } from "./guid.ts"
import { guidWords, IdTable } from "./id-table.ts"
import type { StringTable } from "./string-table.ts"

/** Columns and their types; meanings as in `Facts`. */
const ROW_COLUMNS = {
  startTicks: BigInt64Array,
  endTicks: BigInt64Array,
  sessionForms: Uint8Array,
  /** Table index of the envelope that names the call, or -1; while the input is read, the number of the innermost one. */
  envelope: Int32Array,
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
  unknownProperties: Int32Array,
  findings: Uint32Array,
  input: Int32Array,
  byteOffset: Float64Array,
  byteLength: Uint32Array,
  line: Float64Array,
  record: Float64Array,
  sessionIndex: Int32Array,
} as const

/** Copied as they are. */
const COPIED = [
  "callerKind",
  "calleeKind",
  "modalities",
  "flags",
  "findings",
  "byteOffset",
  "byteLength",
  "sessionIndex",
] as const
/** Indices into the block's strings. */
const TEXTS = [
  "callerTenant",
  "calleeTenant",
  "callerName",
  "calleeName",
  "failureStage",
  "failureReason",
  "endpoints",
  "unknownProperties",
] as const

/** What the counters of a block are relative to. */
export interface BlockBase {
  readonly input: number
  readonly line: number
  readonly record: number
}

/** The growing table. */
export class RowTable {
  rowCount = 0
  readonly columns = emptyColumns(ROW_COLUMNS)
  sessionBytes = new Uint8Array(0)
  /** Identities, numbered in the order of the rows, caller before callee. */
  participants = new IdTable()
  readonly #strings: StringTable

  constructor(strings: StringTable) {
    this.#strings = strings
  }

  /** Appends a block's rows; `numberOfEnvelope` as in `EnvelopeTable.numberOf`. */
  append(facts: FactsColumns, base: BlockBase, numberOfEnvelope: (byteOffset: number) => number): void {
    const from = this.rowCount
    const end = from + facts.rowCount
    if (facts.rowCount === 0) return
    reserve(this.columns, end)
    this.sessionBytes = grown(this.sessionBytes, end * GUID_BYTES)
    const textIndices = this.#strings.internAll(facts.strings)
    this.#copyColumns(facts, from)
    this.#copyTexts(facts, from, textIndices)
    this.#copySessionIds(facts.sessionId, from, end, textIndices)
    this.#copyProvenance(facts, from, base)
    this.#copyEnvelopes(facts, from, numberOfEnvelope)
    this.#internParticipants(facts, from, textIndices)
    this.rowCount = end
  }

  /** Drops all rows from `firstRow` on that begin at or after a byte; rows from there on are of one input. */
  takeBack(firstRow: number, byteOffset: number): void {
    this.rowCount = this.#rowAt(firstRow, byteOffset)
  }

  /** Drops identities that no row names any more, and numbers the others in the order of the rows again. */
  compactParticipants(): void {
    const table = new IdTable()
    const numbers = new Int32Array(this.participants.count).fill(-1)
    const { caller, callee } = this.columns
    for (let row = 0; row < this.rowCount; row++) {
      for (const side of [caller, callee]) {
        const old = side[row] ?? -1
        if (old < 0) continue
        if ((numbers[old] ?? -1) < 0) numbers[old] = this.participants.copyTo(table, old)
        side[row] = numbers[old] ?? -1
      }
    }
    this.participants = table
  }

  /** The first row from `firstRow` on that begins at or after a byte. */
  #rowAt(firstRow: number, byteOffset: number): number {
    let low = firstRow
    let high = this.rowCount
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.columns.byteOffset[middle] ?? 0) < byteOffset) low = middle + 1
      else high = middle
    }
    return low
  }

  #copyColumns(facts: FactsColumns, from: number): void {
    const { rowCount } = facts
    this.columns.startTicks.set(facts.startTicks.subarray(0, rowCount), from)
    this.columns.endTicks.set(facts.endTicks.subarray(0, rowCount), from)
    for (const name of COPIED) this.columns[name].set(facts[name].subarray(0, rowCount), from)
  }

  #copyTexts(facts: FactsColumns, from: number, textIndices: Int32Array): void {
    for (const name of TEXTS) {
      const source = facts[name]
      const target = this.columns[name]
      for (let row = 0; row < facts.rowCount; row++) target[from + row] = textIndices[source[row] ?? -1] ?? -1
    }
  }

  #copySessionIds(ids: IdColumn, from: number, end: number, textIndices: Int32Array): void {
    this.sessionBytes.set(ids.bytes.subarray(0, (end - from) * GUID_BYTES), from * GUID_BYTES)
    this.columns.sessionForms.set(ids.forms.subarray(0, end - from), from)
    if (!ids.forms.includes(IdForm.text)) return
    const view = new DataView(this.sessionBytes.buffer)
    for (let row = from; row < end; row++) {
      if (ids.forms[row - from] !== IdForm.text) continue
      this.sessionBytes.fill(0, row * GUID_BYTES, (row + 1) * GUID_BYTES)
      view.setInt32(row * GUID_BYTES, textIndices[textIndexOf(ids, row - from)] ?? -1, true)
    }
  }

  #copyProvenance(facts: FactsColumns, from: number, base: BlockBase): void {
    const { line, record, call, input } = this.columns
    for (let row = 0; row < facts.rowCount; row++) {
      line[from + row] = (facts.line[row] ?? 0) + base.line
      record[from + row] = (facts.record[row] ?? 0) + base.record
    }
    call.fill(-1, from, from + facts.rowCount)
    input.fill(base.input, from, from + facts.rowCount)
  }

  /** Rows of one envelope mostly follow each other. */
  #copyEnvelopes(facts: FactsColumns, from: number, numberOfEnvelope: (byteOffset: number) => number): void {
    const { envelope } = this.columns
    let last = facts.envelope[0] ?? 0
    let number = numberOfEnvelope(last)
    for (let row = 0; row < facts.rowCount; row++) {
      const byteOffset = facts.envelope[row] ?? 0
      if (byteOffset !== last) number = numberOfEnvelope(byteOffset)
      last = byteOffset
      envelope[from + row] = number
    }
  }

  #internParticipants(facts: FactsColumns, from: number, textIndices: Int32Array): void {
    const callerWords = guidWords(facts.callerId.bytes)
    const calleeWords = guidWords(facts.calleeId.bytes)
    const { caller, callee } = this.columns
    for (let row = 0; row < facts.rowCount; row++) {
      caller[from + row] = this.#internParticipant(facts.callerId, callerWords, row, textIndices)
      callee[from + row] = this.#internParticipant(facts.calleeId, calleeWords, row, textIndices)
    }
  }

  #internParticipant(ids: IdColumn, words: Uint32Array, row: number, textIndices: Int32Array): number {
    const form = ids.forms[row]
    if (form === IdForm.guid) return this.participants.internGuid(words, row * 4)
    if (form === IdForm.text) return this.participants.internText(textIndices[textIndexOf(ids, row)] ?? 0)
    return -1
  }
}
