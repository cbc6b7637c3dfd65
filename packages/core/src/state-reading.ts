/**
 * What reading has to do with a state folder: finds what is kept of a source, and records what is read of one. Without a
 * folder, or for what is no regular file, there is nothing.
 */
import { keptEvidence } from "./facts/ledger.ts"
import type { Guesses } from "./guesses.ts"
import type { InputJoin } from "./input-join.ts"
import type { Plan } from "./options.ts"
import type { PartialFile } from "./partial/partial-file.ts"
import { writtenOptions } from "./partial/reading-options.ts"
import type { ReplayTarget } from "./partial/replay.ts"
import type { SourceRecording } from "./partial/source-recording.ts"
import { StateFolder, type StateCounts } from "./partial/state-folder.ts"
import type { UnfinishedFile } from "./partial/unfinished-file.ts"
import { stampOf, type StampedSource } from "./source/file-stamp.ts"
import type { Archive, Skipped } from "./source/input.ts"
import type { SourceNotes } from "./source/open-sources.ts"
import type { Source } from "./source/source-list.ts"
import type { Stored } from "./source/stored-file.ts"
import { TOOL } from "./version.ts"

/** What is known of a source before it is opened. */
export type KnownSource =
  /** All of it was read before. */
  | { readonly kept: PartialFile }
  /** It is to be read, and recorded; some of it may have been read before. */
  | { readonly kept: null; readonly file: StampedSource; readonly unfinished: UnfinishedFile | null }

/** A source whose digest is on its way, and what it was before. */
interface EarlyDigest {
  readonly file: StampedSource
  readonly stored: Promise<Stored | null>
}

/** The state folder of a run that reads. */
export class StateReading {
  readonly #folder: StateFolder
  readonly #trustsMtime: boolean
  readonly #guesses: Guesses
  readonly #early = new Map<Source, EarlyDigest>()

  private constructor(folder: StateFolder, trustsMtime: boolean, guesses: Guesses) {
    this.#folder = folder
    this.#trustsMtime = trustsMtime
    this.#guesses = guesses
  }

  /** Opens the plan's folder, and begins to hash the sources of which something may be kept; null where the plan has none. Throws a `StateError`. */
  static async open(sources: readonly Source[], plan: Plan, guesses: Guesses): Promise<StateReading | null> {
    if (plan.state === null) return null
    const { name, version } = TOOL
    const head = { tool: { name, version }, options: writtenOptions(plan), maxEvidence: plan.maxEvidence }
    const folder = await StateFolder.open({ ...plan.state, head, maxKept: keptEvidence(plan.maxEvidence) })
    const state = new StateReading(folder, plan.state.trustsMtime, guesses)
    for (const source of sources) await state.#hashEarly(source)
    return state
  }

  get counts(): StateCounts {
    return this.#folder.counts
  }

  /** What is known of a source; null where nothing is kept of its kind. */
  async find(source: Source): Promise<KnownSource | null> {
    const file = await stampOf(source)
    if (file === null) return null
    const kept = await this.#kept(source, file)
    return kept === null ? { kept, file, unfinished: this.#folder.unfinished(file) } : { kept }
  }

  /** Begins to record a source, from its beginning or from what is there of it. */
  async record(source: Source, file: StampedSource, unfinished: UnfinishedFile | null): Promise<RecordedSource> {
    const recording = await this.#folder.begin(file, unfinished?.mark.place.byteOffset ?? 0)
    return new RecordedSource(this.#folder, recording, source)
  }

  async close(): Promise<void> {
    await this.#folder.close()
  }

  async #hashEarly(source: Source): Promise<void> {
    const file = await stampOf(source)
    if (file === null || !this.#folder.mayHold(file) || this.#trusted(file) !== null) return
    this.#early.set(source, { file, stored: this.#digest(source, file) })
  }

  /** What is kept of a file: by what is trusted or guessed of it, else by its digest, which is asked only where it may help. */
  async #kept(source: Source, file: StampedSource): Promise<PartialFile | null> {
    const trusted = this.#trusted(file)
    if (trusted !== null) return this.#folder.find(file, trusted)
    if (!this.#folder.mayHold(file)) return null
    const stored = this.#digestOf(source, file)
    const guessed = this.#guesses.areAllowed ? this.#folder.rememberedSha256(file) : null
    if (guessed === null) return this.#found(file, (await stored)?.sha256 ?? null)
    const kept = await this.#folder.find(file, guessed)
    if (kept !== null) this.#guesses.add(guessed, stored)
    return kept
  }

  #found(file: StampedSource, sha256: string | null): Promise<PartialFile | null> | null {
    return sha256 === null ? null : this.#folder.find(file, sha256)
  }

  #trusted(file: StampedSource): string | null {
    return this.#trustsMtime ? this.#folder.rememberedSha256(file) : null
  }

