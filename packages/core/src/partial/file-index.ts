/**
 * What files were when they were read last: by their place, size, time of change and SHA-256. Kept as a container of
 * sections `FILE` (JSON), so that damage is noticed; what is damaged is begun anew.
 */
import type { XXHashAPI } from "xxhash-wasm"
import { damaged } from "./container.ts"
import { readJson } from "./chunk.ts"
import { FIRST_SECTION, SectionReader } from "./section-reader.ts"
import { SectionWriter } from "./section-writer.ts"
import { StateFile } from "./state-file.ts"

/** What tells that a file is what it was, without reading it. */
export interface FileStamp {
  readonly sizeBytes: number
  /** Nanoseconds, as decimal text. */
  readonly mtimeNs: string
}

interface FileEntry extends FileStamp {
  readonly sha256: string
}

const ENTRIES_A_SECTION = 4096

/** The index of a state folder. */
export class FileIndex {
  readonly #path: string
  readonly #hash: XXHashAPI
  readonly #entries = new Map<string, FileEntry>()
  #isChanged = false

  /** An empty index, to be written to `path`. */
  constructor(path: string, hash: XXHashAPI) {
    this.#path = path
    this.#hash = hash
  }

  /** Reads what is there. Throws a `PartialError` where it is damaged, and has nothing then. */
  read(): void {
    const reader = new SectionReader(this.#hash, this.#path)
    try {
      for (const section of reader.sections(FIRST_SECTION, null)) {
        if (section.kind !== "FILE") throw damaged("a section of another kind")
        for (const [place, entry] of readJson<[string, FileEntry][]>(section)) this.#entries.set(place, entry)
      }
    } catch (cause) {
      this.#entries.clear()
      throw cause
    } finally {
      reader.close()
    }
  }

  /** The SHA-256 of the file at a place, if it is what it was; else null. */
  find(place: string, { sizeBytes, mtimeNs }: FileStamp): string | null {
    const entry = this.#entries.get(place)
    return entry !== undefined && entry.sizeBytes === sizeBytes && entry.mtimeNs === mtimeNs ? entry.sha256 : null
  }

  set(place: string, { sizeBytes, mtimeNs }: FileStamp, sha256: string): void {
    if (this.find(place, { sizeBytes, mtimeNs }) === sha256) return
    this.#entries.set(place, { sizeBytes, mtimeNs, sha256 })
    this.#isChanged = true
  }

  /** Writes it, if there is something new. Throws a `StateError`. */
  async write(): Promise<void> {
    if (!this.#isChanged) return
    const file = StateFile.begin(this.#path)
    try {
      const writer = new SectionWriter(this.#hash, (bytes) => file.write(bytes))
      const entries = [...this.#entries]
      for (let from = 0; from < entries.length; from += ENTRIES_A_SECTION)
        writer.addJson("FILE", entries.slice(from, from + ENTRIES_A_SECTION))
      writer.end()
      await file.finish(this.#path)
    } catch (cause) {
      file.discard()
      throw cause
    }
  }
}
