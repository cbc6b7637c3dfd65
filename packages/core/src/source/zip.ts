/**
 * Zip archives: each entry that is data is an input of its own. Names are only names here, nothing is ever written under
 * them.
 */
import { ByteReader } from "./byte-reader.ts"
import type { Hasher } from "./hashing.ts"
import type { InputEnd, OpenedInput, Skipped, SourceLimits } from "./input.ts"
import { pathText } from "./path-text.ts"
import { FirstError, held, openText, type HeldInput } from "./plain-input.ts"
import { CLUTTER_REASON, isClutter, isDataName, looksLikeJson, NO_DATA, TEXT_HEAD_BYTES } from "./sifting.ts"
import type { StoredFile } from "./stored-file.ts"
import { readDirectory, type ZipEntry } from "./zip-directory.ts"
import { ZipEntryContent } from "./zip-entry.ts"

/** An archive that has been opened. */
export interface OpenedArchive {
  /** As reported. */
  readonly path: string
  readonly file: StoredFile
  readonly sizeBytes: number
  readonly limits: SourceLimits
  readonly hasher: Hasher
  readonly onSkipped: (skipped: Skipped) => void
}

/** Opens the entries one after the other; the next is asked for when the one before has ended. Returns how many the directory lists. */
export async function* openZipEntries(archive: OpenedArchive): AsyncGenerator<OpenedInput, number> {
  const { path, onSkipped } = archive
  const { files, entryCount } = await readDirectory(archive.file, archive.sizeBytes, archive.limits.maxEntries)
  const labels = uniqueLabels(files.map(({ name }) => name))
  for (const [index, entry] of files.entries()) {
    const label = labels[index] ?? entry.name
    const opened = isClutter(entry.name) ? null : await openEntry(archive, label, entry)
    if (opened === null) onSkipped({ path, entry: label, reason: isClutter(entry.name) ? CLUTTER_REASON : NO_DATA })
    else yield* held(opened)
  }
  return entryCount
}

/** Names as reported: the second of a name gets `#2`, or the next number that no entry bears. */
function uniqueLabels(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => pathText(Buffer.from(name))))
  const copies = new Map<string, number>()
  return names.map((name) => {
    const plain = pathText(Buffer.from(name))
    let copy = (copies.get(name) ?? 0) + 1
    while (copy > 1 && taken.has(`${plain}#${copy}`)) copy += 1
    copies.set(name, copy)
    return copy === 1 ? plain : `${plain}#${copy}`
  })
}

/** Null for an entry that is no data. */
async function openEntry(
  { path, file, limits, hasher }: OpenedArchive,
  label: string,
  entry: ZipEntry,
): Promise<HeldInput | null> {
  const errors = new FirstError()
  const content = new ZipEntryContent(file, entry, limits, hasher)
  const reader = new ByteReader(errors.guard(content.chunks()))
  const head = await reader.peek(TEXT_HEAD_BYTES)
  if (!isDataName(entry.name) && errors.error === null && !looksLikeJson(head)) {
    await reader.close()
    return null
  }
  const { encoding, text } = await openText(reader, true, errors)
  const end = async (): Promise<InputEnd> => {
    for await (const chunk of reader.rest()) if (chunk.length === 0) break
    await errors.either(() => file.checkUnchanged(), undefined)
    return { sizeBytes: content.byteCount, sha256: await content.digest(), error: errors.error }
  }
  return {
    input: { path, entry: label, compression: "zip", encoding, chunks: text, end },
    release: () => reader.close(),
  }
}
