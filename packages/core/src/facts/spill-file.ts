/** A temporary file that is written from its beginning to its end in large pieces, and read anywhere. */
import { readSync, writeSync } from "node:fs"
import { SpillError } from "./spill-error.ts"
import type { TemporaryFolder } from "./temporary-folder.ts"

const BUFFER_BYTES = 2 ** 18

/** One file in the folder; made when the first bytes have to go there. */
export class SpillFile {
  readonly #folder: TemporaryFolder
  #file: { readonly path: string; readonly descriptor: number } | null = null
  #buffer = new Uint8Array(0)
  #buffered = 0
  /** Bytes that are in the file itself. */
  #written = 0

  constructor(folder: TemporaryFolder) {
    this.#folder = folder
  }

  /** Bytes that were appended. */
  get byteLength(): number {
    return this.#written + this.#buffered
  }

  /** Appends bytes; where they begin. Throws a `SpillError` where they cannot be written. */
  append(bytes: Uint8Array): number {
    const at = this.byteLength
    if (this.#buffered + bytes.length > this.#buffer.length) this.#flush()
    if (bytes.length >= BUFFER_BYTES) {
      this.#write(bytes)
      return at
    }
    if (this.#buffer.length === 0) this.#buffer = new Uint8Array(BUFFER_BYTES)
    this.#buffer.set(bytes, this.#buffered)
    this.#buffered += bytes.length
    return at
  }

  /** Fills `target` with the bytes from `at` on. Throws a `SpillError` where they cannot be read. */
  read(at: number, target: Uint8Array): void {
    if (at >= this.#written) {
      target.set(this.#buffer.subarray(at - this.#written, at - this.#written + target.length))
      return
    }
    if (at + target.length > this.#written) this.#flush()
    this.#readWhole(at, target)
  }

  /** Removes the file. */
  close(): void {
    if (this.#file !== null) this.#folder.removeFile(this.#file.descriptor)
    this.#file = null
  }

  #flush(): void {
    if (this.#buffered > 0) this.#write(this.#buffer.subarray(0, this.#buffered))
    this.#buffered = 0
  }

  #write(bytes: Uint8Array): void {
    this.#file ??= this.#folder.openFile()
    const { path, descriptor } = this.#file
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(descriptor, bytes, done, bytes.length - done, this.#written + done)
      }
    } catch (cause) {
      throw new SpillError(path, "facts cannot be kept in", cause)
    }
    this.#written += bytes.length
  }

  #readWhole(at: number, target: Uint8Array): void {
    const { path = "", descriptor = -1 } = this.#file ?? {}
    try {
      for (let done = 0; done < target.length;) {
        const count = readSync(descriptor, target, done, target.length - done, at + done)
        if (count === 0) throw new Error("the file has become shorter")
        done += count
      }
    } catch (cause) {
      throw new SpillError(path, "facts cannot be read again from", cause)
    }
  }
}
