/**
 * Zip archives: each entry that is data is an input of its own. Names are only names here, nothing is ever written under
 * them. yauzl finds and inflates entries; it checks no CRC-32, so that is done here.
 */
import { createHash } from "node:crypto"
import type { Readable } from "node:stream"
import { crc32 } from "node:zlib"
import type { Entry, ZipFile } from "yauzl"
import { ByteReader } from "./byte-reader.ts"
import { limitInflation } from "./inflation.ts"
import { SourceFault, type InputEnd, type OpenedInput, type Skipped, type SourceLimits } from "./input.ts"
import { FirstError, startText } from "./plain-input.ts"
import { CLUTTER_REASON, isClutter, isDataName, looksLikeJson, NO_DATA } from "./sifting.ts"
import { readDirectory } from "./zip-directory.ts"

/** How much of an entry is looked at to see whether it is JSON. */
const HEAD_BYTES = 4096

/** Opens the entries of the archive behind `fd`, one after the other; the next is asked for when the one before has ended. */
export async function* openZipEntries(
  path: string,
  fd: number,
  limits: SourceLimits,
  onSkipped: (skipped: Skipped) => void,
): AsyncGenerator<OpenedInput, number> {
  const { zip, entries } = await readDirectory(fd, limits.maxEntries)
  const seen = new Map<string, number>()
  for (const { name, entry } of entries) {
    if (name.endsWith("/")) continue
    const copy = (seen.get(name) ?? 0) + 1
    seen.set(name, copy)
    const label = copy === 1 ? name : `${name}#${copy}`
    if (isClutter(name)) onSkipped({ path, entry: label, reason: CLUTTER_REASON })
    else {
      const opened = await openEntry(path, label, zip, entry, limits)
      if (opened === null) onSkipped({ path, entry: label, reason: NO_DATA })
      else yield opened
    }
  }
  return entries.length
}

/** Null for an entry that is no data. */
async function openEntry(path: string, label: string, zip: ZipFile, entry: Entry, limits: SourceLimits): Promise<OpenedInput | null> {
  const errors = new FirstError()
  const content = new EntryContent(zip, entry, limits)
  const reader = new ByteReader(errors.guard(content.chunks()))
  const head = await reader.peek(HEAD_BYTES)
  if (!isDataName(label.replace(/#\d+$/, "")) && errors.error === null && !looksLikeJson(head)) {
    await reader.close()
    return null
  }
  const text = await startText(reader, true).catch((cause: unknown) => {
    errors.keep(cause)
    return { encoding: "utf-8", text: new ByteReader(nothing()).rest() } as const
  })
  const end = async (): Promise<InputEnd> => {
    for await (const chunk of reader.rest()) if (chunk.length === 0) continue
    return { sizeBytes: content.byteCount, sha256: content.digest(), error: errors.error }
  }
  return { path, entry: label, compression: "zip", encoding: text.encoding, chunks: errors.guard(text.text), end }
}

/** The inflated bytes of an entry, counted, hashed and checked. */
class EntryContent {
  byteCount = 0
  readonly #zip: ZipFile
  readonly #entry: Entry
  readonly #limits: SourceLimits
  readonly #hash
  #isWhole = false

  constructor(zip: ZipFile, entry: Entry, limits: SourceLimits) {
    this.#zip = zip
    this.#entry = entry
    this.#limits = limits
    this.#hash = limits.hash ? createHash("sha256") : null
  }

  /** Null where it was not read to its end. */
  digest(): string | null {
    return this.#isWhole ? (this.#hash?.digest("hex") ?? null) : null
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    let crc = 0
    const stream = await this.#open()
    try {
      const limited = limitInflation(stream, this.#limits.maxInflatedBytes, () => this.#entry.compressedSize)
      for await (const chunk of limited) {
        crc = crc32(chunk, crc)
        this.byteCount += chunk.length
        this.#hash?.update(chunk)
        yield chunk
      }
    } catch (cause) {
      throw entryFault(cause)
    } finally {
      stream.destroy()
    }
    if (crc !== this.#entry.crc32) {
      throw new SourceFault("input/checksum", "the CRC-32 of the zip entry does not fit its data, so some of them are wrong; copy the archive again")
    }
    this.#isWhole = true
  }

  #open(): Promise<Readable> {
    if (this.#entry.isEncrypted()) throw new SourceFault("input/unsupported-shape", "the zip entry is encrypted; unpack it and analyze the files")
    if (!this.#entry.canDecodeFileData()) {
      throw new SourceFault("input/unsupported-shape", "the zip entry uses a compression that is not read; unpack it and analyze the files")
    }
    return new Promise((resolve, reject) => {
      this.#zip.openReadStream(this.#entry, (cause, stream) => {
        if (cause === null) resolve(stream)
        else reject(entryFault(cause))
      })
    })
  }
}

function entryFault(cause: unknown): unknown {
  if (cause instanceof SourceFault) return cause
  return new SourceFault("input/corrupt", "the zip entry is damaged or is not as long as the directory says; copy the archive again")
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
