/**
 * The fast engine: the kernel takes what it can take exactly as the schema would, the reference gets the rest as bytes,
 * and both write into the same block, in the order of the stream.
 */
import { Kernel, RowMark, type KernelEvent, type KernelRun } from "@callsift/kernel"
import { addBytes, noBytes, type ByteSums } from "../../framing/byte-sums.ts"
import { ItemKind, ListKey, NO_ENVELOPE, type Block, type ItemTable } from "../../framing/block.ts"
import { frameLines } from "../../framing/frame-lines.ts"
import { IDENTITY_KINDS, ORGANIZATION_USER } from "../../model/identity.ts"
import type { BlockResult, BlockTask, DecodeLimits } from "../../worker/protocol.ts"
import { BlockOutput, type SessionPlace } from "../block-output.ts"
import { readEnvelope } from "../envelope.ts"
import { ItemBytes, type Item } from "../item.ts"
import type { Reference } from "../reference.ts"
import { findingBits, findingsOfMarks } from "./marks.ts"
import { kernelNodes } from "./nodes.ts"
import { copyRun, type RunBase } from "./run-rows.ts"
import { KernelTexts } from "./texts.ts"

/** Thrown and caught here, where the reference is needed and was not given. */
class NeedsReference extends Error {}

/** Decodes blocks of lines. One for each thread; blocks are independent of each other. */
export class FastDecoder {
  readonly #texts: KernelTexts
  readonly #kernel: Kernel

  constructor() {
    const nodes = kernelNodes()
    this.#texts = new KernelTexts(nodes)
    this.#kernel = new Kernel(nodes, this.#texts)
  }

  /** Decodes a block; null where the reference has something to do and was not given. */
  decode(task: BlockTask, reference: Reference | null): BlockResult | null {
    this.#decide(task.limits)
    this.#kernel.begin(task.block.bytes, "lines")
    try {
      const block = new FastBlock(task, this.#kernel, this.#texts, reference)
      for (let run = this.#kernel.run(); run !== null; run = this.#kernel.run()) block.add(run)
      return block.finish()
    } catch (cause) {
      if (cause instanceof NeedsReference) return null
      throw cause
    }
  }

  #decide(limits: DecodeLimits): void {
    this.#kernel.decide({ ...limits, idPrefix: ORGANIZATION_USER, guidKind: IDENTITY_KINDS.indexOf("user") })
  }
}

/** One block while it is gone through. */
class FastBlock {
  readonly #task: BlockTask
  readonly #kernel: Kernel
  readonly #texts: KernelTexts
  readonly #reference: Reference | null
  readonly #bytes: ItemBytes
  readonly #output: BlockOutput
  readonly #account: ByteSums = noBytes()
  /** Of what was left to the reference so far. */
  #lines = 0
  #records = 0
  #handedOverCount = 0
  /** By the kernel's numbers of texts. */
  #textIndices = new Int32Array(256)
  #textCount = 0

  constructor(task: BlockTask, kernel: Kernel, texts: KernelTexts, reference: Reference | null) {
    this.#task = task
    this.#kernel = kernel
    this.#texts = texts
    this.#reference = reference
    this.#bytes = new ItemBytes(task.block, NO_ITEMS)
    this.#output = new BlockOutput(task, this.#bytes)
  }

  add(run: KernelRun): void {
    this.#indexTexts()
    let row = 0
    for (const event of run.events) {
      this.#addRows(run, row, event.row)
      row = event.row
      if (event.kind === "left") this.#leave(event)
      else row = this.#addCall(run, event)
    }
    this.#addRows(run, row, run.rowCount)
  }

  finish(): BlockResult {
    const { lines, records, recordBytes, separatorBytes } = this.#kernel.counts()
    addBytes(this.#account, { ...noBytes(), recordBytes, separatorBytes })
    const counts = { lineCount: lines + this.#lines, recordCount: records + this.#records, account: this.#account }
    return this.#output.result(counts, this.#handedOverCount)
  }

  /** Gives the texts that are new in the block their index in its rows. */
  #indexTexts(): void {
    const { texts } = this.#kernel.counts()
    if (texts.length > this.#textIndices.length) {
      const grown = new Int32Array(2 * texts.length)
      grown.set(this.#textIndices)
      this.#textIndices = grown
    }
    for (; this.#textCount < texts.length; this.#textCount++) {
      this.#textIndices[this.#textCount] = this.#output.textIndex(this.#texts.text(texts[this.#textCount] ?? -1))
    }
  }

  get #base(): RunBase {
    return { byteOffset: this.#task.block.byteOffset, line: this.#lines, record: this.#records }
  }

  #addRows(run: KernelRun, from: number, end: number): void {
    const { marks } = run.columns
    for (let row = from; row < end; row++) {
      if (((marks[row] ?? 0) & ~RowMark.respelled) === 0) continue
      this.#copyRows(run, from, row)
      this.#addMarkedRow(run, row)
      from = row + 1
    }
    this.#copyRows(run, from, end)
  }

  #copyRows(run: KernelRun, from: number, end: number): void {
    if (from === end) return
    this.#output.addRows(end - from, (columns, at) =>
      copyRun(run.columns, from, end, columns, at, this.#base, this.#textIndices),
    )
  }

