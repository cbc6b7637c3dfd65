/**
 * The bytes of one file as they are stored: counted and hashed on the way, and compared with what the file was when it
 * was opened, so that a file that changes while it is read is noticed.
 */
import { createHash, type Hash } from "node:crypto"
import { createReadStream, type Stats } from "node:fs"
import { open, type FileHandle } from "node:fs/promises"
import { SourceFault } from "./input.ts"

const CHUNK_BYTES = 1 << 20

/** A file's name to the system: bytes where it is no UTF-8. */
export type SystemPath = string | Buffer

/** One file, or standard input. */
export class StoredFile {
  readonly #handle: FileHandle | null
  readonly #before: Stats | null
  readonly #hash: Hash | null
  readonly #chunks: AsyncGenerator<Uint8Array>
  #byteCount = 0
  #isEnded = false

  private constructor(handle: FileHandle | null, before: Stats | null, hash: boolean) {
    this.#handle = handle
    this.#before = before
    this.#hash = hash ? createHash("sha256") : null
    this.#chunks = this.#read()
  }

  /** Opens a file; `-` is standard input. Throws a `SourceFault` for what is no file or pipe. */
  static async open(path: SystemPath, hash: boolean): Promise<StoredFile> {
    if (path === "-") return new StoredFile(null, null, hash)
    const handle = await open(path, "r").catch((cause: unknown) => {
      throw unreadable(cause)
    })
    const stats = await handle.stat()
    if (stats.isFile() || stats.isFIFO()) return new StoredFile(handle, stats, hash)
    await handle.close()
    throw new SourceFault("input/unreadable", `the input is ${kindOf(stats)}, not a file; name a file, a folder or a pipe`)
  }

  /** Stored bytes read so far. */
  get byteCount(): number {
    return this.#byteCount
  }

  /** Chunks of about 1 MiB, each its own memory. Leaving them early leaves the file open for `finish`. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { done, value } = await this.#chunks.next()
      if (done === true) return
      yield value
    }
  }

  /** Reads on to the end, closes, and gives the digest. Throws a `SourceFault` where the file changed or cannot be read. */
  async finish(): Promise<{ readonly sizeBytes: number; readonly sha256: string | null }> {
    try {
      while ((await this.#chunks.next()).done !== true) continue
      await this.#checkUnchanged()
      return { sizeBytes: this.#byteCount, sha256: this.#hash?.digest("hex") ?? null }
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> {
    if (this.#isEnded) return
    this.#isEnded = true
    await this.#chunks.return(undefined)
    await this.#handle?.close()
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    const stream = this.#handle === null ? standardInput() : this.#readHandle(this.#handle)
    for await (const chunk of stream) {
      this.#byteCount += chunk.length
      this.#hash?.update(chunk)
      yield chunk
    }
  }

  /** Reads one chunk ahead, so that the disk works while the chunk before is used. */
  async *#readHandle(handle: FileHandle): AsyncGenerator<Uint8Array> {
    let ahead = readChunk(handle)
    for (;;) {
      const chunk = await ahead
      if (chunk.length === 0) return
      ahead = readChunk(handle)
      // Whoever waits for it gets its error; nobody may be waiting yet.
      ahead.catch(() => {})
      yield chunk
    }
  }

  async #checkUnchanged(): Promise<void> {
    if (this.#handle === null || this.#before === null || !this.#before.isFile()) return
    const after = await this.#handle.stat()
    const isSame = after.size === this.#before.size && after.mtimeMs === this.#before.mtimeMs && this.#byteCount === after.size
    if (!isSame) throw new SourceFault("input/changed", "the file changed while it was read; run again when nothing writes to it")
  }
}

async function readChunk(handle: FileHandle): Promise<Uint8Array> {
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, null)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw unreadable(cause)
  }
}

function standardInput(): AsyncIterable<Uint8Array> {
  return createReadStream("", { fd: 0, autoClose: false, highWaterMark: CHUNK_BYTES })
}

/** An error of the system, as one of the input. */
export function unreadable(cause: unknown): SourceFault {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error"
  return new SourceFault("input/unreadable", `the input cannot be read: ${EXPLAINED.get(code) ?? code}`)
}

const EXPLAINED: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file (ENOENT)"],
  ["EACCES", "permission is denied (EACCES)"],
  ["EPERM", "permission is denied (EPERM)"],
  ["EISDIR", "it is a folder (EISDIR)"],
  ["EIO", "the device reports an error (EIO)"],
  ["ELOOP", "symbolic links lead in a circle (ELOOP)"],
])

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder"
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return "a device"
  return stats.isSocket() ? "a socket" : "of an unknown kind"
}
