/**
 * The bytes of one file as they are stored: counted and hashed on the way, and compared with what the file was when it
 * was opened, so that a file that changes while it is read is noticed.
 */
import type { BigIntStats } from "node:fs"
import { open, stat, type FileHandle } from "node:fs/promises"
import { OWN_MEMORY, type ChunkMemory } from "./chunk-memory.ts"
import type { Digest, Hasher } from "./hashing.ts"
import { SourceFault } from "./input.ts"

/** A file's name to the system: bytes where it may be no UTF-8. */
export type SystemPath = string | Buffer

/** Names standard input among system paths; a file of that name has the path `./-`. */
export const STANDARD_INPUT = "-"

/** What a file was, as stored. */
export interface Stored {
  readonly sizeBytes: number
  readonly sha256: string | null
}

/** One file, pipe, or standard input, read once from its beginning to its end. */
export class StoredFile {
  readonly #opened: OpenedFile | null
  readonly #signal: AbortSignal | null
  readonly #digest: Digest | null
  readonly #chunks: AsyncGenerator<Uint8Array>
  #memory = OWN_MEMORY
  #byteCount = 0
  #failure: SourceFault | null = null
  #isClosed = false

  private constructor(opened: OpenedFile | null, hasher: Hasher | null, signal: AbortSignal | null) {
    this.#opened = opened
    this.#signal = signal
    this.#digest = hasher?.begin(opened?.before.isFile() === true ? Number(opened.before.size) : null) ?? null
    this.#chunks = this.#read()
  }

  /** Opens a file, to be hashed by `hasher` if there is one; `signal` ends a read that waits for more, with its reason. Throws a `SourceFault` where it cannot be opened, or is neither file nor pipe. */
  static async open(path: SystemPath, hasher: Hasher | null, signal: AbortSignal | null = null): Promise<StoredFile> {
    return new StoredFile(path === STANDARD_INPUT ? null : await openFile(path), hasher, signal)
  }

  /** Stored bytes read so far. */
  get byteCount(): number {
    return this.#byteCount
  }

  /** Whether `range` can be asked: not of standard input and pipes. */
  get isSeekable(): boolean {
    return this.#opened?.before.isFile() === true
  }

  /** From here on chunks of a file are read into shared memory, and bring a reference to it. */
  readInto(memory: ChunkMemory): void {
    this.#memory = memory
  }

