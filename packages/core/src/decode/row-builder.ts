/** The columns of a block while they are filled, and the texts they refer to. */
import type { FactsColumns, IdColumn } from "../worker/protocol.ts"
import { IdForm } from "../worker/protocol.ts"
import { writeGuid } from "../model/identity.ts"

const GUID_BYTES = 16

/** One accepted session, before it is a row. Texts are null where there are none. */
export interface Row {
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
  readonly findings: number
  readonly envelope: number
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly record: number
  readonly sessionIndex: number
}

/** Collects rows into columns. */
export class RowBuilder {
  readonly #rows: Row[] = []

  get rowCount(): number {
    return this.#rows.length
  }

  add(row: Row): void {
    this.#rows.push(row)
  }

  /** Takes back the rows of a record and all after it. */
  takeBack(record: number): void {
    while ((this.#rows.at(-1)?.record ?? -Infinity) >= record) this.#rows.pop()
  }

  /** The columns, each of exactly as many elements as there are rows. */
  columns(): FactsColumns {
    const rows = this.#rows
    const texts = new Texts()
    const index = (of: (row: Row) => string | null): Int32Array => Int32Array.from(rows, (row) => texts.indexOf(of(row)))
    return {
      rowCount: rows.length,
      startTicks: BigInt64Array.from(rows, (row) => row.startTicks),
      endTicks: BigInt64Array.from(rows, (row) => row.endTicks),
      sessionId: idColumn(rows, (row) => row.sessionId, texts),
      callerId: idColumn(rows, (row) => row.callerId, texts),
      calleeId: idColumn(rows, (row) => row.calleeId, texts),
      callerKind: Uint8Array.from(rows, (row) => row.callerKind),
      calleeKind: Uint8Array.from(rows, (row) => row.calleeKind),
      callerTenant: index((row) => row.callerTenant),
      calleeTenant: index((row) => row.calleeTenant),
      callerName: index((row) => row.callerName),
      calleeName: index((row) => row.calleeName),
      modalities: Uint8Array.from(rows, (row) => row.modalities),
      flags: Uint8Array.from(rows, (row) => row.flags),
      failureStage: index((row) => row.failureStage),
      failureReason: index((row) => row.failureReason),
      endpoints: index((row) => row.endpoints),
      unknownProperties: index((row) => row.unknownProperties),
      findings: Uint32Array.from(rows, (row) => row.findings),
      envelope: Float64Array.from(rows, (row) => row.envelope),
      byteOffset: Float64Array.from(rows, (row) => row.byteOffset),
      byteLength: Uint32Array.from(rows, (row) => row.byteLength),
      line: Float64Array.from(rows, (row) => row.line),
      record: Float64Array.from(rows, (row) => row.record),
      sessionIndex: Int32Array.from(rows, (row) => row.sessionIndex),
      strings: texts.all,
    }
  }
}

/** Each text once. */
class Texts {
  readonly all: string[] = []
  readonly #indices = new Map<string, number>()

  indexOf(text: string | null): number {
    if (text === null) return -1
    const known = this.#indices.get(text)
    if (known !== undefined) return known
    const index = this.all.push(text) - 1
    this.#indices.set(text, index)
    return index
  }
}

function idColumn(rows: readonly Row[], of: (row: Row) => string | null, texts: Texts): IdColumn {
  const bytes = new Uint8Array(GUID_BYTES * rows.length)
  const forms = new Uint8Array(rows.length)
  const view = new DataView(bytes.buffer)
  rows.forEach((row, index) => {
    const id = of(row)
    if (id === null) return
    const isGuid = writeGuid(id, bytes, GUID_BYTES * index)
    forms[index] = isGuid ? IdForm.guid : IdForm.text
    if (!isGuid) view.setInt32(GUID_BYTES * index, texts.indexOf(id), true)
  })
  return { bytes, forms }
}
