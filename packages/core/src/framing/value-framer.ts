/**
 * One value of the input's sequence after the other → its items. A value is taken apart
 * into the elements of its lists, and of theirs; what is in no list is scanned whole.
 *
 * Always true: while a value is open, either an element is, or the cursor is between the elements of the innermost
 * list.
 */
import type { Envelopes } from "@callsift/kernel"
import { Expect, FramingVerdict, type FramingPlace, type Layout, type ListKey } from "./block.ts"
import { ByteClass, CLASS, COMMA, LF, OPEN_LIST, OPEN_OBJECT } from "./byte-class.ts"
import type { Cursor } from "./cursor.ts"
import type { ElementScanner } from "./element-scanner.ts"
import { layoutOf, type Envelope, type List } from "./envelope.ts"
import type { ItemWriter } from "./item-writer.ts"
import { OpenElement } from "./open-element.ts"
import { OpenLists } from "./open-lists.ts"
import type { RunFramer } from "./run-framer.ts"
import { SpanDigest } from "./span-digest.ts"
import type { StructureFault } from "./structure-fault.ts"

/**
 * Why scanning stopped. `more`: it goes on with the next chunk. `cut`: also, with the object at the cursor, which is better
 * passed as a whole. `ended`: the value ends before the cursor. `lineEnd`: a line of NDJSON ends within it. A fault: in the
 * byte at the cursor.
 */
export type ValueOutcome = "more" | "cut" | "ended" | "lineEnd" | StructureFault

/** The object that the end of a chunk cuts is waited for if so much of it is there at most: more is scanned as it comes. */
const MAX_WAIT_BYTES = 512 * 1024

export class ValueFramer {
  readonly #cursor: Cursor
  readonly #scanner: ElementScanner
  readonly #writer: ItemWriter
  readonly #isLines: boolean
  /** Finds runs, or null where each element is to be scanned. */
  readonly #runs: RunFramer | null
  readonly #lists = new OpenLists()
  #element: OpenElement | null = null
  #valueCount = 0
  #firstLayout: Layout | null = null

  constructor(cursor: Cursor, scanner: ElementScanner, writer: ItemWriter, isLines: boolean, runs: RunFramer | null) {
    this.#cursor = cursor
    this.#scanner = scanner
    this.#writer = writer
    this.#isLines = isLines
    this.#runs = runs
  }

  /** Values that began. */
  get valueCount(): number {
    return this.#valueCount
  }

  /** What the first value is, as soon as it is known. */
  get firstLayout(): Layout | null {
    return this.#firstLayout
  }

  /** The element that is open, or null. */
  get element(): OpenElement | null {
    return this.#element
  }