  /** Chunks of about 1 MiB, or as large as the shared memory has them. Who leaves them early may go on by calling this again. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) yield next.value
  }

  /** The bytes of a part of a file, for those who know where to look; they are neither counted nor hashed. */
  range(byteOffset: number, byteCount: number): AsyncGenerator<Uint8Array> {
    if (this.#opened === null) throw new TypeError("standard input has no parts")
    return readHandle(this.#opened.handle, byteOffset, byteCount)
  }

  /**
   * Says what the file was, and reads on to its end for that where its bytes are hashed or nobody else knows how many
   * they are. Throws a `SourceFault` where the file cannot be read or has changed.
   */
  async finish(): Promise<Stored> {
    const knownBytes = this.#digest === null && this.isSeekable ? Number(this.#opened?.before.size) : null
    if (knownBytes === null) await this.#readOn()
    if (this.#failure !== null) throw this.#failure
    await this.checkUnchanged()
    if (knownBytes === null && this.isSeekable && BigInt(this.#byteCount) !== this.#opened?.before.size) throw changed()
    return { sizeBytes: knownBytes ?? this.#byteCount, sha256: (await this.#digest?.end()) ?? null }
  }

  async #readOn(): Promise<void> {
    for await (const chunk of this.chunks()) this.#memory.release(chunk)
  }

  /** Throws a `SourceFault` where the file, or what its path names, is no longer what was opened. */
  async checkUnchanged(): Promise<void> {
    if (this.#opened === null || !this.#opened.before.isFile()) return
    const { path, handle, before } = this.#opened
    const [after, named] = await Promise.all([
      handle.stat({ bigint: true }),
      stat(path, { bigint: true }).catch(() => null),
    ])
    if (!isUnchanged(before, after, named)) throw changed()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#opened === null) process.stdin.destroy()
    await this.#chunks.return(undefined)
    await this.#opened?.handle.close()
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    try {
      const stored =
        this.#opened === null ? process.stdin : readHandle(this.#opened.handle, null, Infinity, () => this.#memory)
      for await (const bytes of until(this.#signal, stored as AsyncIterable<Uint8Array>)) {
        this.#byteCount += bytes.length
        await this.#digest?.update(bytes)
        yield bytes
      }
    } catch (cause) {
      this.#failure = faultOf(cause)
      throw this.#failure
    }
  }
}

interface OpenedFile {
  readonly path: SystemPath
  readonly handle: FileHandle
  readonly before: BigIntStats
}

async function openFile(path: SystemPath): Promise<OpenedFile> {
  let handle: FileHandle | null = null
  try {
    handle = await open(path, "r")
    const before = await handle.stat({ bigint: true })
    if (!before.isFile() && !before.isFIFO()) {
      throw new SourceFault("input/unreadable", `the input is ${kindOf(before)}; name a file, a folder or a pipe`)
    }
    return { path, handle, before }
  } catch (cause) {
    await handle?.close()
    throw faultOf(cause)
  }
}

/** Passes chunks on until the signal, even while it waits for one: a pipe may give none for a long time. */
async function* until(signal: AbortSignal | null, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (signal === null) return yield* chunks
  const iterator = chunks[Symbol.asyncIterator]()
  for (;;) {
    signal.throwIfAborted()
    const { done, value } = await orAborted(iterator.next(), signal)
    if (done === true) return
    yield value
  }
}

/** Not `Promise.race`: a promise that lives as long as the signal would keep every result until then. */
async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let giveUp = (): void => {}
  try {
    return await new Promise<Result>((resolve, reject) => {
      giveUp = () => reject(signal.reason)
      signal.addEventListener("abort", giveUp)
      work.then(resolve, reject)
    })
  } finally {
    signal.removeEventListener("abort", giveUp)
  }
}

/**
 * Reads up to `byteCount` bytes from `byteOffset` on, or from where the handle stands. One chunk is read ahead, so that
 * the disk works while the chunk before is used.
 */
async function* readHandle(
  handle: FileHandle,
  byteOffset: number | null,
  byteCount: number,
  memory: () => ChunkMemory = () => OWN_MEMORY,
): AsyncGenerator<Uint8Array> {
  let readBytes = 0
  let ahead = readChunk(handle, byteOffset, byteCount, memory())
  for (;;) {
    const chunk = await ahead
    if (chunk.length === 0) return memory().release(chunk)
    readBytes += chunk.length
    ahead = readChunk(handle, byteOffset === null ? null : byteOffset + readBytes, byteCount - readBytes, memory())
    // Whoever waits for it gets its error; nobody may be waiting yet.
    ahead.catch(() => {})
    yield chunk
  }
}

/** Whether a file is what it was, and its path still names it. */
export function isUnchanged(before: BigIntStats, after: BigIntStats, named: BigIntStats | null | undefined): boolean {
  // No comparison of devices: Windows numbers them differently by handle and by path.
  return after.size === before.size && after.mtimeNs === before.mtimeNs && named?.ino === before.ino
}

async function readChunk(
  handle: FileHandle,
  byteOffset: number | null,
  mostBytes: number,
  memory: ChunkMemory,
): Promise<Uint8Array> {
  if (mostBytes === 0) return new Uint8Array(0)
  const chunk = memory.takeChunk()
  const { bytesRead } = await handle.read(chunk, 0, Math.min(chunk.length, mostBytes), byteOffset)
  return chunk.subarray(0, bytesRead)
}

function changed(): SourceFault {
  return new SourceFault("input/changed", "the file changed while it was read; run again when nothing writes to it")
}

/** The fault of the input that an error stands for. Throws what is no fault of an input, but one of ours. */
export function faultOf(cause: unknown): SourceFault {
  if (cause instanceof SourceFault) return cause
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  if (!/^E[A-Z0-9]+$|^ERR_STREAM_PREMATURE_CLOSE$/.test(code)) throw cause
  // Only the code is told: messages of the system quote paths.
  return new SourceFault("input/unreadable", `the input cannot be read: ${EXPLAINED.get(code) ?? code}`)
}

const EXPLAINED: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file; look for it, and at how its path is written (ENOENT)"],
  ["EACCES", "permission is denied; run as a user who may read it (EACCES)"],
  ["EPERM", "permission is denied; run as a user who may read it (EPERM)"],
  ["EISDIR", "it is a folder (EISDIR)"],
  ["ENOTDIR", "a file stands in its path where a folder should be (ENOTDIR)"],
  ["ENXIO", "it is a socket or a device without its other end; name a file, a folder or a pipe (ENXIO)"],
  ["EIO", "the device reports an error; copy what can be copied and check the disk (EIO)"],
  ["ELOOP", "symbolic links lead in a circle (ELOOP)"],
])

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return "a folder"
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return "a device"
  return stats.isSocket() ? "a socket" : "of an unknown kind"
}
