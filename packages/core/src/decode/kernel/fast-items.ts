/**
 * A block that was framed: its values and runs, and every item that may be a session, go through the kernel; what it
 * leaves, and whatever else was framed, goes to the reference.
 */
import type { Kernel, KernelEvent } from "@callsift/kernel"
import { FramingVerdict, ItemKind, type Block, type ItemTable } from "../../framing/block.ts"
import { addBytes, noBytes } from "../../framing/byte-sums.ts"
import { frameRun } from "../../framing/frame-run.ts"
import { frameValues } from "../../framing/frame-values.ts"
import type { BlockTask } from "../../worker/protocol.ts"
import { itemAt, tableOf, type Item } from "../item.ts"
import { addPlainEnvelope } from "../plain-envelope.ts"
import { decodeRoots, type DecodePart, type RootCounts } from "./fast-roots.ts"
import type { FastRows } from "./fast-rows.ts"
import type { RunBase } from "./run-rows.ts"

/**
 * Decodes the items of a table, whose first byte stands `line` lines and `record` records into the block; lists in values
 * that the kernel does not take whole go to `decodePart`.
 */
export function decodeTable(
  task: BlockTask,
  table: ItemTable,
  kernel: Kernel,
  rows: FastRows,
  decodePart: DecodePart,
  line: number,
  record: number,
): RootCounts {
  const items = new FastItems(task, kernel, rows, decodePart)
  for (let index = 0; index < table.itemCount; index++) {
    const item = itemAt(table, index)
    items.add({ ...item, line: item.line + line, record: item.record + record + items.moreRecords })
  }
  items.finish()
  addBytes(items.account, table.account)
  const { lineCount, recordCount } = table
  return { lineCount, recordCount: recordCount + items.moreRecords, account: items.account }
}

class FastItems {
  /** How many more records there are in values than were counted where these were framed. */
  moreRecords = 0
  /** Of values. */
  readonly account = noBytes()
  readonly #task: BlockTask
  readonly #kernel: Kernel
  readonly #rows: FastRows
  readonly #decodePart: DecodePart
  #gathered: Item[] = []

  constructor(task: BlockTask, kernel: Kernel, rows: FastRows, decodePart: DecodePart) {
    this.#task = task
    this.#kernel = kernel
    this.#rows = rows
    this.#decodePart = decodePart
  }

  add(item: Item): void {
    if (this.#isElement(item)) return this.#gather(item)
    this.finish()
    if (item.kind === ItemKind.values) this.#addValues(item)
    else if (item.kind === ItemKind.run) this.#addElements(item, (event) => this.#leave(item, event))
    else if (item.kind !== ItemKind.envelope || !addPlainEnvelope(item, this.#rows.bytes, this.#rows.output)) {
      this.#rows.decodeItem(item)
    }
  }

  #addValues(item: Item): void {
    const { block, limits } = this.#task
    const frame = (part: Block): ItemTable =>
      frameValues(part, { ...item, byteOffset: part.byteOffset, byteLength: part.bytes.length, line: 0 }, limits)
    const bytes = block.bytes.subarray(item.at, item.at + item.keptBytes)
    const roots = { form: "values", bytes, base: { ...baseOf(item), firstIndex: -1 }, frame } as const
    const { recordCount, account } = decodeRoots(this.#task, roots, this.#kernel, this.#rows, this.#decodePart)
    this.moreRecords += recordCount - item.elementCount
    addBytes(this.account, account)
  }

  /** Decodes what was gathered. */
  finish(): void {
    const gathered = this.#gathered
    const [first] = gathered
    const last = gathered.at(-1)
    if (first === undefined || last === undefined) return
    this.#gathered = []
    const run = { ...first, keptBytes: last.at + last.keptBytes - first.at }
    this.#addElements(run, ({ record }) => this.#rows.decodeItem(gathered[record] ?? first))
  }

  /** Elements that follow each other go through the kernel together: nothing but separators stands between them. */
  #gather(item: Item): void {
    const last = this.#gathered.at(-1)
    if (last !== undefined && !follows(item, last)) this.finish()
    this.#gathered.push(item)
  }

  /** Whether an item is an object as it stands, which the kernel can look at. */
  #isElement({ kind, verdict, at }: Item): boolean {
    const mayBe = kind === ItemKind.session || kind === ItemKind.record
    return mayBe && verdict === FramingVerdict.none && at >= 0 && this.#task.block.bytes[at] === OPEN_OBJECT
  }

  #addElements(item: Item, leave: (event: KernelEvent) => void): void {
    const base = baseOf(item)
    this.#rows.begin()
    this.#kernel.begin(
      this.#task.block.bytes.subarray(item.at, item.at + item.keptBytes),
      "elements",
      this.#task.isInKernel,
    )
    for (let run = this.#kernel.run(); run !== null; run = this.#kernel.run()) {
      let row = 0
      for (const event of run.events) {
        this.#rows.add(run, row, event.row, base)
        row = event.row
        leave(event)
      }
      this.#rows.add(run, row, run.rowCount, base)
    }
  }

  /** Leaves one element of a run to the reference. */
  #leave(run: Item, { byteAt, byteEnd, line, record }: KernelEvent): void {
    const element = {
      ...run,
      byteOffset: run.byteOffset + byteAt,
      byteLength: byteEnd - byteAt,
      at: run.at + byteAt,
      keptBytes: byteEnd - byteAt,
      line: run.line + line,
      number: run.number + record,
      elementCount: 1,
    }
    const framed = frameRun(this.#task.block, tableOf(element), 0, this.#task.limits)
    this.#rows.decodeItem(itemAt(framed, 0))
  }
}

const OPEN_OBJECT = 0x7b

/** Whether an element is the next after another in the same list, or in the input's sequence. */
function follows(item: Item, last: Item): boolean {
  if (item.kind !== last.kind || item.parent !== last.parent) return false
  if (item.kind === ItemKind.session) return item.number === last.number + 1 && item.record === last.record
  return item.record === last.record + 1
}

function baseOf({ byteOffset, line, record, parent, number }: Item): RunBase {
  return { byteOffset, line, record, parent, firstIndex: number }
}
