/**
 * What reading has to do with a state folder: finds what is kept of a source, and records what is read of one. Without a
 * folder, or for what is no regular file, there is nothing.
 */
import { keptEvidence } from "./facts/ledger.ts"
import type { InputJoin } from "./input-join.ts"
import type { Plan } from "./options.ts"
import type { PartialFile } from "./partial/partial-file.ts"
import { writtenOptions } from "./partial/reading-options.ts"
import type { SourceRecording } from "./partial/source-recording.ts"
import { StateFolder, type StateCounts } from "./partial/state-folder.ts"
import type { UnfinishedFile } from "./partial/unfinished-file.ts"
import { digestOf, stampOf, type StampedSource } from "./source/file-stamp.ts"
import type { Archive, Skipped } from "./source/input.ts"
import type { SourceMeans, SourceNotes } from "./source/open-sources.ts"
import type { Source } from "./source/source-list.ts"
import type { Stored } from "./source/stored-file.ts"
import { TOOL } from "./version.ts"

/** What is known of a source before it is opened. */
export type KnownSource =
  /** All of it was read before. */
  | { readonly kept: PartialFile }
  /** It is to be read, and recorded; some of it may have been read before. */
  | { readonly kept: null; readonly file: StampedSource; readonly unfinished: UnfinishedFile | null }

/** The state folder of a run that reads. */
export class StateReading {
  readonly #folder: StateFolder
  readonly #plan: Plan
  readonly #means: SourceMeans

  private constructor(folder: StateFolder, plan: Plan, means: SourceMeans) {
    this.#folder = folder
    this.#plan = plan
    this.#means = means
  }

  /** Opens the plan's folder; null where it has none. Throws a `StateError`. */
  static async open(plan: Plan, means: SourceMeans): Promise<StateReading | null> {
    if (plan.state === null) return null
    const { name, version } = TOOL
    const head = { tool: { name, version }, options: writtenOptions(plan), maxEvidence: plan.maxEvidence }
    const folder = await StateFolder.open({ ...plan.state, head, maxKept: keptEvidence(plan.maxEvidence) })
    return new StateReading(folder, plan, means)
  }

  get counts(): StateCounts {
    return this.#folder.counts
  }

  /** What is known of a source; null where nothing is kept of its kind. */
  async find(source: Source): Promise<KnownSource | null> {
    const file = await stampOf(source)
    if (file === null) return null
    const kept = await this.#folder.find(file, () => digestOf(source, this.#means, this.#plan.signal))
    return kept === null ? { kept, file, unfinished: this.#folder.unfinished(file) } : { kept }
  }

  /** Begins to record a source, from its beginning or from what is there of it. */
  async record(source: Source, file: StampedSource, unfinished: UnfinishedFile | null): Promise<RecordedSource> {
    const recording = await this.#folder.begin(file, unfinished?.mark.decodedBytes ?? 0)
    return new RecordedSource(this.#folder, recording, source)
  }

  async close(): Promise<void> {
    await this.#folder.close()
  }
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
    const { place, stamp } = this.recording.file
    const isSame = async (): Promise<boolean> => {
      const now = await stampOf(this.#source)
      return now?.place === place && now.stamp.sizeBytes === stamp.sizeBytes && now.stamp.mtimeNs === stamp.mtimeNs
    }
    this.#folder.end(this.recording, this.#archive ?? this.#stored, { skipped: this.#skipped, archives }, isSame)
  }

  /** Forgets what was recorded. */
  discard(): void {
    this.#folder.forget(this.recording)
  }
}

/** Takes what is kept of a source into the facts; `number` is the number of its first input. Returns how many inputs it has. */
export async function takeKept(kept: PartialFile, path: string, number: number, join: InputJoin): Promise<number> {
  for (const [index, input] of kept.inputs.entries()) {
    const { entry } = input.record
    await kept.replay(input, { path, ...(entry === undefined ? {} : { entry }) }, join.replayTarget(number + index))
  }
  for (const archive of kept.archives) join.onArchive({ ...(archive as Archive), path })
  for (const skipped of kept.skipped) join.onSkipped({ ...(skipped as Skipped), path })
  return kept.inputs.length
}
