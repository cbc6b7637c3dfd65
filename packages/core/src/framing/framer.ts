/**
 * The scanner: finds where each record, each session and each envelope begins and ends, by strings, brackets and
 * commas alone. It is pushed bytes and adds items to a table; it never looks at what a value means.
 *
 * A value is scanned whole as an *element*. Only an object that may be an envelope is watched: when one of its own
 * keys is a list key (`ListKey`) and a bracket follows, the object becomes an envelope, the bytes so far the
 * beginning of its skeleton, and the elements of that list are framed one by one.
 *
 * Always true: every byte that was scanned is counted in exactly one number of the account, at the latest when its
 * element ends; the bytes from `keepFrom()` on are still needed.
 */
import { AccountBuilder } from "./account-builder.ts"
import { FramingVerdict, ItemKind, ListKey, type ByteAccount, type FramingLimits, type Layout } from "./block.ts"
import { CLASS, isBom, ByteClass } from "./byte-class.ts"
import { layoutOf, opensList, roleInList, Skeleton, type ElementRole, type Envelope, type List } from "./envelope.ts"
import { ItemTableBuilder, type Counters, type FramedItem } from "./item-table.ts"
import { listKeyOf } from "./list-key.ts"
import { SpanDigest } from "./span-digest.ts"

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_LIST = 0x5b
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const LF = 0x0a

/** How deep pages, batches and callRecords may lie in each other; what lies deeper is one record. */
const MAX_NESTED_LISTS = 8

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

