/** Reads the sections of a container on a file, one after the other, each checked against its sum. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import type { XXHashAPI } from "xxhash-wasm"
import {
  checkFileHeader,
  cutOff,
  damaged,
  FILE_HEADER_BYTES,
  payloadOf,
  readSectionHeader,
  SECTION_HEADER_BYTES,
  SectionCheck,
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
  /** Inflates it. Not for those that were only checked. */
  readonly read: () => Section
}

/** What is done with a section: its bytes are kept, or no more than checked. */
export type KeepsSection = (kind: SectionKind) => boolean

const ALL: KeepsSection = () => true

/** So much is summed while it is in the cache of a core. */
const PIECE_BYTES = 128 * 1024

/** An open container. Everything that it throws is a `PartialError`. */
export class SectionReader {
  readonly #hash: XXHashAPI
  readonly #descriptor: number
  readonly #fileBytes: number
  /** For what is only checked. */
  readonly #passing = Buffer.allocUnsafeSlow(PIECE_BYTES)
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
   * of one are gone when the next of its kind is asked for. Those that are not to be kept are only checked.
   */
  *sections(from: SectionPlace, memory: SectionMemory | null, keeps: KeepsSection = ALL): Generator<StoredSection> {
    for (let place = from; ;) {
      const section = this.#sectionAt(place, memory, keeps)
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

  #sectionAt({ byteOffset, position }: SectionPlace, memory: SectionMemory | null, keeps: KeepsSection): StoredSection {
    if (byteOffset + SECTION_HEADER_BYTES > this.#fileBytes) throw cutOff()
    const headerBytes = this.#read(byteOffset, SECTION_HEADER_BYTES)
    const header = readSectionHeader(headerBytes, position)
    const end = byteOffset + SECTION_HEADER_BYTES + header.storedBytes
    if (end > this.#fileBytes) throw cutOff()
    const { kind, storedBytes } = header
    const stored = keeps(kind) ? (memory?.take(kind, storedBytes) ?? Buffer.allocUnsafeSlow(storedBytes)) : null
    const check = new SectionCheck(this.#hash, headerBytes, position)
    this.#readChecked(stored, byteOffset + SECTION_HEADER_BYTES, storedBytes, check)
    return {
      byteOffset,
      position,
      kind,
      next: { byteOffset: end, position: position + 1 },
      read: () => ({ kind: header.kind, payload: inflated(header, stored ?? notKept(position), position) }),
    }
  }

  #checkEnd({ next }: StoredSection): void {
    if (next.byteOffset !== this.#fileBytes) throw damaged("bytes follow its end")
  }

  /** Memory of its own, so that columns in it are aligned. */
  #read(byteOffset: number, byteCount: number): Buffer {
    return this.#readInto(Buffer.allocUnsafeSlow(byteCount), byteOffset)
  }

  /** Reads a section piece by piece into `bytes`, if it is kept. */
  #readChecked(bytes: Buffer | null, byteOffset: number, byteCount: number, check: SectionCheck): void {
    for (let from = 0; from < byteCount; from += PIECE_BYTES) {
      const pieceBytes = Math.min(PIECE_BYTES, byteCount - from)
      const piece = bytes?.subarray(from, from + pieceBytes) ?? this.#passing.subarray(0, pieceBytes)
      check.update(this.#readInto(piece, byteOffset + from))
    }
    check.end()
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

function notKept(position: number): never {
  throw new RangeError(`section ${position} was only checked`)
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
