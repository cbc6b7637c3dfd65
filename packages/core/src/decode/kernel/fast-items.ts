/**
 * A block that was framed: its runs, and every item that may be a session, go through the kernel; what it leaves, and
 * whatever else was framed, goes to the reference.
 */
import type { Kernel, KernelEvent } from "@callsift/kernel"
import { FramingVerdict, ItemKind, type ItemTable } from "../../framing/block.ts"
import { frameRun } from "../../framing/frame-run.ts"
import type { BlockTask } from "../../worker/protocol.ts"
import { itemAt, tableOf, type Item } from "../item.ts"
import { addPlainEnvelope } from "../plain-envelope.ts"
import type { FastRows } from "./fast-rows.ts"
import type { RunBase } from "./run-rows.ts"

/** Decodes the items of a table, whose first byte stands `line` lines and `record` records into the block. */
export function decodeTable(
  task: BlockTask,
  table: ItemTable,
  kernel: Kernel,
  rows: FastRows,
  line: number,
  record: number,
): void {
  const items = new FastItems(task, kernel, rows)
  for (let index = 0; index < table.itemCount; index++) {
    const item = itemAt(table, index)
    items.add({ ...item, line: item.line + line, record: item.record + record })
  }
}

class FastItems {
  readonly #task: BlockTask
  readonly #kernel: Kernel
  readonly #rows: FastRows

  constructor(task: BlockTask, kernel: Kernel, rows: FastRows) {
    this.#task = task
    this.#kernel = kernel
    this.#rows = rows
  }

  add(item: Item): void {
    if (item.kind === ItemKind.run) this.#addElements(item, (event) => this.#leave(item, event))
    else if (isElement(item)) this.#addElements(item, () => this.#rows.decodeItem(item))
    else if (item.kind !== ItemKind.envelope || !addPlainEnvelope(item, this.#rows.bytes, this.#rows.output)) {
      this.#rows.decodeItem(item)
    }
  }

  #addElements(item: Item, leave: (event: KernelEvent) => void): void {
    const base = baseOf(item)
    this.#rows.begin()
    this.#kernel.begin(this.#task.block.bytes.subarray(item.at, item.at + item.keptBytes), "elements")
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
      record: run.number < 0 ? run.record + record : run.record,
      number: run.number < 0 ? -1 : run.number + record,
      elementCount: 1,
    }
    const framed = frameRun(this.#task.block, tableOf(element), 0, this.#task.limits)
    this.#rows.decodeItem(itemAt(framed, 0))
  }
}

/** Whether an item is an object as it stands, which the kernel can look at. */
function isElement({ kind, verdict, at }: Item): boolean {
  return (kind === ItemKind.session || kind === ItemKind.record) && verdict === FramingVerdict.none && at >= 0
}

function baseOf({ byteOffset, line, record, parent, number }: Item): RunBase {
  return { byteOffset, line, record, parent, firstIndex: number }
}
