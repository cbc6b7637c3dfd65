/**
 * One run at a time writes into a folder. The lock is a file that names its holder as JSON: `{ pid, host, run }`. It is
 * there from before the first output until after the last; one whose process is gone is taken over.
 */
import { randomUUID } from "node:crypto"
import { type FileHandle, open, readFile, rename, rm } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { CliError, systemCode } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"
import { orFail, refuseLink, unwritable } from "./output-file.ts"

const LOCK_NAME = ".callsift.lock"
const MAX_ATTEMPTS = 20
const ATTEMPT_MS = 50

/** A lock that this run holds. */
export class FolderLock {
  readonly #path: string
  readonly #text: string

  private constructor(path: string, text: string) {
    this.#path = path
    this.#text = text
  }

  /** Takes a folder. Throws a `CliError` that names the holder where another run has it. */
  static async take(folder: string): Promise<FolderLock> {
    const path = join(folder, LOCK_NAME)
    const text = JSON.stringify({ pid: process.pid, host: hostname(), run: randomUUID() })
    await refuseLink(path)
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (await createLock(path, text)) return new FolderLock(path, text)
      await makeWay(folder, path, attempt < MAX_ATTEMPTS - 1)
    }
    throw held(folder, "another run", path)
  }

  /** Lets go of the folder. A lock that somebody else has put there by now stays. */
  async release(): Promise<void> {
    if ((await readLock(this.#path)) === this.#text) await orFail(rm(this.#path, { force: true }), this.#path)
  }
}

async function createLock(path: string, text: string): Promise<boolean> {
  const handle = await openNew(path)
  if (handle === null) return false
  try {
    await orFail(handle.writeFile(text), path)
    return true
  } catch (cause) {
    await rm(path, { force: true })
    throw cause
  } finally {
    await handle.close()
  }
}

async function openNew(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "wx")
  } catch (cause) {
    if (systemCode(cause) === "EEXIST") return null
    throw unwritable(path, cause)
  }
}

/** Removes a lock that nobody holds any more; waits for one that is only being written; throws where somebody holds it. */
async function makeWay(folder: string, path: string, isPatient: boolean): Promise<void> {
  const text = await readLock(path)
  if (text === null) return
  const holder = holderOf(text)
  if (holder === null && isPatient) return sleep(ATTEMPT_MS)
  if (holder !== null && !isGone(holder)) throw held(folder, `process ${holder.pid} on ${holder.host}`, path)
  await removeStale(path, text)
}

/** Moves the lock aside before it goes: another run may have removed the old one and put its own there just now. */
async function removeStale(path: string, staleText: string): Promise<void> {
  const asidePath = `${path}.${randomUUID()}`
  try {
    await rename(path, asidePath)
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return
    throw unwritable(path, cause)
  }
  if ((await readLock(asidePath)) === staleText) await orFail(rm(asidePath, { force: true }), path)
  else await orFail(rename(asidePath, path), path)
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8")
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return null
    throw unwritable(path, cause)
  }
}

interface Holder {
  readonly pid: number
  readonly host: string
}

/** Null where the text is not whole: its run is writing it, or was stopped while it did. */
function holderOf(text: string): Holder | null {
  let lock: unknown
  try {
    lock = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof lock !== "object" || lock === null || !("pid" in lock) || !("host" in lock)) return null
  const { pid, host } = lock
  return Number.isInteger(pid) && Number(pid) > 0 ? { pid: Number(pid), host: String(host) } : null
}

/** Only of this machine's processes can be told that they are gone. */
function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false
  // A lock with this process's number was left by another, which had the same number before.
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (cause) {
    return systemCode(cause) === "ESRCH"
  }
}

function held(folder: string, who: string, path: string): CliError {
  const message = `${folder} is being written by ${who}; wait for it, name another folder, or delete ${path} if that run is gone`
  return new CliError(ExitCode.failed, message)
}
