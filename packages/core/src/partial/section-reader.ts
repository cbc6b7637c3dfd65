/** Reads the sections of a container on a file, one after the other, each checked against its sum. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import type { XXHashAPI } from "xxhash-wasm"
import {
  checkFileHeader,
  checkSection,
  cutOff,
  damaged,
  FILE_HEADER_BYTES,
  payloadOf,
  readSectionHeader,
  SECTION_HEADER_BYTES,
  type Section,
  type SectionHeader,
  type SectionKind,
} from "./container.ts"
import { PartialError } from "./partial-error.ts"
import type { SectionMemory } from "./section-memory.ts"

/** Where a section begins. */
export interface SectionPlace {
  readonly byteOffset: number
  /** Its number among the sections of the file. */
  readonly position: number
}

/** Where the first section of every container begins. */
export const FIRST_SECTION: SectionPlace = { byteOffset: FILE_HEADER_BYTES, position: 0 }

/** A section whose sum is right, its payload not yet inflated. */
export interface StoredSection extends SectionPlace {
  readonly kind: SectionKind
  /** Where the next one begins. */
  readonly next: SectionPlace
  /** Inflates it. */
  readonly read: () => Section
}

/** An open container. Everything that it throws is a `PartialError`. */
export class SectionReader {
  readonly #hash: XXHashAPI
  readonly #descriptor: number
  readonly #fileBytes: number
  #isClosed = false

  /** Opens a file and looks at its first bytes. */
  constructor(hash: XXHashAPI, path: string) {
    this.#hash = hash
    this.#descriptor = orUnreadable(() => openSync(path, "r"))
    try {
      const stats = orUnreadable(() => fstatSync(this.#descriptor))
      if (!stats.isFile())
        throw new PartialError("unreadable", "it is no regular file; name a file that --partial wrote")
      this.#fileBytes = stats.size
      checkFileHeader(this.#read(0, Math.min(FILE_HEADER_BYTES, stats.size)))
    } catch (cause) {
      this.close()
      throw cause
    }
  }

  /**
   * The sections from a place on, up to and without `LAST`. They are read into `memory`, if there is any: then the bytes
   * of one are gone when the next of its kind is asked for.
   */
  *sections(from: SectionPlace, memory: SectionMemory | null): Generator<StoredSection> {
    for (let place = from; ;) {
      const section = this.#sectionAt(place, memory)
      if (section.kind === "LAST") return this.#checkEnd(section)
      yield section
      place = section.next
    }
  }

  /** Closes the file, if it is open. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeSync(this.#descriptor)
  }

  #sectionAt({ byteOffset, position }: SectionPlace, memory: SectionMemory | null): StoredSection {
    if (byteOffset + SECTION_HEADER_BYTES > this.#fileBytes) throw cutOff()
    const headerBytes = this.#read(byteOffset, SECTION_HEADER_BYTES)
    const header = readSectionHeader(headerBytes, position)
    const end = byteOffset + SECTION_HEADER_BYTES + header.storedBytes
    if (end > this.#fileBytes) throw cutOff()
    const { kind, storedBytes } = header
    const bytes = memory?.take(kind, storedBytes) ?? Buffer.allocUnsafeSlow(storedBytes)
    const stored = this.#readInto(bytes, byteOffset + SECTION_HEADER_BYTES)
    checkSection(this.#hash, headerBytes, stored, position)
    return {
      byteOffset,
      position,
      kind,
      next: { byteOffset: end, position: position + 1 },
      read: () => ({ kind: header.kind, payload: inflated(header, stored, position) }),
    }
  }

  #checkEnd({ next }: StoredSection): void {
    if (next.byteOffset !== this.#fileBytes) throw damaged("bytes follow its end")
  }

  /** Memory of its own, so that columns in it are aligned. */
  #read(byteOffset: number, byteCount: number): Buffer {
    return this.#readInto(Buffer.allocUnsafeSlow(byteCount), byteOffset)
  }

  #readInto(bytes: Buffer, byteOffset: number): Buffer {
    for (let done = 0; done < bytes.length;) {
      const count = orUnreadable(() => readSync(this.#descriptor, bytes, done, bytes.length - done, byteOffset + done))
      if (count === 0) throw cutOff()
      done += count
    }
    return bytes
  }
}

function inflated(header: SectionHeader, stored: Uint8Array, position: number): Uint8Array {
  try {
    return payloadOf(header, stored)
  } catch {
    throw damaged(`section ${position}`)
  }
}

function orUnreadable<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error"
    const advice =
      code === "ENOENT" ? "there is no such file" : code === "EACCES" ? "permission is denied" : "the system reports"
    throw new PartialError("unreadable", `it cannot be read: ${advice} (${code})`, { cause })
  }
}
