/**
 * Finds where each record, each session and each envelope begins and ends, by strings, brackets and commas alone. It
 * is pushed bytes and adds items to a table; it never looks at what a value means.
 *
 * A value is scanned whole as an *element*. Only an object that may be an envelope is watched: when one of its own
 * keys is a list key (`ListKey`) and a bracket follows, the object becomes an envelope, the bytes so far the
 * beginning of its skeleton, and the elements of that list are framed one by one.
 *
 * Always true: every byte that was scanned is counted in exactly one number of the account, at the latest when its
 * element ends; the bytes from `keepFrom()` on are still needed.
 */
import {
  Expect,
  FramingVerdict,
  type ByteAccount,
  type FramingLimits,
  type FramingPlace,
  type Layout,
} from "./block.ts"
import { ByteClass, CLASS, COMMA, isBom, LF, OPEN_OBJECT } from "./byte-class.ts"
import { Cursor } from "./cursor.ts"
import { ElementScanner } from "./element-scanner.ts"
import type { Counters, ItemTableBuilder } from "./item-table.ts"
import { ItemWriter } from "./item-writer.ts"
import { NulRun } from "./nul-run.ts"
import { OpenLine } from "./open-line.ts"
import { RunFramer, type RunFinder } from "./run-framer.ts"
import { STRUCTURE_FAULTS, type FramingFault, type StructureFault } from "./structure-fault.ts"
import { ValueFramer } from "./value-framer.ts"

const BOM_START = 0xef
const BOM_BYTES = 3

/** What the cursor is in: nothing, a value, NUL bytes, a line that is rejected, or what is behind the fault of a document. */
type Place = "between" | "value" | NulRun | OpenLine | "damage"

export class Framer {
  readonly #limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">
  readonly #isLines: boolean
  readonly #cursor: Cursor
  readonly #writer: ItemWriter
  readonly #value: ValueFramer
  #isLast = false

  #place: Place = "between"
  /** The line whose content the cursor is in or behind; null between lines, and in documents. */
  #line: OpenLine | null = null

  #fault: FramingFault | null = null
  #nulTailBytes = 0

