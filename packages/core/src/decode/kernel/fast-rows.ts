/**
 * Rows of the kernel → rows of a block, in the order of the stream, with what was found in them. A session whose findings
 * need its text goes to the reference instead.
 */
import { RowMark, type Kernel, type KernelRun } from "@callsift/kernel"
import { ItemKind, type ItemTable } from "../../framing/block.ts"
import type { BlockTask } from "../../worker/protocol.ts"
import type { BlockOutput, SessionPlace } from "../block-output.ts"
import { ItemBytes, NO_ITEMS, type Item } from "../item.ts"
import type { Reference } from "../reference.ts"
import { findingBits, findingsOfMarks } from "./marks.ts"
import { copyRun, placeOfRow, type RunBase } from "./run-rows.ts"
import type { KernelTexts } from "./texts.ts"

/** Thrown where the reference is needed and was not given. */
export class NeedsReference extends Error {}

const FIRST_TEXTS = 256

export class FastRows {
  readonly output: BlockOutput
  handedOverCount = 0
  readonly #task: BlockTask
  readonly #kernel: Kernel
  readonly #texts: KernelTexts
  readonly #reference: Reference | null
  /** Of the block's own items. */
  readonly bytes: ItemBytes
  /** By the kernel's numbers of texts: their index in the block's rows. */
  #textIndices = new Int32Array(FIRST_TEXTS)
  #textCount = 0
  /** Whether all of them are the kernel's numbers: so it is where no text came from elsewhere. */
  #areSame = true

  /** Writes into `output` what the kernel gives of the task's block. */
  constructor(task: BlockTask, kernel: Kernel, texts: KernelTexts, reference: Reference | null, output: BlockOutput) {
    this.#task = task
    this.#kernel = kernel
    this.#texts = texts
    this.#reference = reference
    this.bytes = new ItemBytes(task.block, task.block.items ?? NO_ITEMS)
    this.output = output
  }

  /** The kernel numbers texts anew for each block that it begins. */
  begin(): void {
    this.#textCount = 0
    this.#areSame = true
  }

  /** The text with that number of the kernel. */
  textOf(number: number): string {
    return this.#texts.text(number)
  }

  /** Adds the rows of a run from `from` up to `end`. */
  add(run: KernelRun, from: number, end: number, base: RunBase): void {
    const { marks } = run.columns
    let next = from
    for (let row = from; row < end; row++) {
      if (((marks[row] ?? 0) & ~RowMark.respelled) === 0) continue
      this.#copy(run, next, row, base)
      this.#addMarked(run, row, base)
      next = row + 1
    }
    this.#copy(run, next, end, base)
  }

  /** Has the reference decode an item of the block. */
  decodeItem(item: Item): void {
    this.handedOverCount += 1
    this.output.readFrom(this.bytes)
    this.#needed().decodeItem(item, this.bytes, this.output)
  }

  /** Has the reference decode the items in a part of the block, which stands so many lines and records into it. */
  decodeItems(table: ItemTable, bytes: ItemBytes, line: number, record: number): void {
    this.handedOverCount += table.itemCount
    this.output.readFrom(bytes)
    this.#needed().decodeItems(table, bytes, this.output, line, record)
  }

  #needed(): Reference {
    if (this.#reference === null) throw new NeedsReference()
    return this.#reference
  }

  #copy(run: KernelRun, from: number, end: number, base: RunBase): void {
    if (from === end) return
    this.#indexTexts()
    this.output.addRows(end - from, (columns, at) =>
      copyRun(run.columns, from, end, columns, at, base, this.#areSame ? null : this.#textIndices),
    )
  }

  /** Gives the texts that are new in the kernel's block their index in the rows. */
  #indexTexts(): void {
    const { texts } = this.#kernel.counts()
    if (texts.length > this.#textIndices.length) {
      const grown = new Int32Array(2 * texts.length)
      grown.set(this.#textIndices)
      this.#textIndices = grown
    }
    for (; this.#textCount < texts.length; this.#textCount++) {
      const index = this.output.textIndex(this.#texts.text(texts[this.#textCount] ?? -1))
      this.#textIndices[this.#textCount] = index
      if (index !== this.#textCount) this.#areSame = false
    }
  }

  /** A session in which something was found: it is listed here where its words need no more than the row. */
  #addMarked(run: KernelRun, row: number, base: RunBase): void {
    const { marks, startTicks, endTicks } = run.columns
    const bits = findingBits(marks[row] ?? 0)
    const findings = this.output.isListed(bits)
      ? findingsOfMarks(marks[row] ?? 0, startTicks[row] ?? 0n, endTicks[row] ?? 0n, this.#task.limits)
      : []
    if (findings === null) return this.decodeItem(this.#itemOf(run, row, base))
    this.#copy(run, row, row + 1, base)
    this.output.markLast(bits)
    if (findings.length === 0) return
    const item = this.#itemOf(run, row, base)
    this.output.readFrom(this.bytes)
    this.output.listFindings(item, sessionPlace(item), findings)
  }

  #itemOf({ columns }: KernelRun, row: number, base: RunBase): Item {
    const place = placeOfRow(columns, row, base)
    const byteLength = columns.byteLength[row] ?? 0
    return {
      ...PLAIN_ITEM,
      ...place,
      kind: place.number < 0 ? ItemKind.record : ItemKind.session,
      byteLength,
      at: place.byteOffset - this.#task.block.byteOffset,
      keptBytes: byteLength,
      memberCount: columns.memberCount[row] ?? 0,
    }
  }
}

/** What the item of a row has beside its place. */
const PLAIN_ITEM = { verdict: 0, listKey: -1, elementCount: 0, holeAt: -1, digest: -1 } as const

function sessionPlace({ number }: Item): SessionPlace {
  return number < 0 ? { sessionIndex: -1, pointer: "" } : { sessionIndex: number, pointer: `/sessions/${number}` }
}
