/** How far a run is, told about ten times a second. */
import { performance } from "node:perf_hooks"

/** How far a run is. */
export interface Progress {
  /** Files that are finished; the entries of an archive are not counted apart. */
  readonly inputsDone: number
  readonly inputCount: number
  /** Decoded bytes handed to framing. */
  readonly decodedBytes: number
  /** Stored bytes of all inputs, or null where one of them has no size (standard input, a pipe) or is compressed. */
  readonly totalBytes: number | null
  /** Sessions seen, of which `rejectCount` were rejected. */
  readonly sessionCount: number
  readonly rejectCount: number
  /** Since the start, by a clock that never steps back. In milliseconds. */
  readonly elapsedMs: number
}

const INTERVAL_MS = 100

/** Counts, and tells a listener now and then. */
export class ProgressMeter {
  readonly #listener: ((progress: Progress) => void) | null
  readonly #startMs = performance.now()
  readonly #inputCount: number
  #totalBytes: number | null
  #lastMs = 0
  #inputsDone = 0
  #decodedBytes = 0
  #sessionCount = 0
  #rejectCount = 0

  constructor(
    sources: readonly { readonly sizeBytes: number | null }[],
    listener: ((progress: Progress) => void) | null,
  ) {
    this.#listener = listener
    this.#inputCount = sources.length
    this.#totalBytes = sources.reduce<number | null>(
      (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
      0,
    )
  }

  /** A compressed input was met: its stored bytes say nothing of how many come out. */
  forgetTotal(): void {
    this.#totalBytes = null
  }

  addBytes(count: number): void {
    this.#decodedBytes += count
  }

  endInput(): void {
    this.#inputsDone += 1
  }

  update({ sessions, rejects }: { readonly sessions: number; readonly rejects: number }): void {
    this.#sessionCount = sessions
    this.#rejectCount = rejects
    const elapsedMs = performance.now() - this.#startMs
    if (this.#listener === null || elapsedMs - this.#lastMs < INTERVAL_MS) return
    this.#lastMs = elapsedMs
    this.#listener({
      inputsDone: Math.min(this.#inputsDone, this.#inputCount),
      inputCount: this.#inputCount,
      decodedBytes: this.#decodedBytes,
      totalBytes: this.#totalBytes,
      sessionCount: this.#sessionCount,
      rejectCount: this.#rejectCount,
      elapsedMs,
    })
  }
}