  /** Begins at `byteOffset`; in documents, where `from` is given, goes on there. */
  constructor(
    limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">,
    mode: "lines" | "documents",
    byteOffset: number,
    finder: RunFinder | null = null,
    from: FramingPlace | null = null,
  ) {
    this.#limits = limits
    this.#isLines = mode === "lines"
    this.#cursor = new Cursor(byteOffset)
    this.#writer = new ItemWriter(this.#cursor, limits.maxRecordBytes)
    const scanner = new ElementScanner(this.#cursor, limits, this.#isLines)
    const runs = finder === null ? null : new RunFramer(finder, this.#cursor, limits)
    this.#value = new ValueFramer(this.#cursor, scanner, this.#writer, this.#isLines, runs)
    if (from === null) return
    this.#value.goOn(from)
    if (from.within === "array") this.#place = "value"
  }

  /** The items so far. */
  get table(): ItemTableBuilder {
    return this.#writer.table
  }

  get fault(): FramingFault | null {
    return this.#fault
  }

  /** NUL bytes after the last record. */
  get nulTailBytes(): number {
    return this.#nulTailBytes
  }

  /** How many values stand one after the other, and what the first of them is. */
  get topLevel(): { readonly valueCount: number; readonly first: Layout | null } {
    return { valueCount: this.#value.valueCount, first: this.#value.firstLayout }
  }

  /** Lines and records from where framing began. */
  get counters(): Readonly<Counters> {
    return { line: this.#cursor.line, record: this.#writer.recordCount }
  }

  /** The first byte that was not scanned yet. */
  scannedTo(): number {
    return this.#cursor.byteOffset
  }

  /** The first byte that must stay in the buffer. */
  keepFrom(): number {
    const { byteOffset } = this.#cursor
    // A line that may still turn out to be rejected is kept whole, as long as a reject may keep it.
    const line = this.#line
    if (line !== null && byteOffset - line.byteOffset <= this.#limits.maxRecordBytes) return line.byteOffset
    const { element } = this.#value
    return element?.isKept === true ? element.byteOffset : byteOffset
  }

  /**
   * Where framing of a document can go on without what was scanned so far, all of which is counted then; null where it
   * cannot.
   */
  placeBehind(): FramingPlace | null {
    const expect = this.#place === "value" ? this.#value.expectInArray : null
    const { valueCount, first } = this.topLevel
    const isBetween = this.#place === "between" && valueCount > 0 && this.#nulTailBytes === 0
    if (this.#isLines || this.#fault !== null || (expect === null && !isBetween)) return null
    const { byteOffset } = this.#cursor
    this.#writer.account.countTo("separatorBytes", byteOffset)
    const within = expect === null ? "sequence" : "array"
    return { byteOffset, within, expect: expect ?? Expect.elementOrEnd, valueCount, first }
  }

  /** What was counted since the last call. */
  takeAccount(): ByteAccount {
    return this.#writer.account.take()
  }

  /**
   * Scans `buffer` up to `end`. Its first byte is `base` in the stream; it holds all from `keepFrom()` on. A byte
   * order mark that is cut by `end` is left for the next call, unless `isLast`.
   */
  scan(buffer: Uint8Array, base: number, end: number, isLast: boolean): void {
    this.#isLast = isLast
    this.#cursor.bytes = buffer
    this.#cursor.base = base
    const endOffset = base + end
    while (this.#cursor.byteOffset < endOffset) if (!this.#scanPlace(endOffset)) return
    this.#value.element?.digestLarge(this.#cursor, this.#limits.maxRecordBytes)
    if (this.#place instanceof NulRun) this.#place.update(this.#cursor)
  }

  /** Says that the bytes before `byteOffset` are let go: a line that began before, and its envelopes, are hashed up to there. */
  letGo(byteOffset: number): void {
    const line = this.#line
    if (line === null || line.byteOffset >= byteOffset) return
    line.letGo(this.#cursor, byteOffset)
    this.#value.letGo(byteOffset)
  }

  /** The end of the input: what is unfinished is cut off. */
  end(): void {
    const place = this.#place
    if (place instanceof NulRun) this.#endNuls(place)
    else if (place instanceof OpenLine) this.#endRejectedLine(place)
    else if (place === "value" && !this.#value.endInput()) this.#truncate()
    this.#writer.account.countTo("separatorBytes", this.#cursor.byteOffset)
  }

  /** False where it waits for more bytes. */
  #scanPlace(end: number): boolean {
    const place = this.#place
    if (place === "value") return this.#scanValue(end)
    if (place === "between") return this.#scanBetween(end)
    else if (place instanceof NulRun) this.#scanNuls(place, end)
    else if (place instanceof OpenLine) this.#scanRejected(place, end)
    else {
      this.#cursor.byteOffset = end
      this.#writer.account.countTo("damageBytes", end)
    }
    return true
  }

  // ---- between values

  /** Scans up to the first byte of content and meets it. False where it waits for more bytes. */
  #scanBetween(end: number): boolean {
    const cursor = this.#cursor
    while (cursor.byteOffset < end) {
      const byte = cursor.bytes[cursor.index] ?? 0
      const byteClass = CLASS[byte] ?? 0
      if (byteClass === ByteClass.space) cursor.byteOffset += 1
      else if (byte === LF) this.#endLine()
      else {
        const isBomPlace = byte === BOM_START && this.#mayBeBom()
        if (isBomPlace && cursor.byteOffset + 2 >= end && !this.#isLast) return false
        if (!isBomPlace || !isBom(cursor.bytes, cursor.index)) {
          return this.#meet(byte, byteClass, end)
        }
        cursor.byteOffset += BOM_BYTES
      }
    }
    return true
  }

  /** Files that were put together bring their byte order marks: these may stand between values, but not behind one in its line. */
  #mayBeBom(): boolean {
    return this.#line?.hasValue !== true
  }

  /** A byte that is no white space, between values. False where it waits for more bytes. */
  #meet(byte: number, byteClass: number, end: number): boolean {
    if (byte === 0x00) this.#beginNuls()
    else if (this.#isLines && this.#line?.hasValue === true) this.#rejectLine()
    else {
      if (this.#isLines) this.#beginLine().hasValue = true
      if (byteClass === ByteClass.close || byte === COMMA) this.#fail("outside")
      else return this.#meetValue(byte, end)
    }
    return true
  }

  #meetValue(byte: number, end: number): boolean {
    if (this.#value.passValues(byte, end)) return true
    if (byte === OPEN_OBJECT && !this.#isLast && this.#value.waitsAt(end)) return false
    this.#value.begin(byte)
    this.#place = "value"
    return true
  }

  #scanValue(end: number): boolean {
    const outcome = this.#value.scan(end, this.#isLast)
    if (outcome === "cut") return false
    if (outcome === "ended") this.#place = "between"
    else if (outcome === "lineEnd") this.#rejectLine()
    else if (outcome !== "more") this.#fail(outcome)
    return true
  }

  // ---- lines of NDJSON

  #beginLine(): OpenLine {
    this.#writer.beginLine()
    this.#line = new OpenLine(this.#cursor)
    return this.#line
  }

  /** A line's end at the cursor, between values. */
  #endLine(): void {
    this.#cursor.byteOffset += 1
    this.#cursor.line += 1
    this.#line = null
  }

  /** The line holds something else than one value: what was framed of it and is not handed out yet is taken back. */
  #rejectLine(): void {
    this.#place = this.#line ?? this.#beginLine()
    this.#value.forget()
    this.#writer.takeBackLine()
  }

  #scanRejected(line: OpenLine, end: number): void {
    const { bytes, base, index } = this.#cursor
    const lineEnd = bytes.subarray(0, end - base).indexOf(LF, index)
    this.#cursor.byteOffset = lineEnd < 0 ? end : base + lineEnd
    if (lineEnd >= 0) this.#endRejectedLine(line)
  }

  #endRejectedLine(line: OpenLine): void {
    this.#writer.addRejectedLine(line)
    this.#place = "between"
    this.#line = null
  }

  // ---- NUL bytes

  #beginNuls(): void {
    const isLine = this.#isLines && this.#line?.hasValue !== true
    if (isLine) this.#beginLine()
    else this.#writer.account.countTo("separatorBytes", this.#cursor.byteOffset)
    this.#place = new NulRun(this.#cursor, isLine)
  }

  #scanNuls(run: NulRun, end: number): void {
    const behind = run.scan(this.#cursor, end, this.#isLines)
    if (behind === null) return
    if (behind === LF && run.isLine) return this.#endNuls(run)
    if (this.#isLines) return this.#rejectLine()
    this.#cursor.byteOffset = run.byteOffset
    this.#fail("nulBytes")
  }

  /** A line of NUL bytes ends, or the input does. */
  #endNuls(run: NulRun): void {
    this.#place = "between"
    if (run.isLine) {
      this.#writer.addNulRun(run)
      if (this.#line !== null) this.#line.hasValue = true
    } else {
      this.#nulTailBytes += run.nulBytes
      this.#writer.account.countTo("separatorBytes", this.#cursor.byteOffset)
    }
  }

  // ---- faults

  /** Structure is lost: a line is rejected; a document ends. */
  #fail(fault: StructureFault): void {
    if (this.#isLines) return this.#rejectLine()
    const message = `${STRUCTURE_FAULTS[fault]}; nothing behind it was read, export it again`
    this.#fault = { code: "input/corrupt", message, byteOffset: this.#cursor.byteOffset }
    this.#value.abandon(FramingVerdict.malformed)
    this.#place = "damage"
  }

  #truncate(): void {
    const message = "the input ends within a value; copy or export it again to get the rest"
    this.#fault = { code: "input/truncated", message, byteOffset: this.#cursor.byteOffset }
    this.#value.abandon(FramingVerdict.truncated)
    this.#place = "between"
    this.#line = null
  }
}
