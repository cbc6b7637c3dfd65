/**
 * A partial on a file: looked through once, so that all of it is known to be whole before any of it is used, and then
 * replayed input by input.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import type { InputPlace } from "../facts/evidence.ts"
import { readJson } from "./chunk.ts"
import { damaged, type SectionKind } from "./container.ts"
import type { ReadingMeans } from "./reading-means.ts"
import { replayChunks, type ReplayTarget } from "./replay.ts"
import type { InputDone, InputRecord, PartialHead } from "./recorder.ts"
import type { SectionMemory } from "./section-memory.ts"
import { FIRST_SECTION, SectionReader, type SectionPlace } from "./section-reader.ts"

/** An input in a partial. */
export interface PartialInput {
  readonly record: InputRecord
  readonly done: InputDone
  /** Where its section `INPT` begins. */
  readonly place: SectionPlace
}

/** A partial that is whole. */
export class PartialFile {
  readonly head: PartialHead
  readonly inputs: readonly PartialInput[]
  readonly skipped: readonly unknown[]
  readonly archives: readonly unknown[]
  readonly #path: string
  readonly #means: ReadingMeans

  private constructor(path: string, means: ReadingMeans, contents: Contents) {
    this.#path = path
    this.#means = means
    this.head = contents.head
    this.inputs = contents.inputs
    this.skipped = contents.skipped
    this.archives = contents.archives
  }

  /** Looks through a partial. Throws a `PartialError` where it cannot be used. It is not kept open: there may be many. */
  static async open(path: string, means: ReadingMeans): Promise<PartialFile> {
    const reader = new SectionReader(means.hash, path)
    try {
      return new PartialFile(path, means, await contentsOf(reader, means.sections))
    } finally {
      reader.close()
    }
  }

  /** Gives an input again, as it was recorded; `place` is what it is called now. Throws a `PartialError` where the file is no longer whole. */
  async replay({ record, place: from }: PartialInput, place: InputPlace, target: ReplayTarget): Promise<void> {
    const reader = new SectionReader(this.#means.hash, this.#path)
    try {
      const sections = reader.sections(from, target.keepsResults ? null : this.#means.sections)
      sections.next()
      target.begin({ ...record, ...place })
      const end = await replayChunks(sections, this.#means, target, ({ kind }) => kind === "DONE")
      const { framing, source } = readJson<InputDone>(end)
      target.end(framing, source)
    } finally {
      reader.close()
    }
  }
}

const SECTIONS_A_TURN = 16

/** What is replayed later is only checked now. */
const LOOKED_AT: ReadonlySet<SectionKind> = new Set(["HEAD", "INPT", "DONE", "SKIP", "ARCH"])

interface Contents {
  readonly head: PartialHead
  readonly inputs: readonly PartialInput[]
  readonly skipped: readonly unknown[]
  readonly archives: readonly unknown[]
}

async function contentsOf(reader: SectionReader, memory: SectionMemory): Promise<Contents> {
  let head: PartialHead | null = null
  let open: { record: InputRecord; place: SectionPlace } | null = null
  const inputs: PartialInput[] = []
  const lists: { skipped: unknown[]; archives: unknown[] } = { skipped: [], archives: [] }
  for (const section of reader.sections(FIRST_SECTION, memory, (kind) => LOOKED_AT.has(kind))) {
    // Signals are heard meanwhile.
    if (section.position % SECTIONS_A_TURN === 0) await nextTurn()
    if (section.kind === "HEAD") head = readJson(section)
    else if (section.kind === "INPT") open = { record: readJson(section), place: placeOf(section) }
    else if (section.kind === "DONE" && open !== null) {
      inputs.push({ record: open.record, done: readJson(section), place: open.place })
      open = null
    } else if (section.kind === "SKIP") lists.skipped = readJson(section)
    else if (section.kind === "ARCH") lists.archives = readJson(section)
  }
  if (head === null || open !== null) throw damaged("a section is missing")
  return { head, inputs, ...lists }
}

/** Without what else the section has, such as its bytes. */
function placeOf({ byteOffset, position }: SectionPlace): SectionPlace {
  return { byteOffset, position }
}
