/** Known calls by their numbers: what they say is looked up in the columns when it is asked for, so that a call costs few bytes. */
import { EnvelopeFlag } from "../worker/protocol.ts"
import type { EnvelopeTable } from "./envelope-table.ts"
import { NO_BOUND, type Call, type CallBounds, type Calls } from "./facts.ts"
import type { Pages } from "./pages.ts"
import type { Texts } from "./string-table.ts"
import type { Versions } from "./versions.ts"

/** What calls are looked up in. */
export interface CallSources {
  readonly envelopes: EnvelopeTable
  readonly strings: Texts
  readonly versions: Versions
  readonly pages: Pages
}

/** All calls. */
export class KnownCalls implements Calls {
  readonly count: number
  readonly #sources: CallSources

  constructor(sources: CallSources) {
    this.count = sources.versions.taken.length
    this.#sources = sources
  }

  get(call: number): Call | undefined {
    return call >= 0 && call < this.count ? new KnownCall(this.#sources, call) : undefined
  }

  types(): Int32Array {
    const { envelopes, versions } = this.#sources
    const { type } = envelopes.columns
    return versions.taken.map((index) => type[index] ?? -1)
  }

  openCount(): number {
    return this.#sources.pages.ofCall.open().length
  }

  bounds(): CallBounds | null {
    const { versions, envelopes } = this.#sources
    const { flags } = envelopes.columns
    const [starts, ends] = [wordsOf(envelopes.columns.startTicks), wordsOf(envelopes.columns.endTicks)]
    const earliest = new BigInt64Array(this.count).fill(NO_BOUND.earliest)
    const latest = new BigInt64Array(this.count).fill(NO_BOUND.latest)
    const [firstWords, lastWords] = [wordsOf(earliest), wordsOf(latest)]
    let hasAny = false
    for (let call = 0; call < this.count; call++) {
      const index = versions.taken[call] ?? -1
      const bits = (flags[index] ?? 0) & BOTH_DATES
      if (bits === 0 || (bits === BOTH_DATES && isBefore(ends, starts, index))) continue
      hasAny = true
      if ((bits & EnvelopeFlag.hasStart) !== 0) copyWords(starts, index, firstWords, call)
      if ((bits & EnvelopeFlag.hasEnd) !== 0) copyWords(ends, index, lastWords, call)
    }
    return hasAny ? { earliest, latest } : null
  }
}

const BOTH_DATES = EnvelopeFlag.hasStart | EnvelopeFlag.hasEnd

/** One call. */
class KnownCall implements Call {
  readonly #sources: CallSources
  readonly #call: number

  constructor(sources: CallSources, call: number) {
    this.#sources = sources
    this.#call = call
  }

  get id(): string {
    return this.#sources.envelopes.calls.show(this.#call)
  }

  get version(): string | null {
    return this.#sources.envelopes.version(this.#taken)?.toString() ?? null
  }

  get type(): string | null {
    const { envelopes, strings } = this.#sources
    return strings.get(envelopes.columns.type[this.#taken] ?? -1) ?? null
  }

  get startTicks(): bigint | null {
    return this.#ticks("startTicks", EnvelopeFlag.hasStart)
  }

  get endTicks(): bigint | null {
    return this.#ticks("endTicks", EnvelopeFlag.hasEnd)
  }

  get lastModifiedTicks(): bigint | null {
    return this.#ticks("lastModifiedTicks", EnvelopeFlag.hasLastModified)
  }

  get isOpen(): boolean {
    return this.#sources.pages.ofCall.isOpen(this.#call)
  }

  /** Table index of the callRecord that is taken for it, or -1. */
  get #taken(): number {
    return this.#sources.versions.taken[this.#call] ?? -1
  }

  #ticks(name: "startTicks" | "endTicks" | "lastModifiedTicks", flag: number): bigint | null {
    const { columns } = this.#sources.envelopes
    const isKnown = ((columns.flags[this.#taken] ?? 0) & flag) !== 0
    return isKnown ? (columns[name][this.#taken] ?? null) : null
  }
}

/** 64-bit numbers as pairs of words, the lower one first: none becomes a BigInt. */
function wordsOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length)
}

/** Whether a number of the left column is less than that of the right one. */
function isBefore(left: Int32Array, right: Int32Array, index: number): boolean {
  const [leftHigh, rightHigh] = [left[2 * index + 1] ?? 0, right[2 * index + 1] ?? 0]
  return leftHigh === rightHigh ? (left[2 * index] ?? 0) >>> 0 < (right[2 * index] ?? 0) >>> 0 : leftHigh < rightHigh
}

function copyWords(from: Int32Array, index: number, to: Int32Array, call: number): void {
  to[2 * call] = from[2 * index] ?? 0
  to[2 * call + 1] = from[2 * index + 1] ?? 0
}
