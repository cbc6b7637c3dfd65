/**
 * Whole records, lines of NDJSON or values of a document: sessions, callRecords and pages of sessions by the kernel, all
 * others are framed and decoded by their items.
 */
import type { BlockForm, Kernel, KernelCounts, KernelEvent, KernelRun } from "@callsift/kernel"
import { addBytes, noBytes } from "../../framing/byte-sums.ts"
import { ListKey, type Block, type ByteAccount, type ItemTable } from "../../framing/block.ts"
import type { BlockTask } from "../../worker/protocol.ts"
import type { EnvelopeFact } from "../envelope-builder.ts"
import { readEnvelope, type EnvelopeContent } from "../envelope.ts"
import { ItemBytes } from "../item.ts"
import { judge } from "../judge.ts"
import type { FastRows } from "./fast-rows.ts"
import { copyCalls } from "./run-calls.ts"
import type { RunBase } from "./run-rows.ts"

/** What was counted of records. */
export interface RootCounts {
  readonly lineCount: number
  readonly recordCount: number
  readonly account: ByteAccount
}

/** Decodes a part of a block by its items, which stands so many lines and records into the block. */
export type DecodePart = (part: Block, table: ItemTable, line: number, record: number) => RootCounts

/** Records that follow each other, and how those are framed that the kernel does not take. */
export interface Roots {
  readonly form: Exclude<BlockForm, "elements">
  readonly bytes: Uint8Array
  /** Where they stand; no first index. */
  readonly base: RunBase
  /** The items of one of them; lines and records count from its first byte. */
  readonly frame: (part: Block) => ItemTable
}

/** Decodes the records; lists in those that the kernel does not take whole go to `decodePart`. */
export function decodeRoots(
  task: BlockTask,
  roots: Roots,
  kernel: Kernel,
  rows: FastRows,
  decodePart: DecodePart,
): RootCounts {
  const decoder = new FastRoots(task, roots, rows, decodePart)
  rows.begin()
  kernel.begin(roots.bytes, roots.form, task.isInKernel)
  for (let run = kernel.run(); run !== null; run = kernel.run()) decoder.add(run)
  return decoder.finish(kernel.counts())
}

class FastRoots {
  readonly #task: BlockTask
  readonly #roots: Roots
  readonly #rows: FastRows
  readonly #decodePart: DecodePart
  /** By the kernel's number of a text that callRecords say: its index among the block's. */
  readonly #callTexts = new Map<number, number>()
  readonly #account = noBytes()
  /** How many more there are than the kernel has counted so far. */
  #lines = 0
  #records = 0

  constructor(task: BlockTask, roots: Roots, rows: FastRows, decodePart: DecodePart) {
    this.#task = task
    this.#roots = roots
    this.#rows = rows
    this.#decodePart = decodePart
  }

