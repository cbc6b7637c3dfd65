/** The columns of a block while they are filled, and the texts they refer to. */
import type { FactsColumns } from "../worker/protocol.ts"
import { BlockTexts } from "./block-texts.ts"
import { copyColumns } from "./copy-columns.ts"
import { capacityOf, columnsOver, FACT_ROW_BYTES, receivedFacts, type MutableColumns } from "./fact-columns.ts"
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

/** Fills columns row by row. */
export class RowBuilder {
  #rowCount = 0
  #buffer: ArrayBufferLike
  #capacity: number
  #columns: MutableColumns
  readonly #texts = new BlockTexts()

  /** The columns lie in `memory`, whatever it holds, as long as there is room for them. */
  constructor(memory: ArrayBufferLike = new ArrayBuffer(0)) {
    this.#buffer = memory
    this.#capacity = capacityOf(memory)
    this.#columns = columnsOver(memory)
  }

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
    this.#texts.setId(columns.sessionId, row, facts.sessionId)
    this.#texts.setId(columns.callerId, row, facts.callerId)
    this.#texts.setId(columns.calleeId, row, facts.calleeId)
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
    return this.#texts.indexOf(text)
  }

  /** Takes back the rows from a byte of the stream on. */
  takeBack(byteOffset: number): void {
    while (this.#rowCount > 0 && (this.#columns.byteOffset[this.#rowCount - 1] ?? 0) >= byteOffset) this.#rowCount -= 1
  }

  /** The rows, as `columnsOver` lays them. The builder may not be used any more. */
  columns(): FactsColumns {
    return receivedFacts({ buffer: this.#buffer, rowCount: this.#rowCount, strings: this.#texts.list })
  }

  /** To that many rows, in memory of their own. */
  #grow(capacity: number): void {
    this.#buffer = new ArrayBuffer(FACT_ROW_BYTES * capacity)
    this.#capacity = capacity
    const grown = columnsOver(this.#buffer)
    copyColumns(this.#columns, grown)
    this.#columns = grown
  }
}
