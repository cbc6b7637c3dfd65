/** The element that is being scanned: a value from its first byte on, or the rest of an envelope behind its list. */
import type { Cursor } from "./cursor.ts"
import type { ElementRole, Envelope, List } from "./envelope.ts"
import { SpanDigest } from "./span-digest.ts"

export class OpenElement {
  readonly byteOffset: number
  readonly line: number
  /** The list that it is an element of, if it is no value of the input's sequence. */
  readonly list: List | undefined
  /** Whether it is an object that becomes an envelope by a list key. */
  readonly isWatched: boolean
  /** The envelope whose rest this is, or null. */
  readonly resumed: Envelope | null
  /** A bracket so far was too deep. */
  isTooDeep: boolean
  /** Colons outside strings so far; of the rest of an envelope with those before its list. */
  memberCount: number
  /** Set once it is larger than the limit: its bytes are hashed as they pass, and not kept. */
  #digest: SpanDigest | null = null

  /** Begins at the cursor. */
  constructor(cursor: Cursor, list: List | undefined, isWatched: boolean, resumed: Envelope | null = null) {
    this.byteOffset = cursor.byteOffset
    this.line = cursor.line
    this.list = list
    this.isWatched = isWatched
    this.resumed = resumed
    this.isTooDeep = resumed?.isTooDeep ?? false
    this.memberCount = resumed?.memberCount ?? 0
  }

  get role(): ElementRole {
    return this.list?.role ?? "item"
  }

  /** Brackets that are open around it, in the record. */
  get outerDepth(): number {
    return this.list?.depth ?? 0
  }

  /** Whether its bytes must stay in memory. */
  get isKept(): boolean {
    return this.#digest === null
  }

  /** Takes up what was scanned, if that is more than may be kept. */
  digestLarge(cursor: Cursor, maxRecordBytes: number): void {
    if (cursor.byteOffset - this.byteOffset > maxRecordBytes) this.#digest ??= new SpanDigest(this.byteOffset)
    this.#digest?.update(cursor.bytes, cursor.base, cursor.byteOffset)
  }

  /** The digest of the element, which ends before `end`. */
  digest(cursor: Cursor, end: number): Uint8Array {
    const digest = this.#digest ?? new SpanDigest(this.byteOffset)
    return digest.update(cursor.bytes, cursor.base, end).digest()
  }
}
