/** The bytes of one entry of a zip archive: inflated, counted, hashed, and checked against what the directory says. */
import { crc32 } from "node:zlib"
import { ByteReader } from "./byte-reader.ts"
import { inflateRaw } from "./gzip.ts"
import type { Digest, Hasher } from "./hashing.ts"
import { limitInflation } from "./inflation.ts"
import { SourceFault, type SourceLimits } from "./input.ts"
import type { StoredFile } from "./stored-file.ts"
import type { ZipEntry } from "./zip-directory.ts"

const METHOD = { stored: 0, deflate: 8 } as const

export class ZipEntryContent {
  readonly #entry: ZipEntry
  readonly #file: StoredFile
  readonly #limits: SourceLimits
  readonly #digest: Digest | null
  #crc = 0
  #byteCount = 0
  #isWhole = false

  constructor(file: StoredFile, entry: ZipEntry, limits: SourceLimits, hasher: Hasher) {
    this.#file = file
    this.#entry = entry
    this.#limits = limits
    this.#digest = limits.hash ? hasher.begin(entry.inflatedBytes) : null
  }

  /** Inflated bytes so far. */
  get byteCount(): number {
    return this.#byteCount
  }

  /** Of the inflated bytes, in lower-case hexadecimal; null unless all of them came and were right. */
  async digest(): Promise<string | null> {
    return this.#isWhole ? ((await this.#digest?.end()) ?? null) : null
  }

  /** Throws a `SourceFault` where they cannot be read, are too many, or are not what the directory says. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const { dataOffset, compressedBytes } = this.#readable()
    const stored = new ByteReader(this.#file.range(dataOffset, compressedBytes))
    try {
      const inflated = this.#entry.method === METHOD.deflate ? inflateRaw(stored) : stored.rest()
      for await (const chunk of limitInflation(inflated, this.#limits.maxInflatedBytes, () => stored.takenBytes)) {
        this.#count(chunk)
        await this.#digest?.update(chunk)
        yield chunk
      }
      this.#check(stored.takenBytes)
    } catch (cause) {
      // Its bytes ended too early: the archive is whole, so the directory does not fit.
      throw cause instanceof SourceFault && cause.error.code === "input/truncated" ? misfit() : cause
    } finally {
      await stored.close()
    }
  }

  #readable(): ZipEntry & { readonly dataOffset: number } {
    const { dataOffset, method, isEncrypted } = this.#entry
    if (isEncrypted)
      throw new SourceFault("input/unsupported-shape", "the zip entry is encrypted; unpack it and analyze the files")
    if (method !== METHOD.stored && method !== METHOD.deflate) {
      throw new SourceFault(
        "input/unsupported-shape",
        `the zip entry is compressed by method ${method}, which is not read; unpack it and analyze the files`,
      )
    }
    if (dataOffset === null) throw misfit()
    return { ...this.#entry, dataOffset }
  }

  #count(chunk: Uint8Array): void {
    this.#byteCount += chunk.length
    if (this.#byteCount > this.#entry.inflatedBytes) throw misfit()
    this.#crc = crc32(chunk, this.#crc)
  }

  #check(usedBytes: number): void {
    if (this.#byteCount !== this.#entry.inflatedBytes || usedBytes !== this.#entry.compressedBytes) throw misfit()
    if (this.#crc !== this.#entry.crc32) {
      throw new SourceFault(
        "input/checksum",
        "the CRC-32 of the zip entry does not fit its data, so some of them are wrong; copy the archive again",
      )
    }
    this.#isWhole = true
  }
}

function misfit(): SourceFault {
  return new SourceFault(
    "input/corrupt",
    "the zip entry is damaged, or is not as long as the directory says; copy the archive again",
  )
}
