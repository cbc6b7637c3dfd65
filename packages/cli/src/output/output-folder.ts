/**
 * The folder that a report goes to. In: files by name. Out: all of them in their places, or none: they are put in
 * place only when every one is on the device, and where one cannot be, those before it are taken back.
 */
import { mkdir, readdir, rm, rmdir } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { systemCode } from "../cli-error.ts"
import { FolderLock } from "./folder-lock.ts"
import { isLeftover, orFail, OutputFile, refuseLink } from "./output-file.ts"

/** A folder that this run holds. */
export class OutputFolder {
  readonly #path: string
  #lock: FolderLock | null = null
  /** Folders that were not there before, outer ones first. */
  readonly #madeFolders: string[] = []
  #files: OutputFile[] = []

  private constructor(path: string) {
    this.#path = path
  }

  /**
   * Makes the folder where it is not there, takes it, and clears what a run that was killed left in it or in one of its
   * `subfolders`. Throws a `CliError` where it is a link, cannot be written, or another run holds it.
   */
  static async take(path: string, subfolders: readonly string[]): Promise<OutputFolder> {
    const folder = new OutputFolder(resolve(path))
    try {
      await folder.#take(subfolders)
      return folder
    } catch (cause) {
      await folder.release()
      throw cause
    }
  }

  async #take(subfolders: readonly string[]): Promise<void> {
    await this.#make(this.#path)
    this.#lock = await FolderLock.take(this.#path)
    for (const folder of [this.#path, ...subfolders.map((name) => join(this.#path, name))]) await clearLeftovers(folder)
  }

  /** Begins a file; its name may have a folder in front. */
  async create(name: string): Promise<OutputFile> {
    const path = join(this.#path, name)
    await this.#make(dirname(path))
    const file = await OutputFile.create(path)
    this.#files.push(file)
    return file
  }

  /** Puts all files in their places. Each must have ended. */
  async commit(): Promise<void> {
    for (const file of this.#files) await file.keepEarlier()
    const placed: OutputFile[] = []
    try {
      for (const file of this.#files) {
        await file.place()
        placed.push(file)
      }
    } catch (cause) {
      for (const file of placed.toReversed()) await file.takeBack()
      throw cause
    }
    this.#madeFolders.length = 0
    await this.clear()
  }

  /** Gives up the files that are not in their places. */
  async clear(): Promise<void> {
    const files = this.#files
    this.#files = []
    for (const file of files) await file.clear()
  }

  /** Lets go of the folder; whatever was not put in place is gone, and so are folders that hold nothing for it. */
  async release(): Promise<void> {
    try {
      await this.clear()
    } finally {
      await this.#lock?.release()
    }
    for (const path of this.#madeFolders.toReversed()) await removeEmpty(path)
  }

  async #make(path: string): Promise<void> {
    await refuseLink(path)
    const outermost = await orFail(mkdir(path, { recursive: true }), path)
    if (outermost !== undefined) this.#madeFolders.push(...chain(outermost, path))
  }
}

/** The folders from `outer` down to `inner`; `inner` alone where the system spells `outer` in another way. */
function chain(outer: string, inner: string): string[] {
  const folders = [inner]
  for (let path = inner; path !== outer; folders.unshift(path)) {
    if (dirname(path) === path) return [inner]
    path = dirname(path)
  }
  return folders
}

async function clearLeftovers(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (isLeftover(name)) await orFail(rm(join(folder, name), { force: true }), join(folder, name))
  }
}

async function namesIn(folder: string): Promise<string[]> {
  await refuseLink(folder)
  try {
    return await readdir(folder)
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return []
    return orFail(Promise.reject(cause), folder)
  }
}

async function removeEmpty(path: string): Promise<void> {
  try {
    await rmdir(path)
  } catch (cause) {
    // Somebody has put something there meanwhile, or has removed it.
    if (!["ENOTEMPTY", "EEXIST", "ENOENT", "EBUSY", "EPERM"].includes(systemCode(cause)))
      await orFail(Promise.reject(cause), path)
  }
}
