/**
 * The files that a command line names: files, folders (walked), globs, `-`. In the byte order of their paths as
 * reported, each file once.
 */
import type { Dirent } from "node:fs"
import { open, readdir, realpath, stat } from "node:fs/promises"
import { resolve, sep } from "node:path"
import { glob } from "tinyglobby"
import type { Skipped, SourceError } from "./input.ts"
import { containerOf } from "./magic.ts"
import { CLUTTER_REASON, isClutter, isDataName, looksLikeJson, NO_DATA } from "./sifting.ts"
import { unreadable, type SystemPath } from "./stored-file.ts"

/** A file to be read. */
export interface Source {
  /** As reported. */
  readonly path: string
  /** As the system names it; `-` is standard input. */
  readonly systemPath: SystemPath
  /** Stored bytes; null where they are not known before reading. */
  readonly sizeBytes: number | null
  /** Why it is known already that it cannot be read. */
  readonly error: SourceError | null
}

/** What a run reads. */
export interface SourceList {
  readonly sources: readonly Source[]
  readonly skipped: readonly Skipped[]
}

/** Lists the files of `inputs`. What lies at or below an excluded path is not read, such as a report beside the data. */
export async function listSources(inputs: readonly string[], excludedPaths: readonly string[]): Promise<SourceList> {
  const listing = new Listing(excludedPaths.map((path) => resolve(path)))
  for (const input of inputs) await listing.addNamed(input)
  return listing.result()
}

class Listing {
  readonly #excluded: readonly string[]
  readonly #sources: Source[] = []
  readonly #skipped: Skipped[] = []
  readonly #seen = new Set<string>()

  constructor(excluded: readonly string[]) {
    this.#excluded = excluded
  }

  result(): SourceList {
    const byPath = (a: { path: string }, b: { path: string }): number => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))
    return { sources: this.#sources.toSorted(byPath), skipped: this.#skipped.toSorted(byPath) }
  }

  /** Something the command line names is never skipped. */
  async addNamed(input: string): Promise<void> {
    if (input === "-") {
      if (!this.#seen.has("-")) this.#add({ path: "-", systemPath: "-", sizeBytes: null, error: null })
      this.#seen.add("-")
      return
    }
    const stats = await stat(input).catch((cause: unknown) => cause)
    if (!(stats instanceof Error) && isStats(stats)) {
      if (stats.isDirectory()) await this.#walk(Buffer.from(input), input)
      else await this.#addFile(input, input, stats.isFile() ? stats.size : null)
      return
    }
    const matches = isGlob(input) ? await glob(input, { absolute: false, dot: false, expandDirectories: false }) : []
    if (matches.length === 0) this.#add({ path: shown(input), systemPath: input, sizeBytes: null, error: unreadable(stats).error })
    for (const match of matches.toSorted()) await this.addNamed(match)
  }

  #add(source: Source): void {
    this.#sources.push(source)
  }

  async #addFile(systemPath: SystemPath, path: string, sizeBytes: number | null): Promise<void> {
    const real = await realpath(systemPath).catch(() => systemPath.toString())
    if (this.#seen.has(real) || this.#isExcluded(real)) return
    this.#seen.add(real)
    this.#add({ path: shown(path), systemPath, sizeBytes, error: null })
  }

  #isExcluded(path: string): boolean {
    return this.#excluded.some((excluded) => path === excluded || path.startsWith(excluded + sep))
  }

  /** Walks a folder. Each folder is entered once, so links that lead in a circle end. */
  async #walk(folder: Buffer, path: string): Promise<void> {
    const real = await realpath(folder).catch(() => folder.toString())
    if (this.#seen.has(real) || this.#isExcluded(real)) return
    this.#seen.add(real)
    const entries = await readdir(folder, { withFileTypes: true, encoding: "buffer" }).catch((cause: unknown) => {
      this.#add({ path: shown(path), systemPath: folder, sizeBytes: null, error: unreadable(cause).error })
      return [] as Dirent<Buffer>[]
    })
    for (const entry of entries) await this.#meet(Buffer.concat([folder, Buffer.from(sep), entry.name]), `${withoutSlash(path)}/${nameText(entry.name)}`)
  }

  async #meet(systemPath: Buffer, path: string): Promise<void> {
    const stats = await stat(systemPath).catch((cause: unknown) => cause)
    if (stats instanceof Error || !isStats(stats)) {
      this.#add({ path: shown(path), systemPath, sizeBytes: null, error: unreadable(stats).error })
    } else if (stats.isDirectory()) await this.#walk(systemPath, path)
    else if (!stats.isFile()) this.#skip(path, "a pipe, socket or device in a folder")
    else if (isClutter(path)) this.#skip(path, CLUTTER_REASON)
    else if (isDataName(path) || (await hasData(systemPath))) await this.#addFile(systemPath, path, stats.size)
    else if (!this.#isExcluded(resolve(path))) this.#skip(path, NO_DATA)
  }

  #skip(path: string, reason: string): void {
    this.#skipped.push({ path: shown(path), entry: null, reason })
  }
}

interface FileStats {
  readonly size: number
  readonly isFile: () => boolean
  readonly isDirectory: () => boolean
}

function isStats(value: unknown): value is FileStats {
  return typeof value === "object" && value !== null && "isDirectory" in value
}

function isGlob(input: string): boolean {
  return /[*?[\]{}()!]/.test(input)
}

const HEAD_BYTES = 4096

/** Whether a file is compressed or begins like JSON. One that cannot be opened is an input with an error. */
async function hasData(path: SystemPath): Promise<boolean> {
  const handle = await open(path, "r").catch(() => null)
  if (handle === null) return true
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.subarray(0, bytesRead)
    return containerOf(head) !== "none" || looksLikeJson(head)
  } catch {
    // It is read, and then says what is wrong.
    return true
  } finally {
    await handle.close()
  }
}

function withoutSlash(path: string): string {
  return path.replace(/[/\\]+$/, "") || "/"
}

/** A file name as text; bytes that are no UTF-8 as `\xNN`. */
function nameText(name: Buffer): string {
  const text = name.toString("utf8")
  if (Buffer.from(text).equals(name)) return text
  return name.toString("latin1").replace(/[\x80-\xff]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`)
}

/** A path as reported: `/` between its parts, without a leading `./`. */
function shown(path: string): string {
  const slashed = sep === "\\" ? path.replaceAll("\\", "/") : path
  return slashed.replace(/^(\.\/)+(?=.)/, "")
}
