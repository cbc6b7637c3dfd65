/** The inputs of a run, opened one after the other: never more than one file is open. */
import { open } from "node:fs/promises"
import { ByteReader } from "./byte-reader.ts"
import { SourceFault, type Archive, type InputEnd, type OpenedInput, type Skipped, type SourceError, type SourceLimits } from "./input.ts"
import { containerOf, MAGIC_BYTES } from "./magic.ts"
import { openPlain } from "./plain-input.ts"
import type { Source } from "./source-list.ts"
import { StoredFile } from "./stored-file.ts"
import { openZipEntries } from "./zip.ts"

/** What is found on the way. */
export interface SourceNotes {
  readonly onSkipped: (skipped: Skipped) => void
  readonly onArchive: (archive: Archive) => void
}

/** Opens the inputs of one source: one, or the entries of an archive. Each must have ended before the next is asked for. */
export async function* openSource(source: Source, limits: SourceLimits, notes: SourceNotes): AsyncGenerator<OpenedInput> {
  if (source.error !== null) return yield failedInput(source.path, source.error, null)
  let file: StoredFile
  try {
    file = await StoredFile.open(source.systemPath, limits.hash)
  } catch (cause) {
    return yield failedInput(source.path, errorOf(cause), null)
  }
  try {
    const reader = new ByteReader(file.chunks())
    const head = await reader.peek(MAGIC_BYTES)
    if (containerOf(head) !== "zip") yield await openPlain(source.path, file, reader, limits)
    else yield* openArchive(source, file, limits, notes)
  } catch (cause) {
    yield failedInput(source.path, errorOf(cause), file)
  } finally {
    await file.close()
  }
}

/** A zip needs its directory, which stands at the end: the file is hashed first, then read by its entries. */
async function* openArchive(source: Source, file: StoredFile, limits: SourceLimits, notes: SourceNotes): AsyncGenerator<OpenedInput> {
  if (source.systemPath === "-") {
    throw new SourceFault("input/unsupported-shape", "a zip archive cannot be read from standard input; name the file")
  }
  const stored = await file.finish()
  const handle = await open(source.systemPath, "r")
  try {
    const entries = yield* openZipEntries(source.path, handle.fd, limits, notes.onSkipped)
    notes.onArchive({ path: source.path, ...stored, entries })
  } catch (cause) {
    const error = errorOf(cause)
    yield { ...failedInput(source.path, error, null), compression: "zip", end: () => Promise.resolve({ ...stored, error }) }
  } finally {
    await handle.close()
  }
}

/** An input of which nothing can be read. */
function failedInput(path: string, error: SourceError, file: StoredFile | null): OpenedInput {
  const end = (): Promise<InputEnd> => Promise.resolve({ sizeBytes: file?.byteCount ?? 0, sha256: null, error })
  return { path, entry: null, compression: "none", encoding: "utf-8", chunks: nothing(), end }
}

function errorOf(cause: unknown): SourceError {
  if (cause instanceof SourceFault) return cause.error
  throw cause
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
