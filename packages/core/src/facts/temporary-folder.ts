/**
 * The folder in which facts lie that memory has no room for: `callsift-<pid>-<random>` in the folder for temporary files,
 * made when it is first needed. It is removed when the run ends, however it ends; one that a killed run left behind is
 * removed by the next run.
 */
import { randomBytes } from "node:crypto"
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { SpillError } from "./spill-error.ts"

const NAME = /^callsift-(\d+)-[0-9a-f]{12}$/
/** Says on which machine the process runs whose folder it is: its number means nothing on another one. */
const OWNER_FILE = "host"

/** The temporary folder of one run. */
export class TemporaryFolder {
  readonly #parent: string
  #path: string | null = null
  #fileCount = 0
  readonly #open = new Map<number, string>()
  readonly #onExit = (): void => this.#remove()

  /** `parent` is the folder in which it is made. */
  constructor(parent: string) {
    this.#parent = parent
  }

  /** Whether there is one. */
  get isMade(): boolean {
    return this.#path !== null
  }

  /** Opens a new file in it for writing and reading. Throws a `SpillError`. */
  openFile(): { readonly path: string; readonly descriptor: number } {
    const path = join(this.#made(), `facts-${this.#fileCount++}`)
    try {
      const descriptor = openSync(path, "wx+", 0o600)
      this.#open.set(descriptor, path)
      return { path, descriptor }
    } catch (cause) {
      throw new SpillError(path, "facts cannot be kept in", cause)
    }
  }

  /** Closes and removes a file of it. */
  removeFile(descriptor: number): void {
    const path = this.#open.get(descriptor)
    if (path === undefined) return
    this.#open.delete(descriptor)
    closeSync(descriptor)
    rmSync(path, { force: true })
  }

  /** Removes it with all that is in it. */
  close(): void {
    process.off("exit", this.#onExit)
    this.#remove()
  }

  #made(): string {
    if (this.#path !== null) return this.#path
    removeStale(this.#parent)
    const path = join(this.#parent, `callsift-${process.pid}-${randomBytes(6).toString("hex")}`)
    try {
      mkdirSync(path, { mode: 0o700 })
      this.#path = path
      process.on("exit", this.#onExit)
      writeFileSync(join(path, OWNER_FILE), hostname())
    } catch (cause) {
      throw new SpillError(path, "facts cannot be kept in", cause)
    }
    return path
  }

  #remove(): void {
    for (const descriptor of this.#open.keys()) this.removeFile(descriptor)
    if (this.#path !== null) rmSync(this.#path, { recursive: true, force: true })
    this.#path = null
  }
}

/** Removes the folders of runs on this machine that were killed. What cannot be looked at or removed stays as it is. */
export function removeStale(parent: string): void {
  for (const name of namesIn(parent)) {
    const pid = Number(NAME.exec(name)?.[1] ?? 0)
    if (pid > 0 && isLeftBehind(join(parent, name), pid)) removeIfPossible(join(parent, name))
  }
}

function namesIn(parent: string): readonly string[] {
  try {
    return readdirSync(parent)
  } catch {
    // Making a folder there will say what is wrong with it.
    return []
  }
}

function isLeftBehind(path: string, pid: number): boolean {
  try {
    if (readFileSync(join(path, OWNER_FILE), "utf8") !== hostname()) return false
  } catch {
    return false
  }
  try {
    process.kill(pid, 0)
    return false
  } catch (cause) {
    // Any other answer means that there is such a process.
    return (cause as NodeJS.ErrnoException).code === "ESRCH"
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // It is another user's, or in use: that takes room, but harms nobody.
  }
}
