/**
 * The scanner: finds where each record, each session and each envelope begins and ends, by strings, brackets and
 * commas alone. It is pushed bytes and adds items to a table; it never looks at what a value means.
 *
 * A value is scanned whole as an *element*. Only an object that may be an envelope is watched: when one of its own
 * keys is a list key (`ListKey`) and a bracket follows, the object becomes an envelope, the bytes so far the
 * beginning of its skeleton, and the elements of that list are framed one by one.
 *
 * Always true: every byte before `#accountedTo` is counted in exactly one number of the account; the bytes from
 * `keepFrom()` on are still needed.
 */
import { createHash, type Hash } from "node:crypto"
import { FramingVerdict, ItemKind, ListKey, type ByteAccount, type FramingLimits } from "./block.ts"
import { CLASS, isBom, ByteClass } from "./byte-class.ts"
import { ItemTableBuilder, type Counters, type TableMark } from "./item-table.ts"
import { listKeyOf } from "./list-key.ts"

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_LIST = 0x5b
const QUOTE = 0x22
const BACKSLASH = 0x5c
const LF = 0x0a

/** How deep pages, batches and callRecords may lie in each other; what lies deeper is one record. */
const MAX_NESTED_LISTS = 8

/** What the elements of a list are. */
type ElementRole = "item" | "session" | "response"

/** An object whose list is being framed, or was. */
interface Envelope {
  /** Its number; of a wrapper that of the envelope around it. */
  readonly number: number
  /** The wrapper that Windows PowerShell 5.1 puts around a list of sessions is no envelope of its own: nothing is said of it. */
  readonly isWrapper: boolean
  readonly parent: number
  readonly record: number
  readonly listKey: ListKey
  readonly byteOffset: number
  readonly line: number
  readonly role: ElementRole
  /** Brackets that are open around the object's inside, in the record. */
  readonly depth: number
  pieces: Uint8Array[]
  skeletonBytes: number
  holeAt: number
  memberCount: number
  elementCount: number
}

/** A list whose elements are framed. */
interface List {
  readonly envelope: Envelope | null
  readonly role: ElementRole
  /** A lone object in place of a list: it ends with its one element. */
  readonly isSingle: boolean
  readonly depth: number
  elementCount: number
}

/** Where the scanner is. */
const State = {
  /** Between elements. */
  between: 0,
  /** In an element, outside strings. */
  element: 1,
  string: 2,
  /** In a number or literal, or in what stands in its place. */
  scalar: 3,
  /** In a run of NUL bytes between records. */
  nul: 4,
  /** In a line of NDJSON that is rejected. */
  rejected: 5,
  /** After the fault of a document. */
  damage: 6,
} as const
type State = (typeof State)[keyof typeof State]

/** What may come next between elements. */
const Expect = { elementOrEnd: 0, element: 1, commaOrEnd: 2 } as const

export interface FramingFault {
  readonly code: "input/corrupt" | "input/truncated"
  readonly message: string
  readonly byteOffset: number
}

export class Framer {
  readonly table = new ItemTableBuilder()
  readonly #limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">
  readonly #isLines: boolean
  #buffer: Uint8Array = new Uint8Array(0)
  #base = 0
  #pos = 0
  #isLast = false

  #state: State = State.between
  #expect: number = Expect.elementOrEnd
  #lists: List[] = []
  /** The envelope whose rest is being scanned as an element, after its list. */
  #resumed: Envelope | null = null
  readonly #counters: Counters = { line: 0, record: 0, envelope: 0 }

  // The element being scanned.
  #start = 0
  #startLine = 0
  #role: ElementRole = "item"
  #depth = 0
  #outerDepth = 0
  #types: Uint8Array
  #isTooDeep = false
  #isWatched = false
  #memberCount = 0
  #keyStart = -1
  #keyEnd = -1
  #keyFollowed = false
  #isEscaped = false
  /** Set once the element is larger than the limit: its bytes are hashed and not kept. */
  #hash: Hash | null = null
  #hashedTo = 0

