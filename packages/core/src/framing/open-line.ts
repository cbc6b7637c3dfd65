/** The line of NDJSON that is being scanned. Until it ends it may still be rejected whole. */
import type { Cursor } from "./cursor.ts"
import { SpanDigest } from "./span-digest.ts"

export class OpenLine {
  /** Its first byte of content. */
  readonly byteOffset: number
  readonly line: number
  /** Its value began; nothing else may follow. */
  hasValue = false
  /** Set once bytes of the line were let go. */
  #digest: SpanDigest | null = null

  /** Begins at the cursor. */
  constructor(cursor: Cursor) {
    this.byteOffset = cursor.byteOffset
    this.line = cursor.line
  }

  /** Says that the bytes before `byteOffset`, which lies in the line, are let go: what the line has of them is hashed. */
  letGo(cursor: Cursor, byteOffset: number): void {
    this.#digest ??= new SpanDigest(this.byteOffset)
    this.#digest.update(cursor.bytes, cursor.base, byteOffset)
  }

  /** The digest of the line, which ends before the cursor. */
  digest(cursor: Cursor): Uint8Array {
    const digest = this.#digest ?? new SpanDigest(this.byteOffset)
    return digest.update(cursor.bytes, cursor.base, cursor.byteOffset).digest()
  }
}
