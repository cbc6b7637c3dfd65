/** What a run that was interrupted in the middle of an input left of it: block results up to the last mark. */
import type { InputPlace } from "../facts/evidence.ts"
import { readJson } from "./chunk.ts"
import type { SectionKind } from "./container.ts"
import { PartialError } from "./partial-error.ts"
import type { InputRecord, Mark, PartialHead } from "./recorder.ts"
import type { ReadingMeans } from "./reading-means.ts"
import { replayChunks, type ReplayTarget } from "./replay.ts"
import type { SectionMemory } from "./section-memory.ts"
import { FIRST_SECTION, SectionReader, type SectionPlace, type StoredSection } from "./section-reader.ts"

/** An input that was read to a mark. */
export class UnfinishedFile {
  readonly head: PartialHead
  readonly record: InputRecord
  readonly mark: Mark
  readonly #reader: SectionReader
  readonly #means: ReadingMeans
  readonly #from: SectionPlace
  readonly #markPosition: number

  private constructor(reader: SectionReader, means: ReadingMeans, found: Found) {
    this.#reader = reader
    this.#means = means
    this.head = found.head
    this.record = found.record
    this.mark = found.mark
    this.#from = found.from
    this.#markPosition = found.markPosition
  }

  /** Opens the file; null where it has no mark. Throws a `PartialError` where it is damaged. That its end is missing is no damage. */
  static open(path: string, means: ReadingMeans): UnfinishedFile | null {
    const reader = new SectionReader(means.hash, path)
    try {
      const found = findMark(reader, means.sections)
      if (found !== null) return new UnfinishedFile(reader, means, found)
    } catch (cause) {
      reader.close()
      throw cause
    }
    reader.close()
    return null
  }

  /** Begins the input and gives it up to the mark; `place` is what it is called now. Throws a `PartialError`. */
  async replay(place: InputPlace, target: ReplayTarget): Promise<void> {
    const sections = this.#reader.sections(this.#from, target.keepsResults ? null : this.#means.sections)
    sections.next()
    target.begin({ ...this.record, ...place })
    await replayChunks(sections, this.#means, target, ({ position }) => position === this.#markPosition)
  }

  close(): void {
    this.#reader.close()
  }
}

interface Found {
  readonly head: PartialHead
  readonly record: InputRecord
  readonly from: SectionPlace
  readonly mark: Mark
  readonly markPosition: number
}

const LOOKED_AT: ReadonlySet<SectionKind> = new Set(["HEAD", "INPT", "MARK"])

function findMark(reader: SectionReader, memory: SectionMemory): Found | null {
  let head: PartialHead | null = null
  let input: { readonly record: InputRecord; readonly from: SectionPlace } | null = null
  let last: { readonly mark: Mark; readonly markPosition: number } | null = null
  for (const section of whole(reader.sections(FIRST_SECTION, memory, (kind) => LOOKED_AT.has(kind)))) {
    const { kind, byteOffset, position } = section
    if (kind === "HEAD") head = readJson(section)
    else if (kind === "INPT") input = { record: readJson(section), from: { byteOffset, position } }
    else if (kind === "MARK") last = { mark: readJson(section), markPosition: position }
  }
  return head === null || input === null || last === null ? null : { head, ...input, ...last }
}

/** The sections that are there. */
function* whole(sections: Generator<StoredSection>): Generator<StoredSection> {
  try {
    yield* sections
  } catch (cause) {
    if (!(cause instanceof PartialError && cause.isCut)) throw cause
  }
}
