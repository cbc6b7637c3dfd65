/** A run of NUL bytes between records, and of the white space among them: what a disk leaves of a file that was not flushed. */
import { ByteClass, CLASS, LF } from "./byte-class.ts"
import type { Cursor } from "./cursor.ts"
import { SpanDigest } from "./span-digest.ts"

export class NulRun {
  readonly byteOffset: number
  readonly line: number
  /** Whether it is the whole content of a line of NDJSON: then it ends with the line, and is hashed and not kept. */
  readonly isLine: boolean
  /** Those of its bytes that are NUL. */
  nulBytes = 0
  readonly #digest: SpanDigest | null

  /** Begins at the cursor. */
  constructor(cursor: Cursor, isLine: boolean) {
    this.byteOffset = cursor.byteOffset
    this.line = cursor.line
    this.isLine = isLine
    this.#digest = isLine ? new SpanDigest(cursor.byteOffset) : null
  }

  /** Scans up to `end`, or to a byte that does not belong to the run, which it gives. Line ends do in documents. */
  scan(cursor: Cursor, end: number, isLines: boolean): number | null {
    const { bytes, base } = cursor
    for (let at = cursor.index; at < end - base; at++) {
      const byte = bytes[at] ?? 0
      if (byte === 0) this.nulBytes += 1
      else if (byte === LF && !isLines) cursor.line += 1
      else if (CLASS[byte] !== ByteClass.space) {
        cursor.byteOffset = base + at
        return byte
      }
    }
    cursor.byteOffset = end
    return null
  }

  /** Takes up what was scanned, where it is hashed. */
  update(cursor: Cursor): void {
    this.#digest?.update(cursor.bytes, cursor.base, cursor.byteOffset)
  }

  /** The digest of the line, which ends before the cursor. */
  digest(cursor: Cursor): Uint8Array | null {
    this.update(cursor)
    return this.#digest?.digest() ?? null
  }
}