  // The line of NDJSON.
  #lineStart = -1
  #lineRecord = 0
  #lineNumber = 0
  #lineMark: TableMark | null = null
  #lineAccount: { account: Account; accountedTo: number } | null = null
  #lineValues = 0
  #lineHash: Hash | null = null
  #lineHashedTo = 0

  #account: Account = { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }
  #accountedTo: number
  #fault: FramingFault | null = null
  #nulTailBytes = 0
  #topValues = 0
  #firstKind: "array" | "odata-page" | "batch" | "single" | null = null

  constructor(limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">, mode: "lines" | "documents", byteOffset: number) {
    this.#limits = limits
    this.#isLines = mode === "lines"
    this.#types = new Uint8Array(limits.maxDepth + 2)
    this.#pos = byteOffset
    this.#base = byteOffset
    this.#accountedTo = byteOffset
  }

  get fault(): FramingFault | null {
    return this.#fault
  }

  /** NUL bytes after the last record. */
  get nulTailBytes(): number {
    return this.#nulTailBytes
  }

  /** How many values stand one after the other, and what the first of them is. */
  get topLevel(): { readonly valueCount: number; readonly first: "array" | "odata-page" | "batch" | "single" | null } {
    return { valueCount: this.#topValues, first: this.#firstKind }
  }

  get counters(): Readonly<Counters> {
    return this.#counters
  }

  /** The first byte that was not scanned yet. */
  scannedTo(): number {
    return this.#pos
  }

  /** The first byte that must stay in the buffer. */
  keepFrom(): number {
    // A line that may still turn out to be rejected is kept whole, as long as a reject may keep it.
    if (this.#isLines && this.#lineStart >= 0 && this.#pos - this.#lineStart <= this.#limits.maxRecordBytes) return this.#lineStart
    return this.#isInElement() && this.#hash === null ? this.#start : this.#pos
  }

  #isInElement(): boolean {
    return this.#state === State.element || this.#state === State.string || this.#state === State.scalar
  }

  /** What was counted since the last call. */
  takeAccount(): ByteAccount {
    const account = this.#account
    this.#account = { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }
    this.#lineMark = null
    this.#lineAccount = null
    return account
  }

  /**
   * Scans `buffer` up to `end`. Its first byte is `base` in the stream; it holds all from `keepFrom()` on. A byte
   * order mark that is cut by `end` is left for the next call, unless `isLast`.
   */
  scan(buffer: Uint8Array, base: number, end: number, isLast: boolean): void {
    this.#isLast = isLast
    this.#buffer = buffer
    this.#base = base
    const endOffset = base + end
    while (this.#pos < endOffset) {
      switch (this.#state) {
        case State.between:
          if (!this.#scanBetween(endOffset)) return
          break
        case State.element:
          this.#scanElement(endOffset)
          break
        case State.string:
          this.#scanString(endOffset)
          break
        case State.scalar:
          this.#scanScalar(endOffset)
          break
        case State.nul:
          this.#scanNuls(endOffset)
          break
        case State.rejected:
          this.#scanRejected(endOffset)
          break
        default:
          this.#accountTo("damageBytes", endOffset)
          this.#pos = endOffset
      }
    }
    this.#hashLarge()
  }

  /** Says that the bytes before `byteOffset` are let go: a line that began before must be hashed up to there. */
  letGo(byteOffset: number): void {
    if (this.#lineStart < 0 || this.#lineStart >= byteOffset) return
    this.#lineHash ??= createHash("sha256")
    const from = Math.max(this.#lineStart, this.#lineHashedTo)
    this.#lineHash.update(this.#buffer.subarray(from - this.#base, byteOffset - this.#base))
    this.#lineHashedTo = byteOffset
  }

  /** The end of the input: what is unfinished is cut off. */
  end(): void {
    switch (this.#state) {
      case State.between:
        if (this.#lists.length > 0) this.#truncate()
        break
      case State.nul:
        this.#endNuls()
        break
      case State.rejected:
        this.#endRejectedLine()
        break
      case State.scalar:
        if (this.#lists.length === 0) this.#endScalar(this.#pos)
        else this.#truncate()
        break
      case State.damage:
        break
      default:
        this.#truncate()
    }
    if (this.#state === State.rejected) this.#endRejectedLine()
    this.#accountTo("separatorBytes", this.#pos)
  }

  // ---- between elements

  /** False where it waits for more bytes. */
  #scanBetween(end: number): boolean {
    const buffer = this.#buffer
    let at = this.#pos - this.#base
    const stop = end - this.#base
    while (at < stop) {
      const byte = buffer[at] ?? 0
      const cls = CLASS[byte]
      if (cls === ByteClass.space) {
        at += 1
        continue
      }
      this.#pos = this.#base + at
      if (byte === LF) {
        at += 1
        this.#pos += 1
        if (!this.#endLine()) return true
        continue
      }
      if (byte === 0xef && this.#lists.length === 0) {
        if (at + 2 >= stop && !this.#isLast) return false
        if (isBom(buffer, at)) {
          at += 3
          continue
        }
      }
      this.#meet(byte, cls)
      return true
    }
    this.#pos = this.#base + at
    return true
  }

  /** A byte that is no white space, between elements. */
  #meet(byte: number, cls: number | undefined): void {
    const list = this.#lists.at(-1)
    if (list === undefined) return this.#meetTop(byte, cls)
    if (byte === 0x2c) {
      if (this.#expect !== Expect.commaOrEnd) return this.#fail("a comma stands where a value should be")
      this.#expect = Expect.element
      this.#pos += 1
      return
    }
    if (cls === ByteClass.close) {
      if (byte === CLOSE_OBJECT) return this.#fail("a } closes a list that was opened by [")
      if (this.#expect === Expect.element) return this.#fail("a comma stands before the end of a list")
      return this.#closeList(list)
    }
    if (this.#expect === Expect.commaOrEnd) return this.#fail("a comma is missing between two values of a list")
    if (this.#isTooNested()) return this.#beginElement(byte, cls, list.role, list.depth, false)
    this.#beginElement(byte, cls, list.role, list.depth, byte === OPEN_OBJECT && list.role !== "session")
  }

  #meetTop(byte: number, cls: number | undefined): void {
    if (byte === 0x00) {
      this.#beginNuls()
      return
    }
    if (this.#isLines) {
      if (this.#lineValues > 0) return this.#rejectLine()
      this.#beginLine()
    }
    if (cls === ByteClass.close || byte === 0x2c) return this.#fail("a closing bracket or comma stands outside of any value")
    this.#topValues += 1
    this.#lineValues += 1
    if (byte === OPEN_LIST) {
      this.#firstKind ??= "array"
      this.#accountTo("separatorBytes", this.#pos)
      this.#pos += 1
      this.#accountTo("envelopeBytes", this.#pos)
      this.#lists.push({ envelope: null, role: "item", isSingle: false, depth: 0, elementCount: 0 })
      this.#expect = Expect.elementOrEnd
      return
    }
    this.#beginElement(byte, cls, "item", 0, byte === OPEN_OBJECT)
  }

  #isTooNested(): boolean {
    return this.#lists.length >= MAX_NESTED_LISTS
  }

  #closeList(list: List): void {
    this.#accountTo("separatorBytes", this.#pos)
    this.#lists.pop()
    const { envelope } = list
    if (envelope !== null) envelope.elementCount = list.elementCount
    if (envelope === null) {
      this.#pos += 1
      this.#accountTo("envelopeBytes", this.#pos)
      this.#expect = Expect.commaOrEnd
      return
    }
    this.#resume(envelope)
    this.#pos += 1
  }

  /** Goes on in an envelope behind its list, as in an element whose bytes are the rest of the skeleton. */
  #resume(envelope: Envelope): void {
    this.#resumed = envelope
    this.#start = this.#pos
    this.#startLine = envelope.line
    this.#depth = 1
    this.#outerDepth = envelope.depth
    this.#types[1] = OPEN_OBJECT
    this.#role = envelope.role
    this.#isWatched = true
    this.#isTooDeep = false
    this.#memberCount = envelope.memberCount
    this.#keyFollowed = false
    this.#keyStart = -1
    this.#hash = null
    this.#state = State.element
  }

  // ---- elements

  #beginElement(byte: number, cls: number | undefined, role: ElementRole, outerDepth: number, isWatched: boolean): void {
    this.#accountTo("separatorBytes", this.#pos)
    const list = this.#lists.at(-1)
    if (list !== undefined) list.elementCount += 1
    this.#start = this.#pos
    this.#startLine = this.#counters.line
    this.#role = role
    this.#depth = 0
    this.#outerDepth = outerDepth
    this.#isTooDeep = false
    this.#isWatched = isWatched
    this.#memberCount = 0
    this.#keyFollowed = false
    this.#keyStart = -1
    this.#hash = null
    this.#resumed = null
    if (cls === ByteClass.open) this.#state = State.element
    else if (byte === QUOTE) {
      this.#isEscaped = false
      this.#state = State.string
      this.#pos += 1
    } else this.#state = State.scalar
  }

  #scanElement(end: number): void {
    const buffer = this.#buffer
    const stop = end - this.#base
    let at = this.#pos - this.#base
    let depth = this.#depth
    let memberCount = this.#memberCount
    while (at < stop) {
      const byte = buffer[at] ?? 0
      const cls = CLASS[byte] ?? 0
      if (cls <= ByteClass.space) {
        at += 1
        continue
      }
      if (byte === QUOTE) {
        const from = at
        at += 1
        let inside = buffer[at] ?? 0
        while (at < stop && inside !== QUOTE && inside !== BACKSLASH && inside !== LF) inside = buffer[++at] ?? 0
        if (at < stop && inside === QUOTE) {
          at += 1
          if (depth === 1 && !this.#keyFollowed) {
            this.#keyStart = this.#base + from
            this.#keyEnd = this.#base + at
          }
          continue
        }
        // An escape, a line's end, or the end of the chunk: the string is gone through again with more care.
        this.#keepElement(from + 1, depth, memberCount)
        if (depth === 1 && !this.#keyFollowed) this.#keyStart = this.#base + from
        this.#isEscaped = false
        this.#state = State.string
        return
      }
      if (byte === 0x3a) {
        memberCount += 1
        if (depth === 1) this.#keyFollowed = true
        at += 1
        continue
      }
      if (byte === 0x2c) {
        if (depth === 1) {
          this.#keyFollowed = false
          this.#keyStart = -1
        }
        at += 1
        continue
      }
      this.#keepElement(at, depth, memberCount)
      if (cls === ByteClass.open) {
        if (depth === 1 && this.#isWatched && this.#keyFollowed && this.#openList(byte)) return
        depth += 1
        if (this.#outerDepth + depth > this.#limits.maxDepth) this.#isTooDeep = true
        else this.#types[depth] = byte
        at += 1
        continue
      }
      if (cls === ByteClass.close) {
        if (!this.#isTooDeep && (this.#types[depth] ?? 0) + 2 !== byte) return this.#fail("a closing bracket does not match the opening one")
        depth -= 1
        at += 1
        if (depth === 0) {
          this.#keepElement(at, 0, memberCount)
          return this.#endElement(FramingVerdict.none)
        }
        continue
      }
      // What is left of the classes is a line's end.
      at += 1
      if (this.#isLines) return this.#rejectLine()
      this.#counters.line += 1
    }
    this.#keepElement(at, depth, memberCount)
  }

  #keepElement(at: number, depth: number, memberCount: number): void {
    this.#pos = this.#base + at
    this.#depth = depth
    this.#memberCount = memberCount
  }

  /** In a string that did not end at once: it holds an escape or a line's end, or goes on in the next chunk. */
  #scanString(end: number): void {
    const buffer = this.#buffer
    const stop = end - this.#base
    let at = this.#pos - this.#base
    for (; at < stop; at++) {
      const byte = buffer[at]
      if (byte === LF) {
        this.#pos = this.#base + at
        if (this.#isLines) return this.#rejectLine()
        this.#counters.line += 1
        this.#isEscaped = false
      } else if (this.#isEscaped) this.#isEscaped = false
      else if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) {
        this.#pos = this.#base + at + 1
        if (this.#depth === 0) return this.#endElement(FramingVerdict.none)
        if (this.#depth === 1 && !this.#keyFollowed) this.#keyEnd = this.#pos
        this.#state = State.element
        return
      }
    }
    this.#pos = this.#base + at
  }

  #scanScalar(end: number): void {
    const buffer = this.#buffer
    const isTop = this.#lists.length === 0
    for (let at = this.#pos - this.#base; at < end - this.#base; at++) {
      const byte = buffer[at] ?? 0
      const cls = CLASS[byte] ?? 0
      if (cls === ByteClass.other || byte === 0x3a) continue
      this.#pos = this.#base + at
      if (cls === ByteClass.space || byte === LF) {
        if (isTop) return this.#endScalar(this.#pos)
        if (byte === LF && this.#isLines) return this.#rejectLine()
        if (byte === LF) this.#counters.line += 1
        continue
      }
      if (isTop && !this.#isLines && (cls === ByteClass.open || byte === QUOTE)) return this.#endScalar(this.#pos)
      if (!isTop && (byte === 0x2c || cls === ByteClass.close)) return this.#endScalar(this.#pos)
      return this.#fail("a comma is missing between two values of a list")
    }
    this.#pos = end
  }

  /** Ends a scalar; the white space before `end` is not part of it. */
  #endScalar(end: number): void {
    let last = end
    if (this.#hash === null) {
      while (last > this.#start && isBlank(this.#buffer[last - 1 - this.#base] ?? 0)) last -= 1
    }
    this.#pos = last
    this.#endElement(FramingVerdict.none)
    this.#pos = end
  }

  /** An element or an envelope ends before `#pos`. */
  #endElement(verdict: FramingVerdict): void {
    if (this.#resumed !== null) this.#closeEnvelope(this.#resumed, verdict)
    else this.#addElement(verdict)
    const list = this.#lists.at(-1)
    this.#state = State.between
    this.#expect = Expect.commaOrEnd
    if (list?.isSingle === true) {
      this.#lists.pop()
      if (list.envelope !== null) {
        list.envelope.elementCount = list.elementCount
        this.#resume(list.envelope)
      }
    }
  }

  #addElement(verdict: FramingVerdict): void {
    const byteLength = this.#pos - this.#start
    const list = this.#lists.at(-1)
    const isSession = this.#role === "session"
    const isTooLarge = this.#hash !== null || byteLength > this.#limits.maxRecordBytes
    const digest = isTooLarge ? this.#digestOfElement() : null
    this.table.add({
      kind: isSession ? ItemKind.session : ItemKind.record,
      byteOffset: this.#start,
      byteLength,
      at: isTooLarge ? -1 : this.#start - this.#base,
      keptBytes: isTooLarge ? 0 : byteLength,
      line: this.#startLine,
      record: isSession ? (recordOf(list) ?? this.#counters.record) : this.#counters.record,
      parent: numberOf(list),
      number: isSession && list !== undefined ? list.elementCount - 1 : -1,
      memberCount: this.#memberCount,
      verdict: isTooLarge ? FramingVerdict.tooLarge : this.#isTooDeep ? FramingVerdict.tooDeep : verdict,
      listKey: -1,
      elementCount: 0,
      holeAt: -1,
      digest,
    })
    if (!isSession) this.#counters.record += 1
    this.#accountTo("recordBytes", this.#pos)
    if (this.#lists.length === 0) this.#firstKind ??= "single"
  }

  // ---- envelopes

  /** A bracket follows a key of a watched object. Whether the object is an envelope by that. */
  #openList(byte: number): boolean {
    // Where the object became larger than the limit depends on the bytes alone, when it is hashed also on the chunks.
    if (this.#keyStart < 0 || this.#pos - this.#start > this.#limits.maxRecordBytes) return false
    const key = listKeyOf(this.#buffer, this.#keyStart - this.#base, this.#keyEnd - this.#base)
    if (key === null || !this.#mayOpen(key)) return false
    if (this.#resumed !== null) {
      this.#fail("a second list of records stands in one object")
      return true
    }
    const envelope = this.#beginEnvelope(key)
    const isSingle = byte === OPEN_OBJECT
    const pieceEnd = this.#pos + (isSingle ? 0 : 1)
    this.#addPiece(envelope, pieceEnd)
    envelope.holeAt = envelope.skeletonBytes
    if (isSingle) addText(envelope, "[]")
    this.#pos = pieceEnd
    this.#accountTo("envelopeBytes", this.#pos)
    const role = key === ListKey.sessions || envelope.isWrapper ? "session" : key === ListKey.responses ? "response" : "item"
    const depth = role === "session" ? envelope.depth + (isSingle ? 1 : 2) : 0
    const list: List = { envelope, role, isSingle, depth, elementCount: 0 }
    this.#lists.push(list)
    this.#state = State.between
    this.#expect = Expect.elementOrEnd
    // A lone object is its list's only element, and may itself be an envelope.
    if (isSingle) this.#beginElement(byte, ByteClass.open, role, depth, !this.#isTooNested())
    return true
  }

  /** Which keys may open a list depends on what the object is an element of. */
  #mayOpen(key: ListKey): boolean {
    if (this.#role === "session") return key === ListKey.value
    return key === ListKey.body ? this.#role === "response" : true
  }

  #beginEnvelope(listKey: ListKey): Envelope {
    const list = this.#lists.at(-1)
    const isWrapper = this.#role === "session"
    if (this.#lists.length === 0) this.#firstKind ??= kindOf(listKey)
    const record = isWrapper ? (recordOf(list) ?? this.#counters.record) : this.#counters.record
    if (listKey === ListKey.sessions) this.#counters.record += 1
    return {
      number: isWrapper ? numberOf(list) : this.#counters.envelope++,
      isWrapper,
      parent: numberOf(list),
      record,
      listKey,
      byteOffset: this.#start,
      line: this.#startLine,
      role: this.#role,
      depth: this.#outerDepth,
      pieces: [],
      skeletonBytes: 0,
      holeAt: -1,
      memberCount: this.#memberCount,
      elementCount: 0,
    }
  }

  /** Copies the bytes of the skeleton from the start of the piece to `end`, which they may not outlive in the buffer. */
  #addPiece(envelope: Envelope, end: number): void {
    const piece = this.#buffer.slice(this.#start - this.#base, end - this.#base)
    envelope.skeletonBytes += piece.length
    if (!envelope.isWrapper && envelope.skeletonBytes <= this.#limits.maxRecordBytes) envelope.pieces.push(piece)
  }

  #closeEnvelope(envelope: Envelope, verdict: FramingVerdict): void {
    this.#resumed = null
    const isTooLarge = this.#hash !== null
    if (!isTooLarge) this.#addPiece(envelope, this.#pos)
    this.#hash = null
    this.#accountTo("envelopeBytes", this.#pos)
    this.#addEnvelope(envelope, isTooLarge ? FramingVerdict.tooLarge : this.#isTooDeep ? FramingVerdict.tooDeep : verdict)
  }

  #addEnvelope(envelope: Envelope, verdict: FramingVerdict): void {
    if (envelope.isWrapper) return
    const isTooLarge = verdict === FramingVerdict.tooLarge || envelope.skeletonBytes > this.#limits.maxRecordBytes
    this.table.add({
      kind: ItemKind.envelope,
      byteOffset: envelope.byteOffset,
      byteLength: this.#pos - envelope.byteOffset,
      at: isTooLarge ? -1 : this.table.addSkeleton(envelope.pieces, envelope.skeletonBytes),
      keptBytes: isTooLarge ? 0 : envelope.skeletonBytes,
      line: envelope.line,
      record: envelope.record,
      parent: envelope.parent,
      number: this.table.relativeEnvelope(envelope.number),
      memberCount: this.#memberCount,
      verdict: isTooLarge ? FramingVerdict.tooLarge : verdict,
      listKey: envelope.listKey,
      elementCount: envelope.elementCount,
      holeAt: envelope.holeAt,
      digest: null,
    })
  }

  // ---- lines of NDJSON

  #beginLine(): void {
    this.#accountTo("separatorBytes", this.#pos)
    this.#lineStart = this.#pos
    this.#lineRecord = this.#counters.record
    this.#lineNumber = this.#counters.line
    this.#lineMark = this.table.mark()
    this.#lineAccount = { account: { ...this.#account }, accountedTo: this.#accountedTo }
    this.#lineHash = null
    this.#lineHashedTo = this.#pos
  }

  /** A line's end between elements. False where it rejected the line. */
  #endLine(): boolean {
    if (this.#isLines && this.#lists.length > 0) {
      this.#pos -= 1
      this.#rejectLine()
      return false
    }
    this.#counters.line += 1
    this.#lineStart = -1
    this.#lineValues = 0
    return true
  }

  /** The line holds something else than one value: what was framed of it and is not handed out yet is taken back. */
  #rejectLine(): void {
    this.#state = State.rejected
    this.#lists = []
    this.#resumed = null
    this.#hash = null
    this.#counters.record = this.#lineRecord
    if (this.#lineMark !== null && this.#lineAccount !== null) {
      this.table.restore(this.#lineMark)
      this.#account = this.#lineAccount.account
      this.#accountedTo = this.#lineAccount.accountedTo
    } else this.table.restore({ itemCount: 0, skeletonBytes: 0, digestCount: 0 })
  }

  #scanRejected(end: number): void {
    const lf = this.#buffer.subarray(0, end - this.#base).indexOf(LF, this.#pos - this.#base)
    this.#pos = lf < 0 ? end : this.#base + lf
    if (lf >= 0) this.#endRejectedLine()
  }

  #endRejectedLine(): void {
    const end = this.#pos
    const isKept = this.#lineStart >= this.#base && end - this.#lineStart <= this.#limits.maxRecordBytes
    this.table.add({
      kind: ItemKind.rejectedLine,
      byteOffset: this.#lineStart,
      byteLength: end - this.#lineStart,
      at: isKept ? this.#lineStart - this.#base : -1,
      keptBytes: isKept ? end - this.#lineStart : 0,
      line: this.#lineNumber,
      record: this.#lineRecord,
      parent: -1,
      number: -1,
      memberCount: 0,
      verdict: isKept ? FramingVerdict.malformed : FramingVerdict.tooLarge,
      listKey: -1,
      elementCount: 0,
      holeAt: -1,
      digest: isKept ? null : this.#digestOfLine(end),
    })
    this.#counters.record = this.#lineRecord + 1
    this.#accountTo("recordBytes", end)
    this.#state = State.between
    this.#expect = Expect.elementOrEnd
    this.#lineStart = -1
    this.#lineValues = 0
  }

  #digestOfLine(end: number): Uint8Array {
    const hash = this.#lineHash ?? createHash("sha256")
    const from = Math.max(this.#lineStart, this.#lineHashedTo)
    return hash.update(this.#buffer.subarray(from - this.#base, end - this.#base)).digest()
  }

  // ---- NUL bytes

  #beginNuls(): void {
    this.#accountTo("separatorBytes", this.#pos)
    if (this.#isLines && this.#lineValues === 0) this.#beginLine()
    this.#start = this.#pos
    this.#startLine = this.#counters.line
    this.#hash = createHash("sha256")
    this.#hashedTo = this.#pos
    this.#state = State.nul
  }

  #scanNuls(end: number): void {
    const buffer = this.#buffer
    for (let at = this.#pos - this.#base; at < end - this.#base; at++) {
      const byte = buffer[at] ?? 0
      if (byte === 0 || CLASS[byte] === ByteClass.space) continue
      this.#pos = this.#base + at
      if (byte === LF && this.#isLines && this.#lineValues === 0) return this.#endNuls()
      if (byte === LF) {
        this.#counters.line += 1
        continue
      }
      if (this.#isLines) return this.#rejectLine()
      this.#pos = this.#start
      return this.#fail("NUL bytes stand between two values")
    }
    this.#pos = end
  }

  /** A line of NUL bytes ends, or the input does. */
  #endNuls(): void {
    const byteLength = this.#pos - this.#start
    if (!this.#isLines || this.#lineValues > 0) {
      this.#hash = null
      this.#nulTailBytes += byteLength
      this.#accountTo("separatorBytes", this.#pos)
      this.#state = State.between
      return
    }
    this.table.add({
      kind: ItemKind.nulRun,
      byteOffset: this.#start,
      byteLength,
      at: -1,
      keptBytes: 0,
      line: this.#startLine,
      record: this.#counters.record,
      parent: -1,
      number: -1,
      memberCount: 0,
      verdict: FramingVerdict.malformed,
      listKey: -1,
      elementCount: 0,
      holeAt: -1,
      digest: this.#digestOfElement(),
    })
    this.#counters.record += 1
    this.#accountTo("recordBytes", this.#pos)
    this.#state = State.between
    this.#lineValues = 1
  }

  // ---- faults

  /** Structure is lost: a line is rejected; a document ends. */
  #fail(message: string): void {
    if (this.#isLines) {
      if (this.#lineStart < 0) this.#beginLine()
      return this.#rejectLine()
    }
    this.#fault = { code: "input/corrupt", message, byteOffset: this.#pos }
    this.#abandon(FramingVerdict.malformed)
    this.#state = State.damage
  }

  #truncate(): void {
    this.#fault ??= { code: "input/truncated", message: "the input ends within a value; copy or export it again to get the rest", byteOffset: this.#pos }
    this.#abandon(FramingVerdict.truncated)
    this.#state = State.between
    this.#lists = []
    this.#lineStart = -1
    this.#lineValues = 0
  }

  /** Gives what was begun: the element as an item with a verdict, then its envelopes, the innermost first. */
  #abandon(verdict: FramingVerdict): void {
    if (this.#isInElement() && this.#resumed !== null) this.#closeEnvelope(this.#resumed, verdict)
    else if (this.#isInElement()) this.#addElement(verdict)
    else this.#accountTo("separatorBytes", this.#pos)
    for (const list of this.#lists.toReversed()) {
      if (list.envelope === null) continue
      list.envelope.elementCount = list.elementCount
      this.#memberCount = list.envelope.memberCount
      this.#addEnvelope(list.envelope, verdict)
    }
    this.#lists = []
    this.#resumed = null
    this.#hash = null
  }

  // ---- bytes

  #accountTo(kind: keyof Account, byteOffset: number): void {
    this.#account[kind] += byteOffset - this.#accountedTo
    this.#accountedTo = byteOffset
  }

  /** Once an element is larger than the limit, its bytes are hashed as they pass. */
  #hashLarge(): void {
    if (this.#state !== State.nul && !this.#isInElement()) return
    if (this.#hash === null) {
      if (this.#pos - this.#start <= this.#limits.maxRecordBytes) return
      this.#hash = createHash("sha256")
      this.#hashedTo = this.#start
    }
    this.#hash.update(this.#buffer.subarray(this.#hashedTo - this.#base, this.#pos - this.#base))
    this.#hashedTo = this.#pos
  }

  #digestOfElement(): Uint8Array {
    const hash = this.#hash ?? createHash("sha256")
    const from = this.#hash === null ? this.#start : this.#hashedTo
    this.#hash = null
    return hash.update(this.#buffer.subarray(from - this.#base, this.#pos - this.#base)).digest()
  }
}

function isBlank(byte: number): boolean {
  return byte === LF || CLASS[byte] === ByteClass.space
}

type Account = { -readonly [Key in keyof ByteAccount]: ByteAccount[Key] }

/** The record that the innermost envelope of a list belongs to. */
function recordOf(list: List | undefined): number | undefined {
  return list?.envelope?.record
}

function numberOf(list: List | undefined): number {
  return list?.envelope?.number ?? -1
}

function addText(envelope: Envelope, text: string): void {
  envelope.pieces.push(new TextEncoder().encode(text))
  envelope.skeletonBytes += text.length
}

function kindOf(listKey: ListKey): "batch" | "single" | "odata-page" {
  if (listKey === ListKey.responses) return "batch"
  return listKey === ListKey.sessions ? "single" : "odata-page"
}
