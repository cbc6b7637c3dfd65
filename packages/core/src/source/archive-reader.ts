/**
 * What yauzl reads an archive by. Reads of a directory are small and close together, so a window of the file is kept;
 * a place outside of the file is an error for yauzl, and what yauzl throws on damage comes out as `failure`.
 */
import { Readable } from "node:stream"
import { RandomAccessReader } from "yauzl"
import type { StoredFile } from "./stored-file.ts"

const WINDOW_BYTES = 64 * 1024

type ReadCallback = (cause: Error | null, bytesRead?: number) => void

export class ArchiveReader extends RandomAccessReader {
  readonly sizeBytes: number
  /** Rejects with what was thrown where nobody could catch it; else never settles. */
  readonly failure: Promise<never>
  readonly #file: StoredFile
  #window: Buffer = Buffer.alloc(0)
  #windowOffset = 0
  #fail: (cause: unknown) => void = () => {}

  constructor(file: StoredFile, sizeBytes: number) {
    super()
    this.#file = file
    this.sizeBytes = sizeBytes
    this.failure = new Promise((_resolve, reject) => {
      this.#fail = reject
    })
    // It may come when nobody waits any more.
    this.failure.catch(() => {})
  }

  /** Up to `byteCount` bytes, fewer at the end of the file. */
  async bytesAt(byteOffset: number, byteCount: number): Promise<Buffer> {
    if (byteOffset < this.#windowOffset || byteOffset + byteCount > this.#windowOffset + this.#window.length) {
      this.#window = await this.#load(byteOffset, Math.max(byteCount, WINDOW_BYTES))
      this.#windowOffset = byteOffset
    }
    const at = byteOffset - this.#windowOffset
    return this.#window.subarray(at, at + byteCount)
  }

  async #load(byteOffset: number, byteCount: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    if (byteOffset < this.sizeBytes) {
      for await (const chunk of this.#file.range(byteOffset, Math.min(byteCount, this.sizeBytes - byteOffset)))
        parts.push(chunk)
    }
    return Buffer.concat(parts)
  }

  override read(target: Buffer, at: number, length: number, position: number, callback: ReadCallback): void {
    this.#answer(target.subarray(at, at + length), position, callback).catch(this.#fail)
  }

  async #answer(target: Buffer, position: number, callback: ReadCallback): Promise<void> {
    const bytes = await this.bytesAt(position, target.length).catch(asError)
    if (bytes instanceof Error) callback(bytes)
    else callback(null, bytes.copy(target))
  }

  /** yauzl is asked for the directory alone; entries are read from the file. */
  override _readStreamForRange(): Readable {
    return Readable.from([])
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause))
}
