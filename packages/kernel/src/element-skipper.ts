/** Steps over the elements of a list, or the values of a sequence, by strings and brackets alone. */
import { wasmModule } from "./module.ts"

const PAGE_BYTES = 64 * 1024
/** The kernel looks at 64 bytes at once, and back over keys. */
const MARGIN_BYTES = 64
/** Bytes that are looked at first, for there may be nothing to pass; then four times as many, and so on. */
const FIRST_WINDOW_BYTES = 4 * 1024
/** At most so many, unless an element has more: they stay in a core's own cache. */
const MAX_WINDOW_BYTES = 256 * 1024
const LF = 0x0a

/**
 * Which elements may be envelopes, which hold a list of records. `none`: no element is looked at for one. `calls`:
 * callRecords; other envelopes are not passed. `any`: all. An envelope is passed where nothing but objects with one comma
 * between them is in its list and in those of its elements, and no object holds two: so all of it can be taken apart.
 */
export type Envelopes = "none" | "calls" | "any"
/** As in assembly/skip.ts. */
const ENVELOPES: Readonly<Record<Envelopes, number>> = { none: 0, calls: 1, any: 2 }

/** What may be passed. */
export interface Passable {
  /** Brackets open at once in one element, at most 60. */
  readonly maxDepth: number
  /** Bytes of one element. */
  readonly maxBytes: number
  readonly envelopes: Envelopes
  /** Whether a comma stands between two elements; else only white space. */
  readonly hasCommas: boolean
}

/** What was passed: whole objects and what stands between them. */
export interface Passed {
  /** Bytes from the first element to the end of the last. */
  readonly byteLength: number
  readonly elementCount: number
  /** LF bytes among them. */
  readonly lineCount: number
  /** Bytes of the elements alone. */
  readonly elementBytes: number
}

interface Exports {
  readonly memory: WebAssembly.Memory
  readonly skipElements: (
    start: number,
    end: number,
    maxDepth: number,
    maxBytes: number,
    envelopes: number,
    hasCommas: boolean,
  ) => number
  readonly skippedElements: () => number
  readonly skippedLines: () => number
  readonly skippedElementBytes: () => number
  readonly cutElement: () => number
}

/** One skipper, with memory of its own. */
export class ElementSkipper {
  readonly #exports: Exports
  readonly #start: number
  readonly #firstWindowBytes: number
  /** All of the memory. */
  #bytes: Uint8Array
  #isCut = false

  /** Looks at `firstWindowBytes` first. */
  constructor(firstWindowBytes: number = FIRST_WINDOW_BYTES) {
    const { exports } = new WebAssembly.Instance(wasmModule("skip"), {})
    this.#exports = exports as unknown as Exports
    this.#bytes = new Uint8Array(this.#exports.memory.buffer)
    this.#start = this.#bytes.length + MARGIN_BYTES
    this.#firstWindowBytes = firstWindowBytes
  }

  /** Whether an element follows what was passed last that only the end of the bytes kept from being passed. */
  get isCut(): boolean {
    return this.#isCut
  }

  /** Passes elements from the one on that `bytes` begin with; null where there is none to pass. */
  pass(bytes: Uint8Array, passable: Passable): Passed | null {
    const run = { byteLength: 0, elementCount: 0, lineCount: 0, elementBytes: 0 }
    let windowBytes = this.#firstWindowBytes
    for (let from = 0; ;) {
      const window = bytes.subarray(from, from + windowBytes)
      const passedBytes = this.#passIn(window, passable)
      if (passedBytes > 0) this.#add(run, bytes, from, passedBytes)
      const cut = this.#exports.cutElement()
      this.#isCut = cut !== 0
      if (cut === 0 || from + window.length === bytes.length) break
      from += cut - this.#start
      windowBytes = passedBytes === 0 ? 4 * windowBytes : Math.min(4 * windowBytes, MAX_WINDOW_BYTES)
    }
    return run.elementCount === 0 ? null : run
  }

  /** How many bytes can be passed in a window. */
  #passIn(window: Uint8Array, { maxDepth, maxBytes, envelopes, hasCommas }: Passable): number {
    const end = this.#start + window.length
    this.#makeRoom(end + MARGIN_BYTES)
    this.#bytes.set(window, this.#start)
    const { skipElements } = this.#exports
    return skipElements(this.#start, end, maxDepth, maxBytes, ENVELOPES[envelopes], hasCommas) - this.#start
  }

  #makeRoom(byteCount: number): void {
    if (byteCount <= this.#bytes.length) return
    const { memory } = this.#exports
    memory.grow(Math.ceil((byteCount - this.#bytes.length) / PAGE_BYTES))
    this.#bytes = new Uint8Array(memory.buffer)
  }

  /** Adds what was passed from the byte `from` on, and what stands before it, behind the run so far. */
  #add(run: { -readonly [Name in keyof Passed]: number }, bytes: Uint8Array, from: number, passedBytes: number): void {
    for (let at = run.byteLength; at < from; at++) if (bytes[at] === LF) run.lineCount += 1
    run.byteLength = from + passedBytes
    run.elementCount += this.#exports.skippedElements()
    run.lineCount += this.#exports.skippedLines()
    run.elementBytes += this.#exports.skippedElementBytes()
  }
}
