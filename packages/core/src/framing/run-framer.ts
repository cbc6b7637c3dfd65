/**
 * Finds runs: consecutive objects that the kernel steps over, in place of scanning each. None is damaged or beyond a
 * limit. In a list of sessions each is a session; elsewhere it may be an envelope whose lists are whole.
 */
import { ElementSkipper, type Envelopes, type Passed } from "@callsift/kernel"
import type { FramingLimits } from "./block.ts"
import type { Cursor } from "./cursor.ts"
import type { List } from "./envelope.ts"

/** Fewer bytes are scanned before the kernel would be ready. */
const MIN_BYTES = 64 * 1024

/** Starts the kernel when it is first needed, for all inputs of a run. */
export class RunFinder {
  /** Runs are only looked for where at least so many bytes are in memory. */
  readonly minBytes: number
  #skipper: ElementSkipper | null = null

  constructor(minBytes = MIN_BYTES) {
    this.minBytes = minBytes
  }

  get skipper(): ElementSkipper {
    this.#skipper ??= new ElementSkipper()
    return this.#skipper
  }
}

/** After so many elements that could not be passed at most, another is tried. */
const MAX_PAUSE = 16

/** The runs of one input. */
export class RunFramer {
  readonly #finder: RunFinder
  readonly #cursor: Cursor
  readonly #limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">
  /** Objects in a row that could not be passed, and how many more are not even tried. */
  #misses = 0
  #pause = 0
  #isCut = false

  constructor(finder: RunFinder, cursor: Cursor, limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">) {
    this.#finder = finder
    this.#cursor = cursor
    this.#limits = limits
  }

  /**
   * Whether the object at the cursor, where the last run ended or none was found, could be passed if more bytes were in
   * memory, for all that is known.
   */
  get isCut(): boolean {
    return this.#isCut
  }

  /**
   * The run before `end` that begins at the cursor, where an object does, an element of `list` or, without one, a value
   * of the input's sequence. Null where there is none.
   */
  find(end: number, list: List | undefined, envelopes: Envelopes): Passed | null {
    this.#isCut = false
    if (envelopes !== "none" && this.#pause > 0) {
      this.#pause -= 1
      return null
    }
    const run = this.#pass(end, list, envelopes)
    if (envelopes !== "none") this.#note(run !== null || this.#isCut)
    return run
  }

  #pass(end: number, list: List | undefined, envelopes: Envelopes): Passed | null {
    const { bytes, base, index, byteOffset } = this.#cursor
    this.#isCut = end - byteOffset < this.#finder.minBytes
    if (this.#isCut) return null
    const { skipper } = this.#finder
    const run = skipper.pass(bytes.subarray(index, end - base), {
      maxDepth: this.#limits.maxDepth - (list?.depth ?? 0),
      maxBytes: this.#limits.maxRecordBytes,
      envelopes,
      hasCommas: list !== undefined,
    })
    this.#isCut = skipper.isCut
    return run
  }

  /** Where one object cannot be passed, the next will be like it. */
  #note(isPassed: boolean): void {
    this.#misses = isPassed ? 0 : this.#misses + 1
    this.#pause = Math.min(this.#misses >> 1, MAX_PAUSE)
  }
}
