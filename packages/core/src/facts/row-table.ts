/**
 * The rows of all inputs: one for each session that was accepted when it was decoded, in input order. Blocks are
 * appended and their relative numbers made the input's; the tail can be taken back.
 */
import { IdForm, TEXT_COLUMNS, type FactsColumns, type IdColumn } from "../worker/protocol.ts"
import { GUID_BYTES } from "./guid.ts"
import { IdTable } from "./id-table.ts"
import { GroupBuffers } from "./packed-group.ts"
import type { OpenGroup, RowStore } from "./row-columns.ts"
import { RowGroups } from "./row-groups.ts"
import type { StringTable } from "./string-table.ts"
import type { MemoryAccount, WorkSpace } from "./work-space.ts"

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

/** What the counters of a block are relative to. */
export interface BlockBase {
  readonly input: number
  readonly line: number
  readonly record: number
}

/** Rows of a block, and where they go. */
interface Piece {
  readonly facts: FactsColumns
  /** Rows of the block: from, to, not included. */
  readonly from: number
  readonly to: number
  readonly target: OpenGroup
  /** Row of the group at which the first goes. */
  readonly at: number
}

/** The growing table. */
export class RowTable {
  readonly groups: RowGroups
  /** Identities, numbered in the order of the rows, caller before callee. */
  participants = new IdTable()
  readonly #strings: StringTable
  readonly #account: MemoryAccount
  #dictionaryBytes = 0

  constructor(strings: StringTable, space: WorkSpace) {
    this.#account = space.rows
    this.#strings = strings
    this.groups = new RowGroups(space)
  }

  get rowCount(): number {
    return this.groups.rowCount
  }

  /** Appends a block's rows; `numberOfEnvelope` as in `EnvelopeTable.numberOf`. */
  append(facts: FactsColumns, base: BlockBase, numberOfEnvelope: (byteOffset: number) => number): void {
    if (facts.rowCount === 0) return
    this.#accountDictionaries()
    const texts = this.#strings.internAll(facts.strings)
    const { store } = this.groups
    store.setNumbers(texts)
    for (let from = 0; from < facts.rowCount;) {
      const target = this.groups.open()
      const at = target.rowCount
      const to = Math.min(facts.rowCount, from + this.groups.groupRows - at)
      const piece = { facts, from, to, target, at }
      copyColumns(piece)
      copyTexts(piece, store)
      copySessionIds(piece, store)
      copyProvenance(piece, store, base)
      copyEnvelopes(piece, numberOfEnvelope)
      this.#internParticipants(piece, texts)
      target.rowCount = at + to - from
      from = to
    }
  }

