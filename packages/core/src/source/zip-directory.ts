/**
 * The directory of a zip archive (APPNOTE.TXT, section 4.3) → its entries and where their bytes lie. An archive that is
 * made to harm is refused whole: nothing is ever written under its names, but what it says of itself cannot be trusted.
 */
import { fromRandomAccessReader, getFileNameLowLevel, type Entry, type ZipFile } from "yauzl"
import { SourceFault } from "./input.ts"
import { faultOf, type StoredFile } from "./stored-file.ts"
import { ArchiveReader } from "./archive-reader.ts"

/** One entry that is a file. */
export interface ZipEntry {
  readonly name: string
  readonly isEncrypted: boolean
  /** 0: stored; 8: deflate; any other is not read. */
  readonly method: number
  readonly crc32: number
  readonly compressedBytes: number
  readonly inflatedBytes: number
  /** Where its bytes begin in the archive; null where its own header is damaged. */
  readonly dataOffset: number | null
}

/** What the directory lists. */
export interface ZipDirectory {
  /** Its files, in the byte order of their names, then in that of the directory. */
  readonly files: readonly ZipEntry[]
  /** Files and folders. */
  readonly entryCount: number
}

/** Reads the directory. Throws a `SourceFault` where the archive is refused or its directory is damaged. */
export async function readDirectory(file: StoredFile, sizeBytes: number, maxEntries: number): Promise<ZipDirectory> {
  const reader = new ArchiveReader(file, sizeBytes)
  try {
    return await Promise.race([listFiles(reader, maxEntries), reader.failure])
  } catch (cause) {
    throw directoryFault(cause)
  }
}

async function listFiles(reader: ArchiveReader, maxEntries: number): Promise<ZipDirectory> {
  const zip = await openZip(reader)
  if (zip.entryCount > maxEntries) {
    throw new SourceFault(
      "input/unsafe-archive",
      "the zip archive has more entries than the limit; raise --max-entries to read it",
    )
  }
  const listed = await listEntries(zip)
  await refuseHiddenEntries(reader, zip)
  for (const entry of listed) refuseHarmful(entry)
  const entries: LocatedEntry[] = []
  for (const entry of listed) entries.push(await locate(zip, entry))
  refuseOverlaps(entries)
  return { files: byName(entries.filter(({ name }) => !name.endsWith("/"))), entryCount: entries.length }
}

function byName(entries: readonly LocatedEntry[]): ZipEntry[] {
  const keyed = entries.map((entry) => ({ entry, bytes: Buffer.from(entry.name) }))
  return keyed.toSorted((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ entry }) => entry)
}

function openZip(reader: ArchiveReader): Promise<ZipFile> {
  // Names and sizes are checked entry by entry: yauzl would give up the whole directory at the first that it dislikes.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false }
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, reader.sizeBytes, options, (cause, zip) => {
      if (cause === null) resolve(zip)
      else reject(cause)
    })
  })
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on("entry", (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.once("end", () => resolve(entries))
    zip.once("error", reject)
    zip.readEntry()
  })
}

/** What yauzl throws has a code only where it comes from the system. */
function directoryFault(cause: unknown): SourceFault {
  if (cause instanceof SourceFault || !(cause instanceof Error) || "syscall" in cause) return faultOf(cause)
  const { message } = cause
  if (message.startsWith("Invalid comment length")) return tailFault(message)
  const [, code, text] = DIRECTORY_FAULTS.find(([part]) => message.includes(part)) ?? OTHER_FAULT
  return new SourceFault(code, `the zip archive ${text}`)
}

const OTHER_FAULT = ["", "input/corrupt", "has a directory that is damaged; copy or download it again"] as const
const DIRECTORY_FAULTS = [
  [
    "End of central directory",
    "input/truncated",
    "has no directory, which stands at its end; copy or download it again",
  ],
  ["encryption", "input/unsupported-shape", "is encrypted; unpack it and analyze the files"],
  ["multi-disk", "input/unsupported-shape", "is one part of several; join and unpack them, and analyze the files"],
] as const

/** The directory's end says how long the comment is that closes the archive. */
function tailFault(message: string): SourceFault {
  const [actualBytes = 0, declaredBytes = 0] = [...message.matchAll(/\d+/g)].map(Number)
  return declaredBytes > actualBytes
    ? new SourceFault("input/truncated", "the zip archive is cut off; copy or download it again")
    : new SourceFault(
        "input/trailing-data",
        "something stands behind the end of the zip archive; copy or download it again",
      )
}

const DIRECTORY_HEADER = 0x02014b50

/** The directory's end counts its entries in 16 bits; a writer that passed 65,535 made entries that nobody sees. */
async function refuseHiddenEntries(reader: ArchiveReader, zip: ZipFile): Promise<void> {
  // The types call the cursor a boolean; it is where the next entry would begin.
  const next = Buffer.from(await reader.bytesAt(Number(zip.readEntryCursor), 4))
  if (next.length === 4 && next.readUInt32LE(0) === DIRECTORY_HEADER) {
    throw new SourceFault(
      "input/corrupt",
      "the directory of the zip archive has more entries than its end says; copy or download it again",
    )
  }
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
}

const FILE_TYPE = 0xf000
const SYMBOLIC_LINK = 0xa000

function refuseHarmful(entry: Entry): void {
  const name = nameOf(entry)
  const leadsOut = name.startsWith("/") || /^[a-z]:/i.test(name) || name.split("/").includes("..")
  if (leadsOut) throw unsafe("has an entry whose path leads out of it")
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) throw unsafe("has a symbolic link")
}

/** An entry, and which bytes of the archive are its header and its data. */
interface LocatedEntry extends ZipEntry {
  readonly headerOffset: number
  readonly endOffset: number
}

const LOCAL_HEADER_BYTES = 30

async function locate(zip: ZipFile, entry: Entry): Promise<LocatedEntry> {
  const dataOffset = await dataOffsetOf(zip, entry)
  const leastOffset = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES
  return {
    name: nameOf(entry),
    isEncrypted: entry.isEncrypted(),
    method: entry.compressionMethod,
    crc32: entry.crc32,
    compressedBytes: entry.compressedSize,
    inflatedBytes: entry.uncompressedSize,
    dataOffset,
    headerOffset: entry.relativeOffsetOfLocalHeader,
    endOffset: (dataOffset ?? leastOffset) + entry.compressedSize,
  }
}

/** The entry's own header says where its data begin. */
async function dataOffsetOf(zip: ZipFile, entry: Entry): Promise<number | null> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart
  } catch (cause) {
    if (directoryFault(cause).error.code !== "input/unreadable") return null
    throw cause
  }
}

/** One piece of compressed data that many entries share is how a small archive becomes an endless one. */
function refuseOverlaps(entries: readonly LocatedEntry[]): void {
  const ordered = entries.toSorted((a, b) => a.headerOffset - b.headerOffset)
  let endOffset = 0
  for (const entry of ordered) {
    if (entry.headerOffset < endOffset) throw unsafe("has entries that share bytes")
    endOffset = entry.endOffset
  }
}

function unsafe(what: string): SourceFault {
  return new SourceFault(
    "input/unsafe-archive",
    `the zip archive ${what}, so none of it is read; unpack it with care and look at it`,
  )
}