  /** Rows wait until the reference has something to add in front of them: many small pieces cost more than one. */
  add(run: KernelRun): void {
    let [row, call] = [0, 0]
    for (const event of run.events) {
      this.#addCalls(run, call, event.call)
      call = event.call
      if (event.kind !== "left" && (event.listAt === 0 ? this.#addBareCall(event) : this.#addEnvelope(run, event)))
        continue
      this.#rows.add(run, row, event.row, this.#base)
      row = event.row + event.sessionCount
      this.#decode(event)
    }
    this.#addCalls(run, call, run.callCount)
    this.#rows.add(run, row, run.rowCount, this.#base)
  }

  finish({ lines, records, recordBytes, envelopeBytes, separatorBytes }: KernelCounts): RootCounts {
    addBytes(this.#account, { ...noBytes(), recordBytes, envelopeBytes, separatorBytes })
    return { lineCount: lines + this.#lines, recordCount: records + this.#records, account: this.#account }
  }

  get #base(): RunBase {
    const { base } = this.#roots
    return { ...base, line: base.line + this.#lines, record: base.record + this.#records }
  }

  /** Adds the callRecords of a run from `from` up to `end`, which the kernel read. */
  #addCalls(run: KernelRun, from: number, end: number): void {
    if (from === end) return
    const indexOf = (number: number): number => this.#callText(number)
    this.#rows.output.addEnvelopes(end - from, (columns, at) =>
      copyCalls(run.calls, from, end, columns, at, this.#base, indexOf),
    )
  }

  /** The index among the block's of a text with that number of the kernel: few are there, and they are there again and again. */
  #callText(number: number): number {
    const known = this.#callTexts.get(number)
    if (known !== undefined) return known
    const index = this.#rows.output.envelopeTextIndex(this.#rows.textOf(number))
    this.#callTexts.set(number, index)
    return index
  }

  /** Adds an envelope of which only its text tells what it says of itself; false where the reference has to look at it. */
  #addEnvelope(run: KernelRun, event: KernelEvent): boolean {
    const { byteAt, byteEnd, row, sessionCount, listAt, listEnd } = event
    const envelopeBytes = listAt - byteAt + byteEnd - listEnd
    if (envelopeBytes > this.#task.limits.maxRecordBytes) return false
    const content = contentOfText(this.#roots.bytes, event)
    if (content === null) return false
    this.#rows.output.addEnvelope({ ...content, ...this.#placeOf(event), hasList: true, elementCount: sessionCount })
    let recordBytes = 0
    for (let each = row; each < row + sessionCount; each++) recordBytes += run.columns.byteLength[each] ?? 0
    this.#account.recordBytes += recordBytes
    this.#account.envelopeBytes += envelopeBytes
    this.#account.separatorBytes += listEnd - listAt - recordBytes
    return true
  }

  /** A callRecord without sessions; false where the reference has to look at it. */
  #addBareCall(event: KernelEvent): boolean {
    const byteLength = event.byteEnd - event.byteAt
    const value: unknown = JSON.parse(textOf(this.#roots.bytes, event.byteAt, event.byteEnd))
    if (byteLength > this.#task.limits.maxRecordBytes || judge(value).kind !== "callRecord") return false
    const { content, fault } = readEnvelope(value, -1)
    if (fault !== null) return false
    this.#rows.output.addEnvelope({ ...content, ...this.#placeOf(event), hasList: false, elementCount: 0 })
    this.#account.recordBytes += byteLength
    return true
  }

  #placeOf({ byteAt, byteEnd, line, record }: KernelEvent): EnvelopePlace {
    const { base } = this.#roots
    return {
      parent: base.parent,
      byteOffset: base.byteOffset + byteAt,
      byteLength: byteEnd - byteAt,
      line: base.line + this.#lines + line,
      record: base.record + this.#records + record,
    }
  }

  /** Frames a record and decodes its items. */
  #decode(event: KernelEvent): void {
    const { bytes, frame } = this.#roots
    const { byteOffset, line, record } = this.#placeOf(event)
    const part: Block = { ...this.#task.block, bytes: bytes.subarray(event.byteAt, event.byteEnd), byteOffset }
    const table = frame(part)
    const { lineCount, recordCount, account } =
      table.itemCount > 1 ? this.#decodePart(part, table, line, record) : this.#decodeOne(part, table, line, record)
    this.#lines += lineCount
    this.#records += recordCount - countedRecords(event)
    addBytes(this.#account, account)
  }

  #decodeOne(part: Block, table: ItemTable, line: number, record: number): RootCounts {
    this.#rows.decodeItems(table, new ItemBytes(part, table), line, record)
    return table
  }
}

type EnvelopePlace = Pick<EnvelopeFact, "parent" | "byteOffset" | "byteLength" | "line" | "record">

/** How many records the kernel has counted for an event. */
function countedRecords({ kind, sessionCount }: KernelEvent): number {
  if (kind === "left") return 0
  return kind === "page" ? sessionCount : 1
}

/** What the text of an envelope says, without its sessions; null where the reference has to say what is wrong. */
function contentOfText(
  bytes: Uint8Array,
  { kind, byteAt, listAt, listEnd, byteEnd }: KernelEvent,
): EnvelopeContent | null {
  const text = textOf(bytes, byteAt, listAt) + textOf(bytes, listEnd, byteEnd)
  const { content, fault } = readEnvelope(JSON.parse(text), kind === "page" ? ListKey.value : ListKey.sessions)
  return fault === null ? content : null
}

function textOf(bytes: Uint8Array, from: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString()
}
