/** The directory of a zip archive: which entries it has, and whether it is made to harm. */
import { fromFd, getFileNameLowLevel, type Entry, type ZipFile } from "yauzl"
import { SourceFault } from "./input.ts"

/** One entry, with its name as text. */
export interface ZipEntry {
  readonly name: string
  readonly entry: Entry
}

/** The archive behind a file descriptor, and its entries in the order of their names, then of the directory. */
export async function readDirectory(fd: number, maxEntries: number): Promise<{ readonly zip: ZipFile; readonly entries: readonly ZipEntry[] }> {
  const zip = await openZip(fd)
  if (zip.entryCount > maxEntries) {
    throw new SourceFault("input/unsafe-archive", "the zip archive has more entries than the limit; raise --max-entries to read it")
  }
  const entries = await listEntries(zip)
  refuseHarm(entries)
  return { zip, entries: entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))) }
}

function openZip(fd: number): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names are checked below: yauzl would stop at the first bad one and say no more.
    fromFd(fd, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true }, (cause, zip) => {
      if (cause === null) resolve(zip)
      else reject(directoryFault(cause))
    })
  })
}

function directoryFault(cause: Error): unknown {
  if ("code" in cause) return cause
  return /end of central directory/i.test(cause.message)
    ? new SourceFault("input/truncated", "the zip archive has no directory, which stands at its end; copy or download it again")
    : new SourceFault("input/corrupt", "the directory of the zip archive is damaged; copy or download it again")
}

function listEntries(zip: ZipFile): Promise<ZipEntry[]> {
  return new Promise((resolve, reject) => {
    const entries: ZipEntry[] = []
    zip.on("entry", (entry: Entry) => {
      entries.push({ name: nameOf(entry), entry })
      zip.readEntry()
    })
    zip.once("end", () => resolve(entries))
    zip.once("error", (cause: Error) => reject(directoryFault(cause)))
    zip.readEntry()
  })
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
}

const LOCAL_HEADER_BYTES = 30
const TYPE_MASK = 0xf000
const SYMLINK = 0xa000

function refuseHarm(entries: readonly ZipEntry[]): void {
  const refuse = (what: string): never => {
    throw new SourceFault("input/unsafe-archive", `the zip archive ${what}, so none of it is read; unpack it with care and look at it`)
  }
  for (const { name, entry } of entries) {
    const path = name.replaceAll("\\", "/")
    if (path.startsWith("/") || /^[a-z]:/i.test(path) || path.split("/").includes("..")) refuse("has an entry whose path leads out of it")
    if (((entry.externalFileAttributes >>> 16) & TYPE_MASK) === SYMLINK) refuse("has a symbolic link")
  }
  const starts = entries.map(({ entry }) => entry).toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  starts.forEach((entry, index) => {
    const end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize
    const next = starts[index + 1]
    if (next !== undefined && next.relativeOffsetOfLocalHeader < end) refuse("has entries that share bytes")
  })
}