  get #isOpen(): boolean {
    return this.#element !== null || this.#lists.innermost !== undefined
  }

  /** Goes on in an array that is a whole value. */
  enterArray(expect: Expect = Expect.elementOrEnd): void {
    this.#lists.openArray(expect)
  }

  /** Goes on behind values that were framed before; inside of the last where it is an array. */
  goOn({ within, expect, valueCount, first }: FramingPlace): void {
    if (within === "array") this.enterArray(expect)
    this.#valueCount = valueCount
    this.#firstLayout = first
  }

  /** What may come next in the array that the cursor is in, in nothing else that is open; null where it is not. */
  get expectInArray(): Expect | null {
    const list = this.#lists.innermost
    return this.#element === null && list?.envelope === null ? this.#lists.expect : null
  }

  /** Begins a value whose first byte, at the cursor, is `byte`. */
  begin(byte: number): void {
    this.#valueCount += 1
    if (byte === OPEN_LIST) this.#openArray()
    else this.#beginElement(byte, true)
  }

  /** Passes values that begin at the cursor, behind the first, where nothing is open, and end before `end`. False where none is passed. */
  passValues(byte: number, end: number): boolean {
    const count = this.#valueCount > 0 ? this.#passRun(byte, end) : 0
    this.#valueCount += count
    return count > 0
  }

  /** Whether the object at the cursor, which was not passed, is better waited for as a whole. */
  waitsAt(end: number): boolean {
    return this.#runs !== null && this.#runs.isCut && end - this.#cursor.byteOffset < MAX_WAIT_BYTES
  }

  /** Scans the open value up to `end` or to what stops it. `isLast`: nothing follows, so that nothing is waited for. */
  scan(end: number, isLast: boolean): ValueOutcome {
    while (this.#cursor.byteOffset < end) {
      const outcome = this.#element === null ? this.#scanBetween(end, isLast) : this.#scanElement(this.#element, end)
      if (outcome !== "more") return outcome
      if (!this.#isOpen) return "ended"
    }
    return "more"
  }

  /** Says that the bytes before `byteOffset` are let go: the open envelopes, whose line may be rejected, are hashed up to there. */
  letGo(byteOffset: number): void {
    const { bytes, base } = this.#cursor
    for (const envelope of this.#openEnvelopes()) {
      envelope.digest ??= new SpanDigest(envelope.byteOffset)
      envelope.digest.update(bytes, base, byteOffset)
    }
  }

  #openEnvelopes(): Envelope[] {
    const resumed = this.#element?.resumed ?? null
    return resumed === null ? this.#lists.envelopes : [...this.#lists.envelopes, resumed]
  }

  /** Ends a value that is whole where the input ends. False where there is none. */
  endInput(): boolean {
    if (this.#element === null || !this.#scanner.isWholeAtEnd(this.#element)) return false
    this.#endElement(this.#element)
    return true
  }

  /** Gives up the open value: what began is written with a verdict, the element, then its envelopes, the innermost first. */
  abandon(verdict: FramingVerdict): void {
    const { byteOffset } = this.#cursor
    if (this.#element !== null) this.#write(this.#element, byteOffset, verdict)
    else this.#writer.account.countTo("separatorBytes", byteOffset)
    this.#element = null
    for (let list = this.#lists.close(); list !== undefined; list = this.#lists.close()) {
      const { envelope } = list
      if (envelope !== null) this.#writer.addEnvelope(envelope, this.#lists.innermost, envelope.memberCount, verdict)
    }
  }

  /** Forgets the open value, with a line that is rejected. */
  forget(): void {
    this.#element = null
    this.#lists.clear()
  }

  // ---- lists

  /** A value begins that is an array. */
  #openArray(): void {
    this.#firstLayout ??= "array"
    this.#writer.account.countTo("separatorBytes", this.#cursor.byteOffset)
    this.#cursor.byteOffset += 1
    this.#writer.account.countTo("envelopeBytes", this.#cursor.byteOffset)
    this.#lists.openArray()
  }

  /** Scans what stands between two elements, and meets the byte behind it. */
  #scanBetween(end: number, isLast: boolean): ValueOutcome {
    const { bytes, base, index } = this.#cursor
    for (let at = index; at < end - base; at++) {
      const byte = bytes[at] ?? 0
      const byteClass = CLASS[byte] ?? 0
      if (byteClass === ByteClass.space) continue
      if (byte === LF && !this.#isLines) {
        this.#cursor.line += 1
        continue
      }
      this.#cursor.byteOffset = base + at
      return byte === LF ? "lineEnd" : this.#meet(byte, byteClass, end, isLast)
    }
    this.#cursor.byteOffset = end
    return "more"
  }

  /** A byte at the cursor that is no white space, between the elements of the innermost list. */
  #meet(byte: number, byteClass: number, end: number, isLast: boolean): ValueOutcome {
    const fault = this.#lists.faultOf(byte, byteClass)
    if (fault !== null) return fault
    if (byte === COMMA) {
      this.#lists.passComma()
      this.#cursor.byteOffset += 1
    } else if (byteClass === ByteClass.close) this.#closeList()
    else {
      const mayBeEnvelope = this.#lists.innermost?.role !== "session" && !this.#lists.isFull
      if (this.#passRun(byte, end) > 0) return "more"
      if (byte === OPEN_OBJECT && !isLast && this.waitsAt(end)) return "cut"
      this.#beginElement(byte, mayBeEnvelope)
    }
    return "more"
  }

  /** The innermost list ends with the bracket at the cursor. */
  #closeList(): void {
    this.#writer.account.countTo("separatorBytes", this.#cursor.byteOffset)
    const envelope = this.#lists.close()?.envelope ?? null
    if (envelope !== null) this.#resume(envelope)
    this.#cursor.byteOffset += 1
    if (envelope === null) this.#writer.account.countTo("envelopeBytes", this.#cursor.byteOffset)
  }

  /** Goes on in an envelope behind its list, as in an element whose bytes are the rest of the skeleton. */
  #resume(envelope: Envelope): void {
    this.#element = new OpenElement(this.#cursor, this.#lists.innermost, true, envelope)
    this.#scanner.resume()
  }

  // ---- elements

  /** Passes a run before `end` that begins with `byte` at the cursor; gives how many elements it has. */
  #passRun(byte: number, end: number): number {
    const list = this.#lists.innermost
    const envelopes = byte === OPEN_OBJECT ? this.#envelopesIn(list) : null
    const run = envelopes === null ? null : (this.#runs?.find(end, list, envelopes) ?? null)
    // A line ends within none of its records, and no second object follows a lone one.
    if (run === null || (this.#isLines && run.lineCount > 0) || (list?.isSingle === true && run.elementCount > 1))
      return 0
    if (list?.role === "session") this.#writer.addRun(run, list)
    else this.#writer.addValues(run, list)
    this.#lists.passElements(run.elementCount)
    this.#cursor.byteOffset += run.byteLength
    this.#cursor.line += run.lineCount
    this.#closeSingle(list)
    return run.elementCount
  }

  /** Which envelopes may be passed as elements of a list, each one record but in no envelope; null where none is passed. */
  #envelopesIn(list: List | undefined): Envelopes | null {
    // What is in a line counts in the line's record, or as many as it has elements.
    if (list === undefined || list.envelope === null) return this.#isLines ? null : "any"
    if (list.role === "session") return list.isSingle ? null : "none"
    return list.role === "item" && this.#lists.hasRoomForCall ? "calls" : null
  }

  /** Begins an element at the cursor. `mayBeEnvelope` says whether an object may be one there. */
  #beginElement(byte: number, mayBeEnvelope: boolean): void {
    this.#writer.account.countTo("separatorBytes", this.#cursor.byteOffset)
    this.#lists.beginElement()
    this.#element = new OpenElement(this.#cursor, this.#lists.innermost, mayBeEnvelope && byte === OPEN_OBJECT)
    this.#scanner.begin(byte)
  }

  #scanElement(element: OpenElement, end: number): ValueOutcome {
    const outcome = this.#scanner.scan(element, end)
    if (typeof outcome === "number") return this.#beginEnvelope(element, outcome, end)
    if (outcome !== "ended") return outcome
    this.#endElement(element)
    return "more"
  }

  /** The bracket at the cursor makes the element an envelope. */
  #beginEnvelope(element: OpenElement, listKey: ListKey, end: number): ValueOutcome {
    if (element.resumed !== null) return "secondList"
    const isSingle = this.#cursor.bytes[this.#cursor.index] === OPEN_OBJECT
    if (element.list === undefined) this.#firstLayout ??= layoutOf(listKey)
    if (!isSingle) this.#cursor.byteOffset += 1
    const envelope = this.#writer.beginEnvelope(element, listKey, isSingle)
    this.#lists.openListOf(envelope, isSingle, element.outerDepth)
    this.#element = null
    // A lone object is its list's only element, and may itself be an envelope.
    if (isSingle && this.#passRun(OPEN_OBJECT, end) === 0)
      this.#beginElement(OPEN_OBJECT, !envelope.isWrapper && !this.#lists.isFull)
    return "more"
  }

  /** The element, or the rest of an envelope, ends before the cursor. */
  #endElement(element: OpenElement): void {
    this.#write(element, this.#scanner.endOf(element), FramingVerdict.none)
    this.#element = null
    this.#lists.endElement()
    this.#closeSingle(element.list)
  }

  /** A lone object ends its list. */
  #closeSingle(list: List | undefined): void {
    if (list?.isSingle !== true) return
    const envelope = this.#lists.close()?.envelope ?? null
    if (envelope !== null) this.#resume(envelope)
  }

  #write(element: OpenElement, end: number, verdict: FramingVerdict): void {
    if (element.resumed !== null) return this.#writer.endEnvelope(element.resumed, element, verdict)
    this.#writer.addElement(element, end, verdict)
    if (element.list === undefined) this.#firstLayout ??= "single"
  }
}