  /** A session in which something was found: it is listed here where its words need no more than the row. */
  #addMarkedRow(run: KernelRun, row: number): void {
    const { columns } = run
    const marks = columns.marks[row] ?? 0
    const bits = findingBits(marks)
    const item = this.#itemOf(run, row)
    const findings = this.#output.isListed(bits)
      ? findingsOfMarks(marks, columns.startTicks[row] ?? 0n, columns.endTicks[row] ?? 0n, this.#task.limits)
      : []
    if (findings === null) {
      this.#handedOverCount += 1
      this.#output.readFrom(this.#bytes)
      return this.#needed().decodeItem(item, this.#bytes, this.#output)
    }
    this.#copyRows(run, row, row + 1)
    this.#output.addRows(0, (filled, next) => {
      filled.findings[next - 1] = bits
    })
    if (findings.length === 0) return
    this.#output.readFrom(this.#bytes)
    this.#output.listFindings(item, placeOf(item), findings)
  }

  #itemOf({ columns }: KernelRun, row: number): Item {
    const { byteOffset, line, record } = this.#base
    const at = columns.byteAt[row] ?? 0
    const envelopeAt = columns.envelopeAt[row] ?? -1
    const byteLength = columns.byteLength[row] ?? 0
    return {
      ...PLAIN_ITEM,
      kind: envelopeAt < 0 ? ItemKind.record : ItemKind.session,
      byteOffset: byteOffset + at,
      byteLength,
      at,
      keptBytes: byteLength,
      line: line + (columns.line[row] ?? 0),
      record: record + (columns.record[row] ?? 0),
      parent: envelopeAt < 0 ? NO_ENVELOPE : byteOffset + envelopeAt,
      number: columns.sessionIndex[row] ?? -1,
      memberCount: columns.memberCount[row] ?? 0,
    }
  }

  /** A callRecord: its sessions, then itself. Gives the row behind its sessions. */
  #addCall(run: KernelRun, event: KernelEvent): number {
    const { byteAt, byteEnd, row, sessionCount, listAt, listEnd } = event
    const end = row + sessionCount
    const { bytes, byteOffset } = this.#task.block
    const head = listAt - byteAt
    const envelopeBytes = head + byteEnd - listEnd
    const { content, fault } = readEnvelope(
      JSON.parse(textOf(bytes, byteAt, listAt) + textOf(bytes, listEnd, byteEnd)),
      ListKey.sessions,
    )
    if (fault !== null || envelopeBytes > this.#task.limits.maxRecordBytes) {
      this.#decodeByReference(event)
      return end
    }
    this.#addRows(run, row, end)
    this.#output.addEnvelope({
      ...content,
      hasList: true,
      parent: NO_ENVELOPE,
      elementCount: sessionCount,
      byteOffset: byteOffset + byteAt,
      byteLength: byteEnd - byteAt,
      line: this.#lines + event.line,
      record: this.#records + event.record,
    })
    const recordBytes = sum(run.columns.byteLength.subarray(row, end))
    addBytes(this.#account, {
      ...noBytes(),
      recordBytes,
      envelopeBytes,
      separatorBytes: listEnd - listAt - recordBytes,
    })
    return end
  }

  /** Leaves to the reference what the kernel did not take: a whole line. */
  #leave(event: KernelEvent): void {
    const { lineCount, recordCount } = this.#decodeByReference(event)
    this.#lines += lineCount
    this.#records += recordCount
  }

  /** Gives what the bytes of an event are by the reference. What the kernel counted of a callRecord it has counted already. */
  #decodeByReference({ byteAt, byteEnd, line, record }: KernelEvent): ItemTable {
    const { block, limits } = this.#task
    const part: Block = {
      ...block,
      bytes: block.bytes.subarray(byteAt, byteEnd),
      byteOffset: block.byteOffset + byteAt,
    }
    const table = frameLines(part.bytes, part.byteOffset, limits)
    const bytes = new ItemBytes(part, table)
    this.#handedOverCount += table.itemCount
    this.#output.readFrom(bytes)
    this.#needed().decodeItems(table, bytes, this.#output, line + this.#lines, record + this.#records)
    addBytes(this.#account, table.account)
    return table
  }

  #needed(): Reference {
    if (this.#reference === null) throw new NeedsReference()
    return this.#reference
  }
}

/** What an item of a row has beside its place. */
const PLAIN_ITEM = { verdict: 0, listKey: -1, elementCount: 0, holeAt: -1, digest: -1 } as const

const NO_ITEMS = {
  fields: new Float64Array(0),
  itemCount: 0,
  skeletons: new Uint8Array(0),
  digests: new Uint8Array(0),
  lineCount: 0,
  recordCount: 0,
  account: noBytes(),
}

function placeOf(item: Item): SessionPlace {
  if (item.kind === ItemKind.record) return { sessionIndex: -1, pointer: "" }
  return { sessionIndex: item.number, pointer: `/sessions/${item.number}` }
}

function textOf(bytes: Uint8Array, from: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString()
}

function sum(numbers: Int32Array): number {
  return numbers.reduce((total, number) => total + number, 0)
}