const NO_COMMA = "a comma is missing between two values of a list"
const OUTSIDE = "a closing bracket or comma stands outside of any value"

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
  /** Set once the element is larger than the limit, and for NUL bytes: they are hashed and not kept. */
  #digest: SpanDigest | null = null

  // The line of NDJSON.
  #lineStart = -1
  #lineRecord = 0
  #lineNumber = 0
  #lineValues = 0
  /** Set once bytes of the line were let go. */
  #lineDigest: SpanDigest | null = null

  readonly #account: AccountBuilder
  #fault: FramingFault | null = null
  #nulBytes = 0
  #nulTailBytes = 0
  #topValues = 0
  #firstLayout: Layout | null = null

  constructor(
    limits: Pick<FramingLimits, "maxRecordBytes" | "maxDepth">,
    mode: "lines" | "documents",
    byteOffset: number,
  ) {
    this.#limits = limits
    this.#isLines = mode === "lines"
    this.#types = new Uint8Array(limits.maxDepth + 2)
    this.#pos = byteOffset
    this.#base = byteOffset
    this.#account = new AccountBuilder(byteOffset)
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
    return { valueCount: this.#topValues, first: this.#firstLayout }
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
    if (this.#isLines && this.#lineStart >= 0 && this.#pos - this.#lineStart <= this.#limits.maxRecordBytes)
      return this.#lineStart
    return this.#isInElement() && this.#digest === null ? this.#start : this.#pos
  }

  #isInElement(): boolean {
    return this.#state === State.element || this.#state === State.string || this.#state === State.scalar
  }

  /** What was counted since the last call. */
  takeAccount(): ByteAccount {
    return this.#account.take()
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
          this.#account.countTo("damageBytes", endOffset)
          this.#pos = endOffset
      }
    }
    this.#digestLarge()
  }

  /** Says that the bytes before `byteOffset` are let go: a line that began before must be hashed up to there. */
  letGo(byteOffset: number): void {
    if (this.#lineStart < 0 || this.#lineStart >= byteOffset) return
    this.#lineDigest ??= new SpanDigest(this.#lineStart)
    this.#lineDigest.update(this.#buffer, this.#base, byteOffset)
    for (const envelope of this.#openEnvelopes()) {
      envelope.digest ??= new SpanDigest(envelope.byteOffset)
      envelope.digest.update(this.#buffer, this.#base, byteOffset)
    }
  }

  #openEnvelopes(): Envelope[] {
    const around = this.#lists.flatMap(({ envelope }) => envelope ?? [])
    return this.#resumed === null ? around : [...around, this.#resumed]
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
    this.#account.countTo("separatorBytes", this.#pos)
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
      if (byte === 0xef && this.#lists.length === 0 && !(this.#isLines && this.#lineValues > 0)) {
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
    if (byte === COMMA) {
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
    if (this.#expect === Expect.commaOrEnd) return this.#fail(NO_COMMA)
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
    if (cls === ByteClass.close || byte === COMMA) return this.#fail(OUTSIDE)
    this.#topValues += 1
    this.#lineValues += 1
    if (byte === OPEN_LIST) {
      this.#firstLayout ??= "array"
      this.#account.countTo("separatorBytes", this.#pos)
      this.#pos += 1
      this.#account.countTo("envelopeBytes", this.#pos)
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
    this.#account.countTo("separatorBytes", this.#pos)
    this.#lists.pop()
    if (list.envelope === null) {
      this.#pos += 1
      this.#account.countTo("envelopeBytes", this.#pos)
      this.#expect = Expect.commaOrEnd
      return
    }
    list.envelope.elementCount = list.elementCount
    this.#resume(list.envelope)
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
    this.#isTooDeep = envelope.isTooDeep
    this.#memberCount = envelope.memberCount
    this.#keyFollowed = false
    this.#keyStart = -1
    this.#digest = null
    this.#state = State.element
  }

  // ---- elements

  #beginElement(
    byte: number,
    cls: number | undefined,
    role: ElementRole,
    outerDepth: number,
    isWatched: boolean,
  ): void {
    this.#account.countTo("separatorBytes", this.#pos)
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
    this.#digest = null
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
      if (byte === COLON) {
        memberCount += 1
        if (depth === 1) this.#keyFollowed = true
        at += 1
        continue
      }
      if (byte === COMMA) {
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
        if (!this.#isTooDeep && (this.#types[depth] ?? 0) + 2 !== byte)
          return this.#fail("a closing bracket does not match the opening one")
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
      if (cls === ByteClass.other || byte === COLON) continue
      this.#pos = this.#base + at
      if (cls === ByteClass.space || byte === LF) {
        if (isTop) return this.#endScalar(this.#pos)
        if (byte === LF && this.#isLines) return this.#rejectLine()
        if (byte === LF) this.#counters.line += 1
        continue
      }
      if (isTop && !this.#isLines && (cls === ByteClass.open || byte === QUOTE)) return this.#endScalar(this.#pos)
      if (!isTop && (byte === COMMA || cls === ByteClass.close)) return this.#endScalar(this.#pos)
      return this.#fail(isTop ? OUTSIDE : NO_COMMA)
    }
    this.#pos = end
  }

  /** Ends a scalar; the white space before `end` is not part of it, unless both together are larger than the limit. */
  #endScalar(end: number): void {
    let last = end
    if (end - this.#start <= this.#limits.maxRecordBytes) last = this.#base + this.#skipBlanksBefore(end - this.#base)
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
    const isTooLarge = byteLength > this.#limits.maxRecordBytes
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
      digest: isTooLarge ? this.#digestOfElement() : null,
    })
    if (!isSession) this.#counters.record += 1
    this.#account.countTo("recordBytes", this.#pos)
    if (this.#lists.length === 0) this.#firstLayout ??= "single"
  }

  // ---- envelopes

  /** A bracket stands in a watched object, behind one of its own keys. Whether the object is an envelope by that. */
  #openList(byte: number): boolean {
    // Where the object became larger than the limit depends on the bytes alone, when it is hashed also on the chunks.
    if (this.#keyStart < 0 || this.#pos - this.#start > this.#limits.maxRecordBytes) return false
    const key = listKeyOf(this.#buffer, this.#keyStart - this.#base, this.#keyEnd - this.#base)
    if (key === null || !opensList(key, this.#role) || !this.#isRightBehindKey()) return false
    if (this.#resumed === null) this.#beginList(key, byte === OPEN_OBJECT)
    else this.#fail("a second list of records stands in one object")
    return true
  }

  /** Whether nothing but a colon stands between the key and the bracket at `#pos`. */
  #isRightBehindKey(): boolean {
    const colon = this.#skipBlanksBefore(this.#pos - this.#base) - 1
    return this.#buffer[colon] === COLON && this.#skipBlanksBefore(colon) === this.#keyEnd - this.#base
  }

  /** The end of what stands before `at` in the buffer and is no white space. */
  #skipBlanksBefore(at: number): number {
    let end = at
    while (end > 0 && isBlank(this.#buffer[end - 1] ?? 0)) end -= 1
    return end
  }

  #beginList(key: ListKey, isSingle: boolean): void {
    const envelope = this.#beginEnvelope(key, isSingle)
    const role = roleInList(envelope)
    const depth = role === "session" ? envelope.depth + (isSingle ? 1 : 2) : 0
    this.#lists.push({ envelope, role, isSingle, depth, elementCount: 0 })
    this.#state = State.between
    this.#expect = Expect.elementOrEnd
    // A lone object is its list's only element, and may itself be an envelope.
    if (isSingle)
      this.#beginElement(OPEN_OBJECT, ByteClass.open, role, depth, !envelope.isWrapper && !this.#isTooNested())
  }

  /** The object becomes an envelope: what was read of it is the head of the skeleton, up to the list's first element. */
  #beginEnvelope(listKey: ListKey, isSingle: boolean): Envelope {
    const list = this.#lists.at(-1)
    const isWrapper = this.#role === "session"
    if (list === undefined) this.#firstLayout ??= layoutOf(listKey)
    const record = isWrapper ? (recordOf(list) ?? this.#counters.record) : this.#counters.record
    if (listKey === ListKey.sessions) this.#counters.record += 1
    if (!isSingle) this.#pos += 1
    this.#account.countTo("envelopeBytes", this.#pos)
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
      isTooDeep: this.#isTooDeep,
      memberCount: this.#memberCount,
      skeleton: new Skeleton(this.#bytesFromStart(), isSingle, this.#limits.maxRecordBytes),
      elementCount: 0,
      digest: null,
    }
  }

  /** The bytes from the start of what is being scanned. */
  #bytesFromStart(): Uint8Array {
    return this.#buffer.subarray(this.#start - this.#base, this.#pos - this.#base)
  }

  /** The rest of the envelope, which was scanned like an element, ends before `#pos`. */
  #closeEnvelope(envelope: Envelope, verdict: FramingVerdict): void {
    this.#resumed = null
    const isTooLarge = this.#pos - this.#start > this.#limits.maxRecordBytes
    if (!isTooLarge) envelope.skeleton.add(this.#bytesFromStart())
    this.#digest = null
    this.#account.countTo("envelopeBytes", this.#pos)
    this.#addEnvelope(
      envelope,
      isTooLarge ? FramingVerdict.tooLarge : this.#isTooDeep ? FramingVerdict.tooDeep : verdict,
    )
  }

  #addEnvelope(envelope: Envelope, verdict: FramingVerdict): void {
    const { skeleton, elementCount } = envelope
    const list = this.#lists.at(-1)
    if (envelope.isWrapper) {
      // The sessions in the wrapper are those of the list that it stands for.
      if (list !== undefined) list.elementCount = elementCount
      return
    }
    const isTooLarge = verdict === FramingVerdict.tooLarge || skeleton.isTooLarge
    this.table.add({
      ...NO_ITEM,
      kind: ItemKind.envelope,
      byteOffset: envelope.byteOffset,
      byteLength: this.#pos - envelope.byteOffset,
      at: isTooLarge ? -1 : this.table.addSkeleton(skeleton),
      keptBytes: isTooLarge ? 0 : skeleton.byteLength,
      line: envelope.line,
      record: envelope.record,
      parent: envelope.parent,
      number: envelope.number,
      memberCount: this.#memberCount,
      verdict: isTooLarge ? FramingVerdict.tooLarge : verdict,
      listKey: envelope.listKey,
      elementCount,
      holeAt: skeleton.holeAt,
      digest: this.#digestOfEnvelope(envelope),
    })
  }

  /** Of an envelope in a line that is longer than the limit: whether its bytes are in the block depends on the chunks. */
  #digestOfEnvelope({ digest, byteOffset }: Envelope): Uint8Array | null {
    if (!this.#isLines || this.#pos - this.#lineStart <= this.#limits.maxRecordBytes) return null
    return (digest ?? new SpanDigest(byteOffset)).update(this.#buffer, this.#base, this.#pos).digest()
  }

  // ---- lines of NDJSON

  #beginLine(): void {
    this.#account.countTo("separatorBytes", this.#pos)
    this.#account.beginLine()
    this.table.beginLine()
    this.#lineStart = this.#pos
    this.#lineRecord = this.#counters.record
    this.#lineNumber = this.#counters.line
    this.#lineDigest = null
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
    this.#digest = null
    this.#counters.record = this.#lineRecord
    this.table.takeBackLine()
    this.#account.takeBackLine()
  }

  #scanRejected(end: number): void {
    const lf = this.#buffer.subarray(0, end - this.#base).indexOf(LF, this.#pos - this.#base)
    this.#pos = lf < 0 ? end : this.#base + lf
    if (lf >= 0) this.#endRejectedLine()
  }

  #endRejectedLine(): void {
    const end = this.#pos
    const isKept = end - this.#lineStart <= this.#limits.maxRecordBytes
    this.table.add({
      ...NO_ITEM,
      kind: ItemKind.rejectedLine,
      byteOffset: this.#lineStart,
      byteLength: end - this.#lineStart,
      at: isKept ? this.#lineStart - this.#base : -1,
      keptBytes: isKept ? end - this.#lineStart : 0,
      line: this.#lineNumber,
      record: this.#lineRecord,
      verdict: isKept ? FramingVerdict.malformed : FramingVerdict.tooLarge,
      digest: isKept ? null : this.#digestOfLine(end),
    })
    this.#counters.record = this.#lineRecord + 1
    this.#account.countTo("recordBytes", end)
    this.#state = State.between
    this.#expect = Expect.elementOrEnd
    this.#lineStart = -1
    this.#lineValues = 0
  }

  #digestOfLine(end: number): Uint8Array {
    const digest = this.#lineDigest ?? new SpanDigest(this.#lineStart)
    return digest.update(this.#buffer, this.#base, end).digest()
  }

  // ---- NUL bytes

  #beginNuls(): void {
    const isLineOfThem = this.#isLines && this.#lineValues === 0
    if (isLineOfThem) this.#beginLine()
    else this.#account.countTo("separatorBytes", this.#pos)
    this.#start = this.#pos
    this.#startLine = this.#counters.line
    this.#digest = isLineOfThem ? new SpanDigest(this.#pos) : null
    this.#nulBytes = 0
    this.#state = State.nul
  }

  #scanNuls(end: number): void {
    for (let at = this.#pos - this.#base; at < end - this.#base; at++) {
      const byte = this.#buffer[at] ?? 0
      if (byte === 0) this.#nulBytes += 1
      else if (byte === LF && !this.#isLines) this.#counters.line += 1
      else if (CLASS[byte] !== ByteClass.space) {
        this.#pos = this.#base + at
        return this.#meetBehindNuls(byte)
      }
    }
    this.#pos = end
  }

  /** A line's end, or content. */
  #meetBehindNuls(byte: number): void {
    if (this.#isLines) return byte === LF && this.#lineValues === 0 ? this.#endNuls() : this.#rejectLine()
    this.#pos = this.#start
    this.#fail("NUL bytes stand between two values")
  }

  /** A line of NUL bytes ends, or the input does. */
  #endNuls(): void {
    this.#state = State.between
    if (!this.#isLines || this.#lineValues > 0) {
      this.#nulTailBytes += this.#nulBytes
      this.#account.countTo("separatorBytes", this.#pos)
      return
    }
    this.table.add({
      ...NO_ITEM,
      kind: ItemKind.nulRun,
      byteOffset: this.#start,
      byteLength: this.#pos - this.#start,
      line: this.#startLine,
      record: this.#counters.record,
      verdict: FramingVerdict.malformed,
      digest: this.#digestOfElement(),
    })
    this.#counters.record += 1
    this.#lineValues = 1
    this.#account.countTo("recordBytes", this.#pos)
  }

  // ---- faults

  /** Structure is lost: a line is rejected; a document ends. */
  #fail(message: string): void {
    if (this.#isLines) {
      if (this.#lineStart < 0) this.#beginLine()
      return this.#rejectLine()
    }
    this.#fault = {
      code: "input/corrupt",
      message: `${message}; nothing behind it was read, export it again`,
      byteOffset: this.#pos,
    }
    this.#abandon(FramingVerdict.malformed)
    this.#state = State.damage
  }

  #truncate(): void {
    this.#fault ??= {
      code: "input/truncated",
      message: "the input ends within a value; copy or export it again to get the rest",
      byteOffset: this.#pos,
    }
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
    else this.#account.countTo("separatorBytes", this.#pos)
    for (let list = this.#lists.pop(); list !== undefined; list = this.#lists.pop()) {
      if (list.envelope === null) continue
      list.envelope.elementCount = list.elementCount
      this.#memberCount = list.envelope.memberCount
      this.#addEnvelope(list.envelope, verdict)
    }
    this.#resumed = null
    this.#digest = null
  }

  // ---- digests

  /** Once an element is larger than the limit, its bytes are hashed as they pass. */
  #digestLarge(): void {
    if (this.#isInElement() && this.#pos - this.#start > this.#limits.maxRecordBytes)
      this.#digest ??= new SpanDigest(this.#start)
    this.#digest?.update(this.#buffer, this.#base, this.#pos)
  }

  #digestOfElement(): Uint8Array {
    const digest = this.#digest ?? new SpanDigest(this.#start)
    this.#digest = null
    return digest.update(this.#buffer, this.#base, this.#pos).digest()
  }
}

/** What does not hold of every kind of item. */
const NO_ITEM: Omit<FramedItem, "kind" | "byteOffset" | "byteLength" | "line" | "record" | "verdict"> = {
  at: -1,
  keptBytes: 0,
  parent: -1,
  number: -1,
  memberCount: 0,
  listKey: -1,
  elementCount: 0,
  holeAt: -1,
  digest: null,
}

function isBlank(byte: number): boolean {
  return byte === LF || CLASS[byte] === ByteClass.space
}

/** The record that the innermost envelope of a list belongs to. */
function recordOf(list: List | undefined): number | undefined {
  return list?.envelope?.record
}

function numberOf(list: List | undefined): number {
  return list?.envelope?.number ?? -1
}
