/** The inputs of a run, opened one after the other: never more than one file is open. */
import { ByteReader } from "./byte-reader.ts"
import { OWN_MEMORY } from "./chunk-memory.ts"
import { GUNZIP_HERE } from "./gunzipping.ts"
import { HERE, type Hasher } from "./hashing.ts"
import {
  SourceFault,
  type Archive,
  type Compression,
  type OpenedInput,
  type Skipped,
  type SourceError,
  type SourceLimits,
} from "./input.ts"
import { containerOf, MAGIC_BYTES } from "./magic.ts"
import { held, noChunks, openPlain, type PlainMeans } from "./plain-input.ts"
import type { Source } from "./source-list.ts"
import { faultOf, StoredFile, type Stored } from "./stored-file.ts"

/** What is found on the way. */
export interface SourceNotes {
  readonly onSkipped: (skipped: Skipped) => void
  readonly onArchive: (archive: Archive) => void
}

/** What reading works with, from one source to the next. */
export interface SourceMeans extends PlainMeans {
  readonly hasher: Hasher
}

const NO_MEANS: SourceMeans = { memory: OWN_MEMORY, hasher: HERE, gunzipper: GUNZIP_HERE }

/**
 * Opens the inputs of one source: one, or the entries of an archive that are data, in the order of their names. Each
 * must have ended before the next is asked for. Whatever is wrong with the source is the error of an input.
 */
export async function* openSource(
  source: Source,
  limits: SourceLimits,
  notes: SourceNotes,
  means: SourceMeans = NO_MEANS,
): AsyncGenerator<OpenedInput> {
  if (source.error !== null) return yield failedInput(source.path, "none", source.error)
  let file: StoredFile
  try {
    file = await StoredFile.open(source.systemPath, limits.hash ? means.hasher : null, limits.signal ?? null)
  } catch (cause) {
    return yield failedInput(source.path, "none", faultOf(cause).error)
  }
  try {
    const stored = new ByteReader(file.chunks())
    if (await isZip(stored)) yield* openArchive(source.path, file, limits, notes, means.hasher)
    else yield* held(await openPlain(source.path, file, stored, limits, means))
  } finally {
    await file.close()
  }
}

/** A file that cannot be read is told by whoever reads it. */
async function isZip(stored: ByteReader): Promise<boolean> {
  const head = await stored.peek(MAGIC_BYTES).catch(() => new Uint8Array(0))
  return containerOf(head) === "zip"
}

/** The directory of a zip stands at its end, so the file is hashed first, and its entries are read after. */
async function* openArchive(
  path: string,
  file: StoredFile,
  limits: SourceLimits,
  notes: SourceNotes,
  hasher: Hasher,
): AsyncGenerator<OpenedInput> {
  let stored: Stored = { sizeBytes: 0, sha256: null }
  let entries: number
  try {
    if (!file.isSeekable) {
      throw new SourceFault(
        "input/unsupported-shape",
        "a zip archive cannot be read from a pipe, because its directory stands at its end; name the file",
      )
    }
    stored = await file.finish()
    const { openZipEntries } = await import("./zip.ts")
    entries = yield* openZipEntries({
      path,
      file,
      sizeBytes: stored.sizeBytes,
      limits,
      hasher,
      onSkipped: notes.onSkipped,
    })
  } catch (cause) {
    return yield failedInput(path, "zip", faultOf(cause).error, stored)
  }
  notes.onArchive({ path, ...stored, entries })
}

/** An input of which nothing can be read. */
function failedInput(
  path: string,
  compression: Compression,
  error: SourceError,
  stored: Stored = { sizeBytes: 0, sha256: null },
): OpenedInput {
  return {
    path,
    entry: null,
    compression,
    encoding: "utf-8",
    chunks: noChunks(),
    end: () => Promise.resolve({ ...stored, error }),
  }
}
