/** A file of a state folder while it is written: beside its place, then flushed and put there. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { open, rename } from "node:fs/promises"

/** The state folder cannot be used. */
export class StateError extends Error {
  override readonly name = "StateError"
}

/** The error that something in a state folder cannot be read or written. */
export function unusable(path: string, cause: unknown): StateError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error"
  const words = EXPLAINED.get(code)
  const reason = words === undefined ? code : `${words} (${code})`
  return new StateError(`the state in ${path} cannot be kept: ${reason}; make room, or name another folder`, { cause })
}

const EXPLAINED: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the device is full"],
  ["EDQUOT", "the quota is used up"],
  ["EACCES", "permission is denied"],
  ["EPERM", "permission is denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOTDIR", "a part of the path is a file"],
  ["EEXIST", "a file stands there"],
  ["EIO", "the device failed"],
])

/** The ending of what is being written. */
export const NEW = ".callsift-new"

/** A file that is being written. Everything that it throws is a `StateError`. */
export class StateFile {
  #path: string
  readonly #descriptor: number
  #isClosed = false

  private constructor(path: string, descriptor: number) {
    this.#path = path
    this.#descriptor = descriptor
  }

  /** Begins a file beside `path`. */
  static begin(path: string): StateFile {
    const newPath = path + NEW
    return orUnusable(newPath, () => {
      rmSync(newPath, { force: true })
      return new StateFile(newPath, openSync(newPath, "wx"))
    })
  }

  /** At once and not later, so that a full device is known while nothing depends on it. */
  write(bytes: Uint8Array): void {
    orUnusable(this.#path, () => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#descriptor, bytes, done)
    })
  }

  /** Puts what was written so far in a place; more may be written behind it. */
  moveTo(path: string): void {
    if (path === this.#path) return
    orUnusable(path, () => renameSync(this.#path, path))
    this.#path = path
  }

  /** Brings all of it to the device and puts it in its place. */
  async finish(path: string): Promise<void> {
    this.close()
    try {
      const handle = await open(this.#path, "r+")
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(this.#path, path)
      this.#path = path
    } catch (cause) {
      throw unusable(path, cause)
    }
  }

  /** Lets go of the file, and leaves it where it is. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    orUnusable(this.#path, () => closeSync(this.#descriptor))
  }

  /** Removes it. */
  discard(): void {
    this.close()
    orUnusable(this.#path, () => rmSync(this.#path, { force: true }))
  }
}

/** Does work on a file; what fails becomes a `StateError`. */
export function orUnusable<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw unusable(path, cause)
  }
}
