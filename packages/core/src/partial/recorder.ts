/**
 * Writes a partial while inputs are joined: for each input `INPT` (JSON: path, entry, compression, encoding), its block
 * results (see `chunk.ts`), and `DONE` (JSON: how framing and the source ended). `HEAD` stands before the first input,
 * `SKIP` and `ARCH` behind the last. Block results are written as they come; no more than one chunk of them is held.
 */
import type { FramingEnd, FramingPlace } from "../framing/block.ts"
import { firstTakenBack } from "../facts/block-rejects.ts"
import type { InputPlace } from "../facts/evidence.ts"
import type { SourceEnd } from "../facts/input.ts"
import type { BlockResult } from "../worker/protocol.ts"
import { loadArrow, type ArrowLibrary } from "./arrow-table.ts"
import { writeChunk } from "./chunk.ts"
import { loadHash } from "./container.ts"
import { EvidenceGate } from "./evidence-gate.ts"
import { joinResults } from "./join-results.ts"
import type { WrittenOptions } from "./reading-options.ts"
import { SectionWriter, type Sink } from "./section-writer.ts"

/** The first section. */
export interface PartialHead {
  readonly tool: { readonly name: string; readonly version: string }
  readonly options: WrittenOptions
  /** A report that lists as much evidence of each finding code can be made of it. */
  readonly maxEvidence: number
}

/** What is known of an input before it is read. */
export interface InputRecord extends InputPlace {
  readonly compression: string
  readonly encoding: string | null
}

/** What is known when it was read. */
export interface InputDone {
  /** Null where it was not framed to its end. */
  readonly framing: FramingEnd | null
  readonly source: SourceEnd
}

/** How far an input was read. */
export interface Mark {
  readonly place: FramingPlace
  /** XXH64 of the bytes of the decoded stream before it, as decimal text. */
  readonly xxh64: string
}

/** What was met beside inputs. */
export interface Surroundings {
  readonly skipped: readonly object[]
  readonly archives: readonly object[]
}

/** Errors that may be gone when the input is read again, though its bytes are the same. */
const TRANSIENT: ReadonlySet<string> = new Set(["input/unreadable", "input/changed"])

/** Rows of one table: about 8 MB of it. */
const MAX_ROWS = 2 ** 16
/** What is no row takes more room. */
const MAX_OTHERS = 2 ** 15

/** A partial that is being written. */
export class PartialRecorder {
  readonly #arrow: ArrowLibrary
  readonly #writer: SectionWriter
  readonly #maxKept: number
  #gate: EvidenceGate
  /** The number of the input that is recorded, among those of the run. */
  #input = -1
  #isRepeatable = true
  #isStopped = false
  #isLines = false
  #pending: BlockResult[] = []
  #pendingRows = 0
  #pendingOthers = 0
  #base = { line: 0, record: 0 }
  /** Counters of the input behind what is pending. */
  #counted = { line: 0, record: 0 }

  private constructor(arrow: ArrowLibrary, writer: SectionWriter, maxKept: number) {
    this.#arrow = arrow
    this.#writer = writer
    this.#maxKept = maxKept
    this.#gate = new EvidenceGate(maxKept)
  }

  /** Begins a partial; `maxKept` is how much evidence of each code of an input it keeps. */
  static async begin(sink: Sink, head: PartialHead, maxKept: number): Promise<PartialRecorder> {
    const [arrow, hash] = await Promise.all([loadArrow(), loadHash()])
    const writer = new SectionWriter(hash, sink)
    writer.addJson("HEAD", head)
    return new PartialRecorder(arrow, writer, maxKept)
  }

  /** Whether reading the same bytes again would give the same: no worker failed, and the system gave all there is. */
  get isRepeatable(): boolean {
    return this.#isRepeatable
  }

  /** Bits for `BlockTask.listedInFull` of the blocks of an input, by its number in the run. */
  listedInFull(input: number): number {
    return input === this.#input ? this.#gate.fullCodes() : 0
  }

  /** Begins the next input. */
  beginInput(record: InputRecord, number: number): void {
    this.#writer.addJson("INPT", record)
    this.#input = number
    this.#gate = new EvidenceGate(this.#maxKept)
    this.#isStopped = false
    this.#base = { line: 0, record: 0 }
    this.#counted = { line: 0, record: 0 }
  }

  /** Adds the next block's result, and whether the input was read on behind it. */
  add(result: BlockResult, isLines: boolean, outcome: "continue" | "stop"): void {
    if (this.#isStopped) return
    this.#isStopped = outcome === "stop"
    if (this.#decidesAboutEarlier(result)) this.#flush()
    const takenBackFrom = firstTakenBack(result)
    if (takenBackFrom !== null) this.#gate.takeBack(takenBackFrom)
    if (result.rejects.some(({ code }) => code === "worker/failed")) this.#isRepeatable = false
    const findings = this.#gate.pass(result.findings, result.facts.rowCount)
    this.#isLines = isLines
    this.#hold({ ...result, findings })
    if (this.#pendingRows >= MAX_ROWS || this.#pendingOthers >= MAX_OTHERS) this.#flush()
  }

  /** Notes how far the input was read: behind it, reading can begin again. */
  mark(mark: Mark): void {
    this.#flush()
    this.#writer.addJson("MARK", mark)
  }

  /** Ends the input. */
  endInput(done: InputDone): void {
    this.#flush()
    if (TRANSIENT.has(done.source.error?.code ?? "")) this.#isRepeatable = false
    this.#writer.addJson("DONE", done)
  }

  /** Ends the partial. */
  finish({ skipped, archives }: Surroundings): void {
    this.#writer.addJson("SKIP", skipped)
    this.#writer.addJson("ARCH", archives)
    this.#writer.end()
  }

  /** Whether what stands before a result would be taken in another way if both were joined. */
  #decidesAboutEarlier({ retractions, foreign }: BlockResult): boolean {
    return retractions.length > 0 || foreign.some(({ record }) => record + this.#counted.record === 0)
  }

  #hold(result: BlockResult): void {
    this.#pending.push(result)
    this.#pendingRows += result.facts.rowCount
    this.#pendingOthers += result.envelopes.count + result.rejects.length + result.findings.length
    this.#counted.line += result.lineCount
    this.#counted.record += result.recordCount
  }

  #flush(): void {
    if (this.#pending.length === 0) return
    const chunk = { result: joinResults(this.#pending), isLines: this.#isLines }
    writeChunk(this.#writer, this.#arrow, chunk, this.#base)
    this.#base = { ...this.#counted }
    this.#pending = []
    this.#pendingRows = 0
    this.#pendingOthers = 0
  }
}
