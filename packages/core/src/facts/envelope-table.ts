/**
 * The callRecords and pages of all inputs in the order in which they close, and which of them names the call of
 * what lies in it. Blocks name an envelope by its first byte; here it gets a number in the input as soon as it is named.
 * When the input ends, rows name a table index.
 */
import { NO_ENVELOPE } from "../framing/block.ts"
import type { EnvelopeFact } from "../worker/protocol.ts"
import { CallIds } from "./call-ids.ts"
import { emptyColumns, grown, reserve } from "./columns.ts"
import type { BlockBase } from "./row-table.ts"
import type { StringTable } from "./string-table.ts"

const ENVELOPE_COLUMNS = {
  /** `EnvelopeKind`. */
  kind: Uint8Array,
  /** Bits of `EnvelopeFlag`. */
  flags: Uint8Array,
  /** Number of the call that it names, or -1. */
  call: Int32Array,
  /** Index of the call id's text as written here, or -1 where it is a GUID. */
  callText: Int32Array,
  /** Indices of texts, or -1. */
  version: Int32Array,
  type: Int32Array,
  /** Ticks; meaningful where the flag says so. */
  startTicks: BigInt64Array,
  endTicks: BigInt64Array,
  lastModifiedTicks: BigInt64Array,
  /** -1 where none is declared. */
  declaredCount: Float64Array,
  elementCount: Float64Array,
  input: Int32Array,
  /** Its number in the input, and its parent's or -1. */
  number: Int32Array,
  parent: Int32Array,
  byteOffset: Float64Array,
  byteLength: Float64Array,
  line: Float64Array,
  record: Float64Array,
} as const

/** What an envelope is; see `EnvelopeFact.kind`. */
export const EnvelopeKind = { callRecord: 0, sessionsPage: 1, callsPage: 2, wrapper: 3 } as const

/** Bits of the column `flags`. */
export const EnvelopeFlag = {
  hasNextLink: 1,
  /** A list was framed; else it is a callRecord without sessions. */
  hasList: 2,
  hasStart: 4,
  hasEnd: 8,
  hasLastModified: 16,
} as const

/** No envelope names the call. */
export const UNNAMED = -1
/** An envelope around it has not closed yet. */
export const STILL_OPEN = -2

/** The growing table. */
export class EnvelopeTable {
  count = 0
  readonly columns = emptyColumns(ENVELOPE_COLUMNS)
  calls: CallIds
  readonly #strings: StringTable
  /** By first byte in the current input, until `forgetClosed`. */
  readonly #numbers = new Map<number, number>()
  #numberCount = 0
  /** By number in the current input: table index + 1, 0 while it is open. */
  #indexOfNumber = new Int32Array(0)

  constructor(strings: StringTable) {
    this.#strings = strings
    this.calls = new CallIds(strings)
  }

  /** Forgets the numbers of the last input. */
  beginInput(): void {
    this.#numbers.clear()
    this.#numberCount = 0
    this.#indexOfNumber = new Int32Array(0)
  }

  /** The number in the current input of the envelope that begins at a byte; -1 for NO_ENVELOPE. */
  numberOf(byteOffset: number): number {
    if (byteOffset === NO_ENVELOPE) return -1
    const known = this.#numbers.get(byteOffset)
    if (known !== undefined) return known
    const number = this.#numberCount++
    this.#numbers.set(byteOffset, number)
    return number
  }

  /** Forgets the first bytes of envelopes that have closed, when nothing names them by these any more. */
  forgetClosed(facts: readonly EnvelopeFact[]): void {
    for (const { byteOffset } of facts) this.#numbers.delete(byteOffset)
  }

  /** Appends an envelope that closed; gives its table index. */
  append(fact: EnvelopeFact, base: BlockBase): number {
    const index = this.count++
    if (this.count > this.columns.kind.length) reserve(this.columns, this.count)
    this.#setContent(fact, index)
    this.#setPlace(fact, index, base)
    const number = this.columns.number[index] ?? -1
    this.#indexOfNumber = grown(this.#indexOfNumber, number + 1)
    this.#indexOfNumber[number] = index + 1
    return index
  }

