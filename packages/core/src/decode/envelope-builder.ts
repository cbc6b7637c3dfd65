/** The columns of a block's callRecords and pages while they are filled. */
import { EnvelopeFlag, EnvelopeKind, type EnvelopeColumns } from "../worker/protocol.ts"
import { BlockTexts } from "./block-texts.ts"
import { copyColumns } from "./copy-columns.ts"
import {
  envelopeCapacity,
  envelopeMemory,
  envelopesOver,
  receivedEnvelopes,
  type MutableEnvelopes,
} from "./envelope-columns.ts"

/** A callRecord or a page as it was read; what the properties mean stands at `EnvelopeColumns`. */
export interface EnvelopeFact {
  readonly hasList: boolean
  readonly parent: number
  readonly kind: keyof typeof EnvelopeKind
  /** A GUID in any letter case, or the text as written; null where it is not named. */
  readonly callId: string | null
  /** Between -2^64 and 2^64; null where there is none or it is not usable. */
  readonly version: bigint | null
  readonly type: string | null
  readonly startTicks: bigint | null
  readonly endTicks: bigint | null
  readonly lastModifiedTicks: bigint | null
  readonly hasNextLink: boolean
  readonly declaredCount: number | null
  readonly elementCount: number
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly record: number
}

const FIRST_ROWS = 64

/** Fills columns envelope by envelope. */
export class EnvelopeBuilder {
  #count = 0
  #buffer: ArrayBufferLike = envelopeMemory(0)
  #columns = envelopesOver(this.#buffer)
  readonly #texts = new BlockTexts()

  /** Adds an envelope. */
  add(fact: EnvelopeFact): void {
    this.addMany(1, (columns, row) => {
      this.#setContent(columns, row, fact)
      setPlace(columns, row, fact)
    })
  }

  /** Adds `count` envelopes that `fill` writes into the columns from the row it is given on. */
  addMany(count: number, fill: (columns: MutableEnvelopes, row: number) => void): void {
    const capacity = envelopeCapacity(this.#buffer)
    const needed = this.#count + count
    if (needed > capacity) this.#grow(Math.max(needed, 2 * capacity, FIRST_ROWS))
    fill(this.#columns, this.#count)
    this.#count += count
  }

  /** The index of a text among those of the envelopes; -1 for none. */
  indexOf(text: string | null): number {
    return this.#texts.indexOf(text)
  }

  /** Takes back the envelopes from a byte of the stream on. */
  takeBack(byteOffset: number): void {
    while (this.#count > 0 && (this.#columns.byteOffset[this.#count - 1] ?? 0) >= byteOffset) this.#count -= 1
  }

  /** The envelopes, as `envelopesOver` lays them. The builder may not be used any more. */
  columns(): EnvelopeColumns {
    return receivedEnvelopes({ buffer: this.#buffer, count: this.#count, strings: this.#texts.list })
  }

  #setContent(columns: MutableEnvelopes, row: number, fact: EnvelopeFact): void {
    columns.kind[row] = EnvelopeKind[fact.kind]
    columns.flags[row] = flagsOf(fact)
    this.#texts.setId(columns.callId, row, fact.callId)
    columns.version[row] = magnitudeOf(fact.version ?? 0n)
    columns.startTicks[row] = fact.startTicks ?? 0n
    columns.endTicks[row] = fact.endTicks ?? 0n
    columns.lastModifiedTicks[row] = fact.lastModifiedTicks ?? 0n
    columns.type[row] = this.#texts.indexOf(fact.type)
    columns.declaredCount[row] = fact.declaredCount ?? -1
    columns.elementCount[row] = fact.elementCount
  }

  #grow(capacity: number): void {
    this.#buffer = envelopeMemory(capacity)
    const grown = envelopesOver(this.#buffer)
    copyColumns(this.#columns, grown)
    this.#columns = grown
  }
}

function setPlace(columns: MutableEnvelopes, row: number, fact: EnvelopeFact): void {
  columns.parent[row] = fact.parent
  columns.byteOffset[row] = fact.byteOffset
  columns.byteLength[row] = fact.byteLength
  columns.line[row] = fact.line
  columns.record[row] = fact.record
}

function flagsOf(fact: EnvelopeFact): number {
  return (
    (fact.hasNextLink ? EnvelopeFlag.hasNextLink : 0) |
    (fact.hasList ? EnvelopeFlag.hasList : 0) |
    (fact.startTicks === null ? 0 : EnvelopeFlag.hasStart) |
    (fact.endTicks === null ? 0 : EnvelopeFlag.hasEnd) |
    (fact.lastModifiedTicks === null ? 0 : EnvelopeFlag.hasLastModified) |
    (fact.version === null ? 0 : EnvelopeFlag.hasVersion) |
    ((fact.version ?? 0n) < 0n ? EnvelopeFlag.isVersionNegative : 0)
  )
}

function magnitudeOf(number: bigint): bigint {
  return number < 0n ? -number : number
}