  /** The digest that is on its way, if the file is still the same; else another. */
  #digestOf(source: Source, file: StampedSource): Promise<Stored | null> {
    const early = this.#early.get(source)
    this.#early.delete(source)
    return early !== undefined && isSame(early.file, file) ? early.stored : this.#digest(source, file)
  }

  #digest({ systemPath }: Source, { stamp }: StampedSource): Promise<Stored | null> {
    return this.#guesses.digests.of(systemPath, stamp.sizeBytes)
  }
}

function isSame(a: StampedSource, b: StampedSource): boolean {
  return a.place === b.place && a.stamp.sizeBytes === b.stamp.sizeBytes && a.stamp.mtimeNs === b.stamp.mtimeNs
}

/** A source that is being read and recorded. */
export class RecordedSource {
  readonly recording: SourceRecording
  readonly #folder: StateFolder
  readonly #source: Source
  readonly #skipped: Skipped[] = []
  #archive: Archive | null = null
  #stored: Stored = { sizeBytes: 0, sha256: null }

  constructor(folder: StateFolder, recording: SourceRecording, source: Source) {
    this.#folder = folder
    this.recording = recording
    this.#source = source
  }

  /** Notes for the source, which go on to the run's. */
  notesFor(notes: SourceNotes): SourceNotes {
    return {
      onSkipped: (skipped) => {
        this.#skipped.push(skipped)
        notes.onSkipped(skipped)
      },
      onArchive: (archive) => {
        this.#archive = archive
        notes.onArchive(archive)
      },
    }
  }

  /** Notes what an input of it was: the source itself, unless that is an archive. */
  ended(stored: Stored): void {
    this.#stored = stored
  }

  /** Keeps what was recorded. */
  finish(): void {
    const archives = this.#archive === null ? [] : [this.#archive]
    const isStillSame = async (): Promise<boolean> => {
      const now = await stampOf(this.#source)
      return now !== null && isSame(now, this.recording.file)
    }
    this.#folder.end(this.recording, this.#archive ?? this.#stored, { skipped: this.#skipped, archives }, isStillSame)
  }

  /** Forgets what was recorded. */
  discard(): void {
    this.#folder.forget(this.recording)
  }
}

/** Takes what is kept of a source into the facts; `number` is the number of its first input. Returns how many inputs it has. */
export async function takeKept(
  kept: PartialFile,
  path: string,
  number: number,
  join: InputJoin,
  guesses: Guesses,
): Promise<number> {
  for (const [index, input] of kept.inputs.entries()) {
    const { entry } = input.record
    const target = join.replayTarget(number + index)
    const add = async (...result: Parameters<ReplayTarget["add"]>): Promise<void> => {
      target.add(...result)
      await guesses.makeRoom()
    }
    await kept.replay(input, { path, ...(entry === undefined ? {} : { entry }) }, { ...target, add })
  }
  for (const archive of kept.archives) join.onArchive({ ...(archive as Archive), path })
  for (const skipped of kept.skipped) join.onSkipped({ ...(skipped as Skipped), path })
  return kept.inputs.length
}
