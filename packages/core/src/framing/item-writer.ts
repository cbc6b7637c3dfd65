/**
 * What was scanned → items. Numbers the records, adds the items to the table of the block, and
 * counts their bytes in the account. A line can be taken back: then the number of its record is used again.
 */
import type { Passed } from "@callsift/kernel"
import { AccountBuilder } from "./account-builder.ts"
import { FramingVerdict, ItemKind, ListKey, NO_ENVELOPE } from "./block.ts"
import type { Cursor } from "./cursor.ts"
import { Skeleton, type Envelope, type List } from "./envelope.ts"
import { ItemTableBuilder, type FramedItem } from "./item-table.ts"
import type { NulRun } from "./nul-run.ts"
import type { OpenElement } from "./open-element.ts"
import type { OpenLine } from "./open-line.ts"
import { SpanDigest } from "./span-digest.ts"

export class ItemWriter {
  readonly table = new ItemTableBuilder()
  readonly account: AccountBuilder
  readonly #cursor: Cursor
  readonly #maxRecordBytes: number
  /** The number of the next record, from where framing began. */
  #record = 0
  /** Where the line begins, and the number of its record; no line begins in documents. */
  #lineStart: number | null = null
  #lineRecord = 0

  constructor(cursor: Cursor, maxRecordBytes: number) {
    this.account = new AccountBuilder(cursor.byteOffset)
    this.#cursor = cursor
    this.#maxRecordBytes = maxRecordBytes
  }

  get recordCount(): number {
    return this.#record
  }

