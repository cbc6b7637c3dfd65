/** A block of NDJSON lines: sessions and callRecords by the kernel, all other lines by the reference. */
import type { Kernel, KernelCounts, KernelEvent, KernelRun } from "@callsift/kernel"
import { addBytes, noBytes } from "../../framing/byte-sums.ts"
import { ListKey, NO_ENVELOPE, type Block, type ItemTable } from "../../framing/block.ts"
import { frameLines } from "../../framing/frame-lines.ts"
import type { BlockResult, BlockTask } from "../../worker/protocol.ts"
import { readEnvelope, type EnvelopeContent } from "../envelope.ts"
import { ItemBytes } from "../item.ts"
import { judge } from "../judge.ts"
import type { FastRows } from "./fast-rows.ts"
import { copyCalls } from "./run-calls.ts"
import type { RunBase } from "./run-rows.ts"

/** Decodes a line that holds more than one item, which stands so many lines and records into the block. */
export type DecodePart = (part: Block, table: ItemTable, line: number, record: number) => void

/** Decodes the lines; lists in lines that the kernel does not take whole go to `decodePart`. */
export function decodeLines(task: BlockTask, kernel: Kernel, rows: FastRows, decodePart: DecodePart): BlockResult {
  const lines = new FastLines(task, rows, decodePart)
  rows.begin()
  kernel.begin(task.block.bytes, "lines", task.isInKernel)
  for (let run = kernel.run(); run !== null; run = kernel.run()) lines.add(run)
  return lines.finish(kernel.counts())
}

class FastLines {
  readonly #task: BlockTask
  readonly #rows: FastRows
  readonly #decodePart: DecodePart
  /** By the kernel's number of a text that callRecords say: its index among the block's. */
  readonly #callTexts = new Map<number, number>()
  readonly #account = noBytes()
  /** Of what was left to the reference so far. */
  #lines = 0
  #records = 0

  constructor(task: BlockTask, rows: FastRows, decodePart: DecodePart) {
    this.#task = task
    this.#rows = rows
    this.#decodePart = decodePart
  }

  /** Rows wait until the reference has something to add in front of them: many small pieces cost more than one. */
  add(run: KernelRun): void {
    let [row, call] = [0, 0]
    for (const event of run.events) {
      this.#addCalls(run, call, event.call)
      call = event.call
      if (event.kind === "call" && (event.listAt === 0 ? this.#addBareCall(event) : this.#addCall(run, event))) continue
      this.#rows.add(run, row, event.row, this.#base)
      row = event.row + event.sessionCount
      if (event.kind === "left") this.#leave(event)
      // Its line and record the kernel has counted already.
      else this.#decodeLine(event)
    }
    this.#addCalls(run, call, run.callCount)
    this.#rows.add(run, row, run.rowCount, this.#base)
  }

  finish({ lines, records, recordBytes, envelopeBytes, separatorBytes }: KernelCounts): BlockResult {
    addBytes(this.#account, { ...noBytes(), recordBytes, envelopeBytes, separatorBytes })
    const counts = { lineCount: lines + this.#lines, recordCount: records + this.#records, account: this.#account }
    return this.#rows.output.result(counts, this.#rows.handedOverCount)
  }

  get #base(): RunBase {
    const { byteOffset } = this.#task.block
    return { byteOffset, line: this.#lines, record: this.#records, parent: NO_ENVELOPE, firstIndex: -1 }
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

  /** Adds a callRecord of which only its text tells what it says of itself; false where the reference has to look at it. */
  #addCall(run: KernelRun, event: KernelEvent): boolean {
    const { byteAt, byteEnd, row, sessionCount, listAt, listEnd, line, record } = event
    const { bytes, byteOffset } = this.#task.block
    const envelopeBytes = listAt - byteAt + byteEnd - listEnd
    if (envelopeBytes > this.#task.limits.maxRecordBytes) return false
    const content = contentOfText(bytes, event)
    if (content === null) return false
    this.#rows.output.addEnvelope({
      ...content,
      hasList: true,
      parent: NO_ENVELOPE,
      elementCount: sessionCount,
      byteOffset: byteOffset + byteAt,
      byteLength: byteEnd - byteAt,
      line: this.#lines + line,
      record: this.#records + record,
    })
    let recordBytes = 0
    for (let each = row; each < row + sessionCount; each++) recordBytes += run.columns.byteLength[each] ?? 0
    this.#account.recordBytes += recordBytes
    this.#account.envelopeBytes += envelopeBytes
    this.#account.separatorBytes += listEnd - listAt - recordBytes
    return true
  }

  /** A callRecord without sessions; false where the reference has to look at it. */
  #addBareCall({ byteAt, byteEnd, line, record }: KernelEvent): boolean {
    const { bytes, byteOffset } = this.#task.block
    const byteLength = byteEnd - byteAt
    const value: unknown = JSON.parse(textOf(bytes, byteAt, byteEnd))
    if (byteLength > this.#task.limits.maxRecordBytes || judge(value).kind !== "callRecord") return false
    const { content, fault } = readEnvelope(value, -1)
    if (fault !== null) return false
    this.#rows.output.addEnvelope({
      ...content,
      hasList: false,
      parent: NO_ENVELOPE,
      elementCount: 0,
      byteOffset: byteOffset + byteAt,
      byteLength,
      line: this.#lines + line,
      record: this.#records + record,
    })
    this.#account.recordBytes += byteLength
    return true
  }

  /** A line that the kernel did not take. */
  #leave(event: KernelEvent): void {
    const { lineCount, recordCount } = this.#decodeLine(event)
    this.#lines += lineCount
    this.#records += recordCount
  }

  /** Frames the bytes of an event by the reference, and decodes what they are. */
  #decodeLine({ byteAt, byteEnd, line, record }: KernelEvent): ItemTable {
    const { block, limits } = this.#task
    const part: Block = {
      ...block,
      bytes: block.bytes.subarray(byteAt, byteEnd),
      byteOffset: block.byteOffset + byteAt,
    }
    const table = frameLines(part.bytes, part.byteOffset, limits)
    const [lines, records] = [line + this.#lines, record + this.#records]
    if (table.itemCount > 1) this.#decodePart(part, table, lines, records)
    else this.#rows.decodeItems(table, new ItemBytes(part, table), lines, records)
    addBytes(this.#account, table.account)
    return table
  }
}

/** What the text of a callRecord says, without its sessions; null where the reference has to say what is wrong. */
function contentOfText(bytes: Uint8Array, { byteAt, listAt, listEnd, byteEnd }: KernelEvent): EnvelopeContent | null {
  const text = textOf(bytes, byteAt, listAt) + textOf(bytes, listEnd, byteEnd)
  const { content, fault } = readEnvelope(JSON.parse(text), ListKey.sessions)
  return fault === null ? content : null
}

function textOf(bytes: Uint8Array, from: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString()
}
