/**
 * The files that a command line names: files, folders (walked), globs, `-`. In the byte order of their paths as
 * reported, whatever the order given, and each path once. A folder is entered once, however many links lead to it, so
 * that loops end; a file that has two paths is read by both, and its bytes tell.
 */
import type { Dirent } from "node:fs"
import { open, readdir, stat } from "node:fs/promises"
import { isAbsolute, sep } from "node:path"
import type { Skipped, SourceError } from "./input.ts"
import { lossyMatches } from "./lossy-path.ts"
import { PathSet, placeOf, realPlaceOf } from "./path-set.ts"
import { pathText } from "./path-text.ts"
import { CLUTTER_REASON, holdsJson, isClutter, isDataName, NO_DATA } from "./sifting.ts"
import { faultOf, STANDARD_INPUT, type SystemPath } from "./stored-file.ts"

/** A file to be read. */
export interface Source {
  /** As reported: as given, `/` between, escaped as `pathText` says. */
  readonly path: string
  /** As the system names it; `STANDARD_INPUT` is standard input. */
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

/**
 * Lists the files of `inputs`. What lies at or below an excluded path is not read, such as a report beside the data.
 * Never throws for what it finds: a path that cannot be read is a source with an error.
 */
export async function listSources(inputs: readonly string[], excludedPaths: readonly string[]): Promise<SourceList> {
  const listing = new Listing(await PathSet.of(excludedPaths))
  // Where links lead to one folder from two inputs, the first in this order has it.
  for (const input of byBytes([...new Set(inputs)], (path) => path)) await listing.addInput(input)
  return listing.result()
}

/** What stands at a path, or why that cannot be told. */
type Found =
  | { readonly stats: Awaited<ReturnType<typeof stat>> }
  | { readonly stats: null; readonly error: SourceError }

class Listing {
  readonly #excluded: PathSet
  readonly #sources: Source[] = []
  readonly #skipped: Skipped[] = []
  readonly #files = new Set<string>()
  readonly #folders = new Set<string>()

  constructor(excluded: PathSet) {
    this.#excluded = excluded
  }

  result(): SourceList {
    return { sources: byBytes(this.#sources, ({ path }) => path), skipped: byBytes(this.#skipped, ({ path }) => path) }
  }

  /** Something that the command line names. It is never skipped in silence. */
  async addInput(input: string): Promise<void> {
    if (input === STANDARD_INPUT) return this.#add(input, null, null)
    if (await this.#addNamed(Buffer.from(input))) return
    const matches = await matchesOf(input)
    for (const match of matches) await this.#addNamed(match)
    if (matches.length > 0) return
    const found = await find(Buffer.from(input))
    if (found.stats === null) this.#add(Buffer.from(input), null, found.error)
  }

  /** False where nothing stands there. */
  async #addNamed(path: Buffer): Promise<boolean> {
    const found = await find(path)
    if (found.stats === null) return false
    if (await this.#excluded.holds(path)) this.#skip(path, EXCLUDED_REASON)
    else if (found.stats.isDirectory()) await this.#walk(path, null)
    else this.#addFile(path, found.stats.isFile() ? Number(found.stats.size) : null)
    return true
  }

  #add(systemPath: SystemPath, sizeBytes: number | null, error: SourceError | null): void {
    this.#sources.push({ path: reported(systemPath), systemPath, sizeBytes, error })
  }

  #addFile(path: Buffer, sizeBytes: number | null): void {
    const place = placeOf(path)
    if (this.#files.has(place)) return
    this.#files.add(place)
    this.#add(path, sizeBytes, null)
  }

  #skip(path: Buffer, reason: string): void {
    this.#skipped.push({ path: reported(path), entry: null, reason })
  }

  /** Walks a folder; `root` is the named folder that it lies in, or null where it is that itself. */
  async #walk(folder: Buffer, root: Buffer | null): Promise<void> {
    const place = await realPlaceOf(folder)
    if (this.#folders.has(place)) {
      if (root !== null) this.#skip(folder, LINKED_REASON)
      return
    }
    this.#folders.add(place)
    for (const name of await this.#namesIn(folder)) await this.#meet(joined(folder, name), root ?? folder)
  }

  async #namesIn(folder: Buffer): Promise<readonly Buffer[]> {
    try {
      const entries: Dirent<Buffer>[] = await readdir(folder, { withFileTypes: true, encoding: "buffer" })
      // A folder bears its own name rather than that of a link to it.
      const inOrder = entries.toSorted(
        (a, b) => Number(a.isSymbolicLink()) - Number(b.isSymbolicLink()) || Buffer.compare(a.name, b.name),
      )
      return inOrder.map(({ name }) => name)
    } catch (cause) {
      this.#add(folder, null, faultOf(cause).error)
      return []
    }
  }

  /** Something that lies in a folder. */
  async #meet(path: Buffer, root: Buffer): Promise<void> {
    if (await this.#excluded.holds(path)) return
    const found = await find(path)
    const name = path.toString("utf8", root.length)
    if (found.stats?.isDirectory() === true) await this.#walk(path, root)
    else if (isClutter(name)) this.#skip(path, CLUTTER_REASON)
    else if (found.stats === null) this.#add(path, null, found.error)
    else if (!found.stats.isFile())
      this.#skip(path, "a pipe, a socket or a device in a folder; name it to have it read")
    else if (isDataName(name) || (await hasData(path))) this.#addFile(path, Number(found.stats.size))
    else this.#skip(path, NO_DATA)
  }
}

const EXCLUDED_REASON = "an output of this run"
const LINKED_REASON = "a link to a folder that is read under another path"

async function find(path: Buffer): Promise<Found> {
  try {
    return { stats: await stat(path) }
  } catch (cause) {
    return { stats: null, error: faultOf(cause).error }
  }
}

/** What a text that is no path stands for: files whose names are no UTF-8, or those that a pattern fits. */
async function matchesOf(input: string): Promise<readonly Buffer[]> {
  const lossy = await lossyMatches(input)
  if (lossy.length > 0 || !/[*?[\]{}()!]/.test(input)) return lossy
  const { glob } = await import("tinyglobby")
  const paths = await glob(input, { absolute: isAbsolute(input), dot: false, expandDirectories: false })
  const matches = await Promise.all(
    paths.map(async (path) =>
      (await find(Buffer.from(path))).stats === null ? lossyMatches(path) : [Buffer.from(path)],
    ),
  )
  return byBytes(matches.flat(), (path) => path)
}

const HEAD_BYTES = 256 * 1024

/** Whether a file is JSON by its content. One that cannot be opened counts as data, so that its input says why. */
async function hasData(path: Buffer): Promise<boolean> {
  try {
    const handle = await open(path, "r")
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return await holdsJson(buffer.subarray(0, bytesRead))
    } finally {
      await handle.close()
    }
  } catch (cause) {
    return faultOf(cause).error.code === "input/unreadable"
  }
}

function joined(folder: Buffer, name: Buffer): Buffer {
  const isClosed = folder.at(-1) === "/".charCodeAt(0) || folder.at(-1) === sep.charCodeAt(0)
  return Buffer.concat([folder, Buffer.from(isClosed ? "" : sep), name])
}

/** Without the `./` in front that shells and people write. */
function reported(path: SystemPath): string {
  return pathText(Buffer.from(path)).replace(/^(?:\.\/+)+(?=.)/, "")
}

function byBytes<Item>(items: readonly Item[], key: (item: Item) => string | Buffer): Item[] {
  const keyed = items.map((item) => ({ item, bytes: Buffer.from(key(item)) }))
  return keyed.toSorted((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ item }) => item)
}