  /** Writes an element that ends before `end`. */
  addElement(element: OpenElement, end: number, verdict: FramingVerdict): void {
    const { byteOffset, line, list, memberCount, isTooDeep } = element
    const byteLength = end - byteOffset
    const isSession = element.role === "session"
    const isTooLarge = byteLength > this.#maxRecordBytes
    this.table.add({
      kind: isSession ? ItemKind.session : ItemKind.record,
      byteOffset,
      byteLength,
      at: isTooLarge ? -1 : byteOffset - this.#cursor.base,
      keptBytes: isTooLarge ? 0 : byteLength,
      line,
      record: isSession ? (recordOf(list) ?? this.#record) : this.#record,
      parent: idOf(list),
      number: isSession && list !== undefined ? list.elementCount - 1 : -1,
      memberCount,
      verdict: isTooLarge ? FramingVerdict.tooLarge : isTooDeep ? FramingVerdict.tooDeep : verdict,
      listKey: -1,
      elementCount: 0,
      holeAt: -1,
      digest: isTooLarge ? element.digest(this.#cursor, end) : null,
    })
    if (!isSession) this.#record += 1
    this.account.countTo("recordBytes", end)
  }

  /** Writes a run of sessions of `list` that begins at the cursor. */
  addRun(run: Passed, list: List): void {
    const record = recordOf(list) ?? this.#record
    this.#addPassed(run, { kind: ItemKind.run, record, parent: idOf(list), number: list.elementCount })
    this.account.countRun(run.elementBytes, this.#cursor.byteOffset + run.byteLength)
  }

  /** Writes values that begin at the cursor, elements of `list` or of the sequence. Each counts as one record. */
  addValues(run: Passed, list: List | undefined): void {
    const number = list === undefined ? -1 : list.elementCount
    this.#addPassed(run, { kind: ItemKind.values, record: this.#record, parent: idOf(list), number })
    this.#record += run.elementCount
    this.account.leaveOut(this.#cursor.byteOffset + run.byteLength)
  }

  #addPassed(run: Passed, item: Pick<FramedItem, "kind" | "record" | "parent" | "number">): void {
    const { byteOffset, base, line } = this.#cursor
    this.account.countTo("separatorBytes", byteOffset)
    // One by one: there may be one for each call, and spreading costs more than all else.
    this.table.add({
      kind: item.kind,
      byteOffset,
      byteLength: run.byteLength,
      at: byteOffset - base,
      keptBytes: run.byteLength,
      line,
      record: item.record,
      parent: item.parent,
      number: item.number,
      memberCount: 0,
      verdict: FramingVerdict.none,
      listKey: -1,
      elementCount: run.elementCount,
      holeAt: -1,
      digest: null,
    })
  }

  /** The element becomes an envelope: what was read of it, up to the cursor, is the head of the skeleton. */
  beginEnvelope(element: OpenElement, listKey: ListKey, isSingle: boolean): Envelope {
    const { byteOffset, line, list, isTooDeep, memberCount } = element
    const isWrapper = element.role === "session"
    const record = isWrapper ? (recordOf(list) ?? this.#record) : this.#record
    if (listKey === ListKey.sessions) this.#record += 1
    this.account.countTo("envelopeBytes", this.#cursor.byteOffset)
    return {
      id: isWrapper ? idOf(list) : byteOffset,
      isWrapper,
      parent: idOf(list),
      record,
      listKey,
      byteOffset,
      line,
      isTooDeep,
      memberCount,
      skeleton: new Skeleton(this.#cursor.scannedFrom(byteOffset), isSingle, this.#maxRecordBytes),
      elementCount: 0,
      digest: null,
    }
  }

  /** Writes an envelope whose rest, which was scanned like an element, ends before the cursor. */
  endEnvelope(envelope: Envelope, rest: OpenElement, verdict: FramingVerdict): void {
    const { byteOffset } = this.#cursor
    const isTooLarge = byteOffset - rest.byteOffset > this.#maxRecordBytes
    if (!isTooLarge) envelope.skeleton.add(this.#cursor.scannedFrom(rest.byteOffset))
    this.account.countTo("envelopeBytes", byteOffset)
    const restVerdict = isTooLarge ? FramingVerdict.tooLarge : rest.isTooDeep ? FramingVerdict.tooDeep : verdict
    this.addEnvelope(envelope, rest.list, rest.memberCount, restVerdict)
  }

  /** Writes an envelope, an element of `list`, as far as its skeleton goes. */
  addEnvelope(envelope: Envelope, list: List | undefined, memberCount: number, verdict: FramingVerdict): void {
    if (!envelope.isWrapper) this.#addEnvelopeItem(envelope, memberCount, verdict)
    // The sessions in the wrapper are those of the list that it stands for.
    else if (list !== undefined) list.elementCount = envelope.elementCount
  }

  #addEnvelopeItem(envelope: Envelope, memberCount: number, verdict: FramingVerdict): void {
    const { skeleton, byteOffset, line, record, parent, listKey, elementCount } = envelope
    const isTooLarge = verdict === FramingVerdict.tooLarge || skeleton.isTooLarge
    this.table.add({
      kind: ItemKind.envelope,
      byteOffset,
      byteLength: this.#cursor.byteOffset - byteOffset,
      at: isTooLarge ? -1 : this.table.addSkeleton(skeleton),
      keptBytes: isTooLarge ? 0 : skeleton.byteLength,
      line,
      record,
      parent,
      number: -1,
      memberCount,
      verdict: isTooLarge ? FramingVerdict.tooLarge : verdict,
      listKey,
      elementCount,
      holeAt: skeleton.holeAt,
      digest: this.#digestOfEnvelope(envelope),
    })
  }

  /** Of an envelope in a line that is longer than the limit: whether its bytes are in the block depends on the chunks. */
  #digestOfEnvelope({ digest, byteOffset }: Envelope): Uint8Array | null {
    const { bytes, base, byteOffset: end } = this.#cursor
    if (this.#lineStart === null || end - this.#lineStart <= this.#maxRecordBytes) return null
    return (digest ?? new SpanDigest(byteOffset)).update(bytes, base, end).digest()
  }

  /** A line begins at the cursor: what is written from here on can be taken back. */
  beginLine(): void {
    this.account.countTo("separatorBytes", this.#cursor.byteOffset)
    this.account.beginLine()
    this.table.beginLine()
    this.#lineStart = this.#cursor.byteOffset
    this.#lineRecord = this.#record
  }

  /** Takes back what was written of the line, as far as it is not handed out. */
  takeBackLine(): void {
    this.table.takeBackLine()
    this.account.takeBackLine()
    this.#record = this.#lineRecord
  }

  /** Writes a line, which was taken back and ends before the cursor, as one record that is rejected. */
  addRejectedLine(line: OpenLine): void {
    const { base, byteOffset } = this.#cursor
    const byteLength = byteOffset - line.byteOffset
    const isKept = byteLength <= this.#maxRecordBytes
    this.table.add({
      ...NO_ITEM,
      kind: ItemKind.rejectedLine,
      byteOffset: line.byteOffset,
      byteLength,
      at: isKept ? line.byteOffset - base : -1,
      keptBytes: isKept ? byteLength : 0,
      line: line.line,
      record: this.#record,
      verdict: isKept ? FramingVerdict.malformed : FramingVerdict.tooLarge,
      digest: isKept ? null : line.digest(this.#cursor),
    })
    this.#record += 1
    this.account.countTo("recordBytes", byteOffset)
  }

  /** Writes a line of NUL bytes that ends before the cursor. */
  addNulRun(run: NulRun): void {
    const { byteOffset } = this.#cursor
    this.table.add({
      ...NO_ITEM,
      kind: ItemKind.nulRun,
      byteOffset: run.byteOffset,
      byteLength: byteOffset - run.byteOffset,
      line: run.line,
      record: this.#record,
      verdict: FramingVerdict.malformed,
      digest: run.digest(this.#cursor),
    })
    this.#record += 1
    this.account.countTo("recordBytes", byteOffset)
  }
}

/** What holds of an item that is neither a value nor an envelope. */
const NO_ITEM: Omit<FramedItem, "kind" | "byteOffset" | "byteLength" | "line" | "record" | "verdict" | "digest"> = {
  at: -1,
  keptBytes: 0,
  parent: NO_ENVELOPE,
  number: -1,
  memberCount: 0,
  listKey: -1,
  elementCount: 0,
  holeAt: -1,
}

/** The record that the innermost envelope of a list belongs to. */
function recordOf(list: List | undefined): number | undefined {
  return list?.envelope?.record
}

/** What names the innermost envelope of a list. */
function idOf(list: List | undefined): number {
  return list?.envelope?.id ?? NO_ENVELOPE
}
