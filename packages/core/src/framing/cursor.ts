/**
 * A place in the stream, and the bytes around it that are in memory. All offsets are in the stream unless they are
 * called indices, which count from the first byte in memory.
 */
import { ByteClass, CLASS, LF } from "./byte-class.ts"

export class Cursor {
  /** The bytes in memory: all that is still needed, and some that were not scanned yet. */
  bytes: Uint8Array = new Uint8Array(0)
  /** Where `bytes[0]` stands. */
  base: number
  /** The first byte that was not scanned yet; never before `base` while a byte is looked at. */
  byteOffset: number
  /** Line ends before `byteOffset`, from where framing began. */
  line = 0

  constructor(byteOffset: number) {
    this.base = byteOffset
    this.byteOffset = byteOffset
  }

  /** The index of `byteOffset`. */
  get index(): number {
    return this.byteOffset - this.base
  }

  /** What was scanned from `start` on, as a view. */
  scannedFrom(start: number): Uint8Array {
    return this.bytes.subarray(start - this.base, this.index)
  }

  /** The index behind the last byte before `index` that is no white space. */
  indexBehindContent(index: number): number {
    let end = index
    while (end > 0 && isBlank(this.bytes[end - 1] ?? 0)) end -= 1
    return end
  }
}

function isBlank(byte: number): boolean {
  return byte === LF || CLASS[byte] === ByteClass.space
}
