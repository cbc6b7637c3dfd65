/**
 * A folder that keeps what was read: the partial of every file, by its SHA-256 and the options about reading, what files
 * were (`files.index`), and what an interrupted run has read of a large one (`….unfinished`). Whatever is damaged is
 * noted, left out and made again; all of it may be deleted at any time.
 */
import { createHash } from "node:crypto"
import { mkdir, readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { FORMAT_VERSION } from "./container.ts"
import { FileIndex } from "./file-index.ts"
import { PartialError } from "./partial-error.ts"
import { PartialFile } from "./partial-file.ts"
import { loadReadingMeans, type ReadingMeans } from "./reading-means.ts"
import { PartialRecorder, type PartialHead, type Surroundings } from "./recorder.ts"
import { SourceRecording, type StampedFile, type StoredDigest } from "./source-recording.ts"
import { NEW, StateFile, unusable } from "./state-file.ts"
import { UnfinishedFile } from "./unfinished-file.ts"

/** What is read and written in a state folder of a run. */
export interface StatePlan {
  readonly folder: string
  readonly head: PartialHead
  /** How much evidence of each code of an input is kept. */
  readonly maxKept: number
}

/** What became of the state in a run. */
export interface StateCounts {
  /** Files that were taken from it, made for it, and gone on with. */
  reused: number
  made: number
  resumed: number
  /** Files of it that could not be used. */
  readonly damaged: { readonly path: string; readonly message: string }[]
}

const INDEX_NAME = "files.index"
const KEPT = ".partial"
const UNFINISHED = ".unfinished"
/** Of a digest of options or of a path, that is: 64 bits. */
const SHORT_DIGEST = 16
/** Flushing to the device takes long, and much at once does not take longer. */
const MAX_FINISHING = 8

/** An open state folder. It throws `StateError`s. */
export class StateFolder {
  readonly counts: StateCounts = { reused: 0, made: 0, resumed: 0, damaged: [] }
  readonly #plan: StatePlan
  readonly #optionsDigest: string
  readonly #means: ReadingMeans
  readonly #index: FileIndex
  /** Kept partials of these options, by name. */
  readonly #names: Set<string>
  readonly #sizes: Set<string>
  readonly #open = new Set<SourceRecording>()
  readonly #finishing: Promise<void>[] = []

  private constructor(plan: StatePlan, means: ReadingMeans, names: readonly string[]) {
    const { tool, options } = plan.head
    this.#plan = plan
    this.#means = means
    this.#optionsDigest = shortDigest(JSON.stringify([FORMAT_VERSION, tool, options]))
    this.#index = new FileIndex(join(plan.folder, INDEX_NAME), means.hash)
    this.#names = new Set(names.filter((name) => name.endsWith(`-${this.#optionsDigest}${KEPT}`)))
    this.#sizes = new Set([...this.#names].map((name) => name.split("-")[0] ?? ""))
    if (names.includes(INDEX_NAME)) this.#notingDamage(INDEX_NAME, () => this.#index.read())
  }

  /** Opens a folder, made where it is not there; what a killed run was writing is removed. */
  static async open(plan: StatePlan): Promise<StateFolder> {
    const means = await loadReadingMeans()
    try {
      await mkdir(plan.folder, { recursive: true })
      const names = await readdir(plan.folder)
      for (const name of names) if (name.endsWith(NEW)) await rm(join(plan.folder, name), { force: true })
      return new StateFolder(plan, means, names)
    } catch (cause) {
      throw unusable(plan.folder, cause)
    }
  }

  /** The SHA-256 of a file when a run read it last, if its size and time of change are still the same; else null. */
  rememberedSha256({ place, stamp }: StampedFile): string | null {
    return this.#index.find(place, stamp)
  }

  /** Whether anything of this size is kept: if not, hashing a file tells nothing. */
  mayHold({ stamp }: StampedFile): boolean {
    return this.#sizes.has(String(stamp.sizeBytes))
  }

  /** What is kept of a file with this SHA-256, or null. */
  async find(file: StampedFile, sha256: string): Promise<PartialFile | null> {
    const kept = await this.#openKept(this.#nameOf({ sizeBytes: file.stamp.sizeBytes, sha256 }))
    if (kept !== null) this.#index.set(file.place, file.stamp, sha256)
    this.counts.reused += kept === null ? 0 : 1
    return kept
  }

  /** What an interrupted run has left of a file, or null. */
  unfinished({ place }: StampedFile): UnfinishedFile | null {
    const name = this.#unfinishedName(place)
    const file = this.#notingDamage(name, () => {
      try {
        return UnfinishedFile.open(join(this.#plan.folder, name), this.#means)
      } catch (cause) {
        // Most files have none.
        if (cause instanceof PartialError && cause.code === "unreadable") return null
        throw cause
      }
    })
    if (file === null || file.head.maxEvidence >= this.#plan.head.maxEvidence) return file
    file.close()
    return null
  }

  /** Begins to record a file; `resumedBytes` is up to where an interrupted run had read it. */
  async begin(file: StampedFile, resumedBytes: number): Promise<SourceRecording> {
    while (this.#finishing.length >= MAX_FINISHING) await this.#finishing.shift()
    const unfinishedPath = join(this.#plan.folder, this.#unfinishedName(file.place))
    const output = StateFile.begin(unfinishedPath)
    const recorder = await PartialRecorder.begin((bytes) => output.write(bytes), this.#plan.head, this.#plan.maxKept)
    const recording = new SourceRecording({ recorder, file, output, unfinishedPath, resumedBytes })
    this.#open.add(recording)
    return recording
  }

  /** Keeps what was recorded, if it can be used again. `isSame` says whether the file is still what it was. */
  end(
    recording: SourceRecording,
    stored: StoredDigest,
    surroundings: Surroundings,
    isSame: () => Promise<boolean>,
  ): void {
    this.#open.delete(recording)
    const { sha256, sizeBytes } = stored
    if (sha256 === null || !recording.recorder.isRepeatable) return recording.discard()
    const finished = this.#finish(recording, { sizeBytes, sha256 }, surroundings, isSame)
    // Whoever waits for it meets its failure.
    finished.catch(() => {})
    this.#finishing.push(finished)
  }

  /** Removes what was recorded. */
  forget(recording: SourceRecording): void {
    this.#open.delete(recording)
    recording.discard()
  }

  /** Ends the run's work on the folder; recordings that are open are given up, so that another run can go on with them. */
  async close(): Promise<void> {
    const open = [...this.#open]
    this.#open.clear()
    const outcomes = await Promise.allSettled([
      ...open.map(async (recording) => recording.giveUp()),
      ...this.#finishing,
      Promise.allSettled(this.#finishing).then(() => this.#index.write()),
    ])
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason
  }

  async #finish(
    recording: SourceRecording,
    stored: { readonly sizeBytes: number; readonly sha256: string },
    surroundings: Surroundings,
    isSame: () => Promise<boolean>,
  ): Promise<void> {
    const { place, stamp } = recording.file
    await recording.finish(surroundings, join(this.#plan.folder, this.#nameOf(stored)))
    await rm(join(this.#plan.folder, this.#unfinishedName(place)), { force: true })
    if (await isSame()) this.#index.set(place, stamp, stored.sha256)
    if (recording.isResumed) this.counts.resumed += 1
    else this.counts.made += 1
  }

  async #openKept(name: string): Promise<PartialFile | null> {
    if (!this.#names.has(name)) return null
    const path = join(this.#plan.folder, name)
    try {
      const file = await PartialFile.open(path, this.#means)
      if (file.head.maxEvidence >= this.#plan.head.maxEvidence) return file
    } catch (cause) {
      this.#noteDamage(name, cause)
    }
    return null
  }

  #nameOf({ sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string }): string {
    return `${sizeBytes}-${sha256}-${this.#optionsDigest}${KEPT}`
  }

  #unfinishedName(place: string): string {
    return `${shortDigest(place)}-${this.#optionsDigest}${UNFINISHED}`
  }

  #notingDamage<Result>(name: string, work: () => Result): Result | null {
    try {
      return work()
    } catch (cause) {
      this.#noteDamage(name, cause)
      return null
    }
  }

  #noteDamage(name: string, cause: unknown): void {
    if (!(cause instanceof PartialError)) throw cause
    this.counts.damaged.push({ path: join(this.#plan.folder, name), message: cause.message })
  }
}

function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, SHORT_DIGEST)
}
