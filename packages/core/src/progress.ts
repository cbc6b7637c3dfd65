/** How far a run is. */
export interface Progress {
  /** Inputs that are finished. */
  readonly inputsDone: number
  /** Inputs known so far; the entries of a zip count as it is opened. */
  readonly inputCount: number
  /** Stored bytes read. */
  readonly storedBytes: number
  /** Stored bytes of all inputs, or null where one of them has no size (standard input, a pipe). */
  readonly totalBytes: number | null
  /** Sessions seen, of which `rejectCount` were rejected. */
  readonly sessionCount: number
  readonly rejectCount: number
  /** Since the start, by a clock that never steps back. In milliseconds. */
  readonly elapsedMs: number
}