  /** Drops the envelopes from `firstEnvelope` on that begin at or after a byte; these are the last that closed. */
  takeBack(firstEnvelope: number, byteOffset: number): void {
    const { byteOffset: begins, number } = this.columns
    while (this.count > firstEnvelope && (begins[this.count - 1] ?? 0) >= byteOffset) {
      this.count -= 1
      this.#indexOfNumber[number[this.count] ?? -1] = 0
    }
  }

  /**
   * The innermost callRecord or page of sessions at or around the envelope with this number: it alone says which
   * call its sessions are of, even where it names none. UNNAMED without one, STILL_OPEN where that is not known yet.
   */
  naming(number: number): number {
    const { kind, parent } = this.columns
    for (let at = number; at >= 0;) {
      const index = (this.#indexOfNumber[at] ?? 0) - 1
      if (index < 0) return STILL_OPEN
      if (kind[index] === EnvelopeKind.callRecord || kind[index] === EnvelopeKind.sessionsPage) return index
      at = parent[index] ?? -1
    }
    return UNNAMED
  }

  /** The id of the call that an envelope names, as written there (a GUID in lower case), or null. */
  callId(index: number): string | null {
    const call = this.columns.call[index] ?? -1
    if (call < 0) return null
    return this.#strings.get(this.columns.callText[index] ?? -1) ?? this.calls.show(call)
  }

  /** Drops calls that no envelope names any more, and numbers the others in the order of the envelopes again. */
  compactCalls(): void {
    const calls = new CallIds(this.#strings)
    const { call } = this.columns
    for (let index = 0; index < this.count; index++) {
      const id = this.callId(index)
      if (id !== null) call[index] = calls.intern(id)
    }
    this.calls = calls
  }

  #setContent(fact: EnvelopeFact, index: number): void {
    const { columns } = this
    columns.kind[index] = EnvelopeKind[fact.kind]
    columns.flags[index] = flagsOf(fact)
    const call = fact.callId === null ? -1 : this.calls.intern(fact.callId)
    columns.call[index] = call
    columns.callText[index] = fact.callId !== null && this.calls.isText(call) ? this.#strings.intern(fact.callId) : -1
    columns.version[index] = fact.version === null ? -1 : this.#strings.intern(fact.version)
    columns.type[index] = fact.type === null ? -1 : this.#strings.intern(fact.type)
    columns.startTicks[index] = fact.startTicks ?? 0n
    columns.endTicks[index] = fact.endTicks ?? 0n
    columns.lastModifiedTicks[index] = fact.lastModifiedTicks ?? 0n
    columns.declaredCount[index] = fact.declaredCount ?? -1
    columns.elementCount[index] = fact.elementCount
  }

  #setPlace(fact: EnvelopeFact, index: number, base: BlockBase): void {
    const { columns } = this
    columns.input[index] = base.input
    columns.number[index] = this.numberOf(fact.byteOffset)
    columns.parent[index] = this.numberOf(fact.parent)
    columns.byteOffset[index] = fact.byteOffset
    columns.byteLength[index] = fact.byteLength
    columns.line[index] = fact.line + base.line
    columns.record[index] = fact.record + base.record
  }
}

function flagsOf(fact: EnvelopeFact): number {
  return (
    (fact.hasNextLink ? EnvelopeFlag.hasNextLink : 0) |
    (fact.hasList ? EnvelopeFlag.hasList : 0) |
    (fact.startTicks === null ? 0 : EnvelopeFlag.hasStart) |
    (fact.endTicks === null ? 0 : EnvelopeFlag.hasEnd) |
    (fact.lastModifiedTicks === null ? 0 : EnvelopeFlag.hasLastModified)
  )
}
