/**
 * The callRecords and pages of all inputs in the order in which they close, and which of them names the call of
 * what lies in it. Blocks name an envelope by its first byte; here it gets a number in the input as soon as it is named.
 * When the input ends, rows name a table index.
 */
import { NO_ENVELOPE } from "../framing/block.ts"
import { EnvelopeFlag, EnvelopeKind, IdForm, type EnvelopeColumns } from "../worker/protocol.ts"
import { CallIds } from "./call-ids.ts"
import { emptyColumns, grown, reserve } from "./columns.ts"
import { textIndexOf } from "./evidence.ts"
import { guidWords } from "./id-table.ts"
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
  /** Without its sign; meaningful where the flag says so. */
  version: BigUint64Array,
  /** Index of a text, or -1. */
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
  forgetClosed({ byteOffset, count }: EnvelopeColumns): void {
    // Mostly all have.
    if (this.#numbers.size === count) this.#numbers.clear()
    else for (let row = 0; row < count; row++) this.#numbers.delete(byteOffset[row] ?? NO_ENVELOPE)
  }

  /** Appends the envelopes of a block from `from` up to `end`, which closed. */
  append(batch: EnvelopeBatch, from: number, end: number): void {
    if (from === end) return
    const rows = { from, end, at: this.count }
    this.count += end - from
    reserve(this.columns, this.count)
    copyContent(batch, rows, this.columns)
    copyPlaces(batch, rows, this.columns)
    this.#nameCalls(batch, rows)
    this.#numberRows(batch.envelopes, rows)
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

  /** The version of an envelope; null where it has none. */
  version(index: number): bigint | null {
    const flags = this.columns.flags[index] ?? 0
    const version = (flags & EnvelopeFlag.hasVersion) === 0 ? null : (this.columns.version[index] ?? null)
    return version !== null && (flags & EnvelopeFlag.isVersionNegative) !== 0 ? -version : version
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

  /** Which calls they name. */
  #nameCalls({ envelopes, texts }: EnvelopeBatch, { from, end, at }: Rows): void {
    const { call, callText } = this.columns
    const { bytes, forms } = envelopes.callId
    const words = guidWords(bytes)
    for (let row = from; row < end; row++) {
      const to = at + row - from
      const text = forms[row] === IdForm.text ? (texts[textIndexOf(envelopes.callId, row)] ?? -1) : -1
      callText[to] = text
      if (forms[row] === IdForm.guid) call[to] = this.calls.internGuid(words, 4 * row)
      else call[to] = text < 0 ? -1 : this.calls.intern(this.#strings.get(text) ?? "")
    }
  }

  /** What numbers they and the envelopes around them have in the input. */
  #numberRows({ byteOffset, parent }: EnvelopeColumns, { from, end, at }: Rows): void {
    const { columns } = this
    // Each may be new, and the envelope around it.
    this.#indexOfNumber = grown(this.#indexOfNumber, this.#numberCount + 2 * (end - from))
    for (let row = from; row < end; row++) {
      const to = at + row - from
      const number = this.numberOf(byteOffset[row] ?? NO_ENVELOPE)
      columns.number[to] = number
      columns.parent[to] = this.numberOf(parent[row] ?? NO_ENVELOPE)
      this.#indexOfNumber[number] = to + 1
    }
  }
}

/** Envelopes of a block, what their counters are relative to, and by index of a text among theirs: its index in the table. */
export interface EnvelopeBatch {
  readonly envelopes: EnvelopeColumns
  readonly base: BlockBase
  readonly texts: Int32Array
}

/** Rows of a block from `from` to `end` that go to row `at` on. */
interface Rows {
  readonly from: number
  readonly end: number
  readonly at: number
}

type TableColumns = EnvelopeTable["columns"]

function copyContent({ envelopes, texts }: EnvelopeBatch, { from, end, at }: Rows, to: TableColumns): void {
  to.version.set(envelopes.version.subarray(from, end), at)
  for (const name of ["startTicks", "endTicks", "lastModifiedTicks"] as const)
    to[name].set(envelopes[name].subarray(from, end), at)
  for (const name of ["kind", "flags", "declaredCount", "elementCount"] as const)
    to[name].set(envelopes[name].subarray(from, end), at)
  for (let row = from; row < end; row++) to.type[at + row - from] = texts[envelopes.type[row] ?? -1] ?? -1
}

function copyPlaces({ envelopes, base }: EnvelopeBatch, { from, end, at }: Rows, to: TableColumns): void {
  to.input.fill(base.input, at, at + end - from)
  to.byteOffset.set(envelopes.byteOffset.subarray(from, end), at)
  to.byteLength.set(envelopes.byteLength.subarray(from, end), at)
  for (let row = from; row < end; row++) {
    to.line[at + row - from] = (envelopes.line[row] ?? 0) + base.line
    to.record[at + row - from] = (envelopes.record[row] ?? 0) + base.record
  }
}
