/**
 * A file that is written whole or not at all. In: bytes and text. Out: the file in its place. It is written beside
 * its place, flushed, and renamed when its writer says so; until then what stood there stays as it was.
 */
import { writeSync } from "node:fs"
import { copyFile, type FileHandle, link, lstat, open, rename, rm } from "node:fs/promises"
import { CliError, systemCode, systemReason } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"

/** What is being written. */
const NEW = ".callsift-new"
/** What stood there, while several files are put in place together. */
const EARLIER = ".callsift-earlier"
const BUFFER_CHARACTERS = 64 * 1024

/** Whether a file of this name is one that a run which was killed left behind. */
export function isLeftover(name: string): boolean {
  return name.endsWith(NEW) || name.endsWith(EARLIER)
}

/** A file that is being written. Everything it throws is a `CliError` that names its path and the cause. */
export class OutputFile {
  readonly #path: string
  readonly #handle: FileHandle
  #buffered = ""
  #isClosed = false
  #hasEarlier = false

  private constructor(path: string, handle: FileHandle) {
    this.#path = path
    this.#handle = handle
  }

  /** Begins a file. Refused where a link, a folder or a device stands in its place. */
  static async create(path: string): Promise<OutputFile> {
    await refuseOther(path)
    await orFail(rm(path + NEW, { force: true }), path)
    return new OutputFile(path, await orFail(open(path + NEW, "wx"), path))
  }

  /** Everything that this file may stand at. */
  get ownPaths(): readonly string[] {
    return ["", NEW, EARLIER].map((ending) => this.#path + ending)
  }

  /** Adds text. */
  add(text: string): void {
    this.#buffered += text
    if (this.#buffered.length >= BUFFER_CHARACTERS) this.#flush()
  }

  /** Adds bytes. */
  write(bytes: Uint8Array): void {
    this.#flush()
    this.#writeAll(bytes)
  }

  /** Brings all of it to the device and closes the file. */
  async end(): Promise<void> {
    this.#flush()
    await orFail(this.#handle.sync(), this.#path)
    await this.#close()
  }

  /** Keeps what stands in its place, so that `takeBack` can bring it back. */
  async keepEarlier(): Promise<void> {
    await orFail(rm(this.#path + EARLIER, { force: true }), this.#path)
    this.#hasEarlier = await orFail(keep(this.#path, this.#path + EARLIER), this.#path)
  }

  /** Puts the file in its place. It must have ended. */
  async place(): Promise<void> {
    await orFail(rename(this.#path + NEW, this.#path), this.#path)
  }

  /** Undoes `place`. */
  async takeBack(): Promise<void> {
    if (this.#hasEarlier) await orFail(rename(this.#path + EARLIER, this.#path), this.#path)
    else await orFail(rm(this.#path, { force: true }), this.#path)
  }

  /** Removes all that is beside its place. What is in its place stays. */
  async clear(): Promise<void> {
    await this.#close()
    await orFail(rm(this.#path + NEW, { force: true }), this.#path)
    await orFail(rm(this.#path + EARLIER, { force: true }), this.#path)
  }

  async #close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await orFail(this.#handle.close(), this.#path)
  }

  #flush(): void {
    const text = this.#buffered
    this.#buffered = ""
    this.#writeAll(Buffer.from(text))
  }

  /** At once and not later: what waits would take memory, and a full device should end the run while it is short. */
  #writeAll(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#handle.fd, bytes, done)
    } catch (cause) {
      throw unwritable(this.#path, cause)
    }
  }
}

/** A second name costs nothing; where a file system has none, a copy does it. False where there is nothing to keep. */
async function keep(path: string, keptPath: string): Promise<boolean> {
  try {
    await link(path, keptPath)
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return false
    await copyFile(path, keptPath)
  }
  return true
}

/** Waits for work on an output; its failure becomes a `CliError`. */
export async function orFail<Result>(work: Promise<Result>, path: string): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

/** The error that an output cannot be written. */
export function unwritable(path: string, cause: unknown): CliError {
  const message = `${path} could not be written: ${systemReason(cause)}; earlier outputs are as they were`
  return new CliError(ExitCode.failed, message, { cause })
}

/** A link would let an output land somewhere else than it says. */
export async function refuseLink(path: string): Promise<void> {
  if ((await statOf(path))?.isSymbolicLink() === true) throw refused(path, "a symbolic link")
}

async function refuseOther(path: string): Promise<void> {
  const stats = await statOf(path)
  if (stats === null || stats.isFile()) return
  throw refused(path, stats.isSymbolicLink() ? "a symbolic link" : stats.isDirectory() ? "a folder" : "no regular file")
}

function refused(path: string, what: string): CliError {
  const message = `${path} is ${what}, and outputs are written to regular files alone; remove it or name another place`
  return new CliError(ExitCode.failed, message)
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | null> {
  try {
    return await lstat(path)
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(cause))) return null
    throw unwritable(path, cause)
  }
}
