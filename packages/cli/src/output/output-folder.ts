/**
 * The folder that a report goes to. Files are written beside their place and flushed, and renamed only when all of
 * them are there: whatever stops a run, earlier outputs stay as they were. One run at a time holds the folder.
 */
import { type FileHandle, lstat, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises"
import { hostname } from "node:os"
import { dirname, join } from "node:path"
import { CliError, systemCode } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"

const LOCK_NAME = ".callsift.lock"
const TEMPORARY = ".callsift-new"

/** A folder that this run holds. */
export class OutputFolder {
  readonly #path: string
  readonly #files: string[] = []

  private constructor(path: string) {
    this.#path = path
  }

  /** Makes the folder where it is not there, takes it, and clears what a run that was killed left in it. */
  static async take(path: string): Promise<OutputFolder> {
    const folder = new OutputFolder(path)
    await orFail(mkdir(path, { recursive: true }), path)
    await takeLock(join(path, LOCK_NAME))
    await folder.#clearLeftovers()
    return folder
  }

  /** Begins a file; its name may have folders in it. */
  async create(name: string): Promise<OutputFile> {
    const path = join(this.#path, name)
    await refuseLink(path)
    await refuseLink(dirname(path))
    await orFail(mkdir(dirname(path), { recursive: true }), path)
    const handle = await orFail(open(path + TEMPORARY, "w"), path)
    this.#files.push(path)
    return new OutputFile(path, handle)
  }

  /** Puts all files in their places. Each must have ended. */
  async commit(): Promise<void> {
    for (const path of this.#files) await orFail(rename(path + TEMPORARY, path), path)
    this.#files.length = 0
  }

  /** Removes what was not committed, and lets go of the folder. */
  async release(): Promise<void> {
    for (const path of this.#files) await rm(path + TEMPORARY, { force: true })
    await rm(join(this.#path, LOCK_NAME), { force: true })
  }

  async #clearLeftovers(): Promise<void> {
    const names = await orFail(readdir(this.#path, { recursive: true }), this.#path)
    for (const name of names) {
      if (name.endsWith(TEMPORARY)) await rm(join(this.#path, name), { force: true })
    }
  }
}

const BUFFER_CHARACTERS = 1 << 16

/** A file that is being written. */
export class OutputFile {
  readonly #path: string
  readonly #handle: FileHandle
  #buffered = ""
  #writing: Promise<void> = Promise.resolve()
  #failure: unknown = null
  #isClosed = false

  constructor(path: string, handle: FileHandle) {
    this.#path = path
    this.#handle = handle
  }

  /** Adds text. It is written when enough has come together; what fails is said by `end`. */
  add(text: string): void {
    this.#buffered += text
    if (this.#buffered.length >= BUFFER_CHARACTERS) this.#flush()
  }

  /** Writes all of it to the device and closes the file. */
  async end(): Promise<void> {
    this.#flush()
    try {
      await this.#writing
      if (this.#failure === null) await this.#handle.sync()
    } catch (cause) {
      this.#failure ??= cause
    } finally {
      await this.abandon()
    }
    if (this.#failure !== null) throw unwritable(this.#path, this.#failure)
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#writing
    await this.#handle.close()
  }

  /** Waits until no more is waiting than fits a buffer. */
  async drain(): Promise<void> {
    await this.#writing
  }

  #flush(): void {
    const text = this.#buffered
    this.#buffered = ""
    if (text === "") return
    this.#writing = this.#writing.then(async () => {
      if (this.#failure !== null) return
      try {
        await this.#handle.writeFile(text)
      } catch (cause) {
        this.#failure = cause
      }
    })
  }
}

async function orFail<Result>(work: Promise<Result>, path: string): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

const EXPLAINED: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the device is full"],
  ["EACCES", "permission is denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOTDIR", "a part of the path is a file"],
  ["EEXIST", "there is a file of that name"],
])

function unwritable(path: string, cause: unknown): CliError {
  const code = systemCode(cause)
  const explained = EXPLAINED.get(code)
  return new CliError(
    ExitCode.failed,
    `${path} could not be written: ${explained === undefined ? code : `${explained} (${code})`}; earlier outputs are as they were`,
    {
      cause,
    },
  )
}

/** A link would let an output land somewhere else than it says. */
async function refuseLink(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => null)
  if (stats?.isSymbolicLink() === true) {
    throw new CliError(
      ExitCode.failed,
      `${path} is a symbolic link, and outputs are not written through links; remove it or name another folder`,
    )
  }
}

// ---- one run at a time

async function takeLock(path: string): Promise<void> {
  await refuseLink(path)
  if (await createLock(path)) return
  const holder = await readHolder(path)
  if (holder === null || isGone(holder)) {
    await rm(path, { force: true })
    if (await createLock(path)) return
  }
  const who = holder === null ? "another run" : `process ${holder.pid} on ${holder.host}`
  throw new CliError(ExitCode.failed, `${dirname(path)} is being written by ${who}; wait for it or name another folder`)
}

async function createLock(path: string): Promise<boolean> {
  const handle = await open(path, "wx").catch((cause: unknown) => {
    if (systemCode(cause) === "EEXIST") return null
    throw unwritable(path, cause)
  })
  if (handle === null) return false
  await orFail(handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname() })), path)
  await handle.close()
  return true
}

interface Holder {
  readonly pid: number
  readonly host: string
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    const holder: unknown = JSON.parse(await readFile(path, "utf8"))
    return typeof holder === "object" && holder !== null && "pid" in holder && "host" in holder
      ? { pid: Number(holder.pid), host: String(holder.host) }
      : null
  } catch {
    // Gone, or cut off while it was written: nobody holds it.
    return null
  }
}

/** Only of this machine's processes can be told that they are gone. */
function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
    return pid === process.pid
  } catch (cause) {
    return systemCode(cause) === "ESRCH"
  }
}