  /** Drops all rows from `firstRow` on that begin at or after a byte; rows from there on are of one input. */
  takeBack(firstRow: number, byteOffset: number): void {
    this.groups.truncate(this.#rowAt(firstRow, byteOffset))
  }

  /** Drops identities that no row names any more, and numbers the others in the order of the rows again. */
  compactParticipants(): void {
    const table = new IdTable()
    const numbers = new Int32Array(this.participants.count).fill(-1)
    const renumber = (side: Int32Array, row: number): void => {
      const old = side[row] ?? -1
      if (old < 0) return
      if ((numbers[old] ?? -1) < 0) numbers[old] = this.participants.copyTo(table, old)
      side[row] = numbers[old] ?? -1
    }
    this.groups.change(0, ["caller", "callee"], -1, ({ columns, rowCount }, from) => {
      for (let row = from; row < rowCount; row++) {
        renumber(columns.caller, row)
        renumber(columns.callee, row)
      }
    })
    this.participants = table
  }

  /** Gives rows from one on the envelope that `change` says for the one they have; it is given none of -1. */
  changeEnvelopes(firstRow: number, change: (envelope: number) => number): void {
    this.groups.change(firstRow, ["envelope"], -1, ({ columns: { envelope }, rowCount }, from) => {
      let last = -1
      let changed = -1
      for (let row = from; row < rowCount; row++) {
        const value = envelope[row] ?? -1
        if (value !== last) changed = value < 0 ? value : change(value)
        last = value
        envelope[row] = changed
      }
    })
  }

  /** The first row from `firstRow` on that begins at or after a byte. */
  #rowAt(firstRow: number, byteOffset: number): number {
    const buffers = new GroupBuffers()
    let low = firstRow
    let high = this.rowCount
    while (low < high) {
      const middle = (low + high) >>> 1
      const group = this.groups.at(middle, buffers)
      if ((group.columns.byteOffset[middle - group.firstRow] ?? 0) < byteOffset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Dictionaries cannot lie in a file, so there is the less room for rows. */
  #accountDictionaries(): void {
    const bytes = this.participants.byteLength + this.#strings.byteLength
    this.#account.require(bytes - this.#dictionaryBytes)
    this.#dictionaryBytes = bytes
  }

  /** `texts`: by index of a text in the block, its index in the table. */
  #internParticipants({ facts, from, to, target, at }: Piece, texts: Int32Array): void {
    const caller = target.columns.caller.subarray(at, at + to - from)
    const callee = target.columns.callee.subarray(at, at + to - from)
    this.participants.internRows(
      idsOf(facts.callerId, from, to),
      idsOf(facts.calleeId, from, to),
      caller,
      callee,
      texts,
    )
  }
}

function idsOf({ bytes, forms }: IdColumn, from: number, to: number): IdColumn {
  return { bytes: bytes.subarray(from * GUID_BYTES, to * GUID_BYTES), forms: forms.subarray(from, to) }
}

function copyColumns({ facts, from, to, target, at }: Piece): void {
  const { columns } = target
  columns.startTicks.set(facts.startTicks.subarray(from, to), at)
  columns.endTicks.set(facts.endTicks.subarray(from, to), at)
  for (const name of COPIED) columns[name].set(facts[name].subarray(from, to), at)
}

function copyTexts({ facts, from, to, target, at }: Piece, store: RowStore): void {
  for (const name of TEXT_COLUMNS) {
    target.columns[name].set(facts[name].subarray(from, to), at)
    store.renumber(name, { from: at, count: to - from })
  }
}

function copySessionIds({ facts, from, to, target, at }: Piece, store: RowStore): void {
  const { bytes, forms } = idsOf(facts.sessionId, from, to)
  target.sessionBytes.set(bytes, at * GUID_BYTES)
  target.columns.sessionForms.set(forms, at)
  store.renumberIds("sessionForms", IdForm.text, { from: at, count: to - from })
}

function copyProvenance({ facts, from, to, target, at }: Piece, store: RowStore, base: BlockBase): void {
  for (const name of ["line", "record"] as const) {
    target.columns[name].set(facts[name].subarray(from, to), at)
    store.add(name, { from: at, count: to - from }, base[name])
  }
  target.columns.input.fill(base.input, at, at + to - from)
}

/** Rows of one envelope mostly follow each other. */
function copyEnvelopes({ facts, from, to, target, at }: Piece, numberOfEnvelope: (byteOffset: number) => number): void {
  const { envelope } = target.columns
  let last = facts.envelope[from] ?? 0
  let number = numberOfEnvelope(last)
  if (isUniform(facts.envelope.subarray(from, to))) {
    envelope.fill(number, at, at + to - from)
    return
  }
  for (let row = from; row < to; row++) {
    const byteOffset = facts.envelope[row] ?? 0
    if (byteOffset !== last) number = numberOfEnvelope(byteOffset)
    last = byteOffset
    envelope[at + row - from] = number
  }
}

/** Whether all values are alike, as where there is no envelope: told at the speed of memory. */
function isUniform({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }: Float64Array): boolean {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  return Buffer.compare(bytes.subarray(BYTES_PER_ELEMENT), bytes.subarray(0, -BYTES_PER_ELEMENT)) === 0
}
