/**
 * The partial of one file while it is read for the first time. It is written beside its place, and what is written of a
 * large input can be gone on from: behind each mark, reading can begin again. What is older stays until there is as much.
 */
import type { FileStamp } from "./file-index.ts"
import type { Mark, PartialRecorder, Surroundings } from "./recorder.ts"
import type { StateFile } from "./state-file.ts"

/** A file that is read, and what it was before. */
export interface StampedFile {
  /** Its absolute path. */
  readonly place: string
  readonly stamp: FileStamp
}

/** What a file was, as stored. */
export interface StoredDigest {
  readonly sizeBytes: number
  readonly sha256: string | null
}

/** Marks cost little, and as much is read in about 10 ms. */
const BYTES_A_MARK = 16 * 1024 * 1024

/** A file that is recorded. Everything that it throws is a `StateError`. */
export class SourceRecording {
  readonly recorder: PartialRecorder
  readonly file: StampedFile
  readonly #output: StateFile
  readonly #unfinishedPath: string
  /** Up to where an interrupted run had read it. */
  readonly #resumedBytes: number
  #last: Mark | null = null
  #markedBytes = 0

  constructor(parts: {
    readonly recorder: PartialRecorder
    readonly file: StampedFile
    readonly output: StateFile
    readonly unfinishedPath: string
    readonly resumedBytes: number
  }) {
    this.recorder = parts.recorder
    this.file = parts.file
    this.#output = parts.output
    this.#unfinishedPath = parts.unfinishedPath
    this.#resumedBytes = parts.resumedBytes
    this.#markedBytes = parts.resumedBytes
  }

  /** Whether an interrupted run had begun it. */
  get isResumed(): boolean {
    return this.#resumedBytes > 0
  }

  /** All that was recorded so far is of the input up to this mark. */
  reached(mark: Mark): void {
    this.#last = mark
    if (mark.place.byteOffset - this.#markedBytes >= BYTES_A_MARK) this.#mark(mark)
  }

  /** Ends it; `path` is where it belongs. */
  async finish(surroundings: Surroundings, path: string): Promise<void> {
    this.recorder.finish(surroundings)
    await this.#output.finish(path)
  }

  /** Gives it up, and leaves what can be gone on from. */
  giveUp(): void {
    try {
      if (this.#last !== null && this.#last.place.byteOffset > this.#markedBytes) this.#mark(this.#last)
    } finally {
      if (this.#markedBytes > this.#resumedBytes) this.#output.close()
      else this.#output.discard()
    }
  }

  /** Removes it: it would not help. */
  discard(): void {
    this.#output.discard()
  }

  #mark(mark: Mark): void {
    this.recorder.mark(mark)
    this.#output.moveTo(this.#unfinishedPath)
    this.#markedBytes = mark.place.byteOffset
  }
}
