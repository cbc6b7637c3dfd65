/** Any block → its items, one by one, as the scanner gives them. */
import { ITEM_FIELDS, ItemField, ItemKind, type Block, type FramingLimits, type ItemTable } from "./block.ts"
import { addBytes, type ByteSums } from "./byte-sums.ts"
import { frameLines } from "./frame-lines.ts"
import { frameRun } from "./frame-run.ts"
import { frameValues, valuesPlace } from "./frame-values.ts"

type Limits = Pick<FramingLimits, "maxRecordBytes" | "maxDepth">

/** The items of a block, whatever it was framed by: lines are framed, runs and values taken apart. */
export function itemsOf(block: Block, limits: Limits): ItemTable {
  const { items } = block
  if (items === null) return frameLines(block.bytes, block.byteOffset, limits)
  return rowsOf(items).some(isPassed) ? new TakenApart(block, items, limits).table() : items
}

function rowsOf({ fields, itemCount }: ItemTable): Float64Array[] {
  return Array.from({ length: itemCount }, (_, row) => fields.subarray(row * ITEM_FIELDS, (row + 1) * ITEM_FIELDS))
}

function isPassed(row: Float64Array): boolean {
  return row[ItemField.kind] === ItemKind.run || row[ItemField.kind] === ItemKind.values
}

class TakenApart {
  readonly #block: Block
  readonly #items: ItemTable
  readonly #limits: Limits
  readonly #rows: Float64Array[] = []
  readonly #skeletons: Uint8Array[]
  #skeletonBytes: number
  /** How many more records there are in values so far than was counted: what follows them was numbered without. */
  #moreRecords = 0
  readonly #account: ByteSums

  constructor(block: Block, items: ItemTable, limits: Limits) {
    this.#block = block
    this.#items = items
    this.#limits = limits
    this.#skeletons = [items.skeletons]
    this.#skeletonBytes = items.skeletons.length
    this.#account = { ...items.account }
  }

  table(): ItemTable {
    rowsOf(this.#items).forEach((row, index) => {
      if (row[ItemField.kind] === ItemKind.values) this.#addValues(row)
      else if (row[ItemField.kind] === ItemKind.run)
        this.#add(frameRun(this.#block, this.#items, index, this.#limits), this.#moreRecords, 0)
      else this.#rows.push(shifted(row, this.#moreRecords, 0))
    })
    return {
      ...this.#items,
      fields: concatenated(this.#rows),
      itemCount: this.#rows.length,
      skeletons: Buffer.concat(this.#skeletons),
      recordCount: this.#items.recordCount + this.#moreRecords,
      account: this.#account,
    }
  }

  #addValues(row: Float64Array): void {
    const table = frameValues(this.#block, valuesPlace(row), this.#limits)
    this.#add(table, (row[ItemField.record] ?? 0) + this.#moreRecords, this.#skeletonBytes)
    this.#skeletons.push(table.skeletons)
    this.#skeletonBytes += table.skeletons.length
    this.#moreRecords += table.recordCount - (row[ItemField.elementCount] ?? 0)
    addBytes(this.#account, table.account)
  }

  #add(table: ItemTable, record: number, skeletonAt: number): void {
    for (const row of rowsOf(table)) this.#rows.push(shifted(row, record, skeletonAt))
  }
}

/** An item that stands so many records further on; of an envelope, its skeleton so many bytes. */
function shifted(row: Float64Array, record: number, skeletonAt: number): Float64Array {
  const moved = row.slice()
  moved[ItemField.record] = (row[ItemField.record] ?? 0) + record
  const at = row[ItemField.at] ?? -1
  if (row[ItemField.kind] === ItemKind.envelope && at >= 0) moved[ItemField.at] = at + skeletonAt
  return moved
}

function concatenated(rows: readonly Float64Array[]): Float64Array {
  const fields = new Float64Array(ITEM_FIELDS * rows.length)
  rows.forEach((row, index) => fields.set(row, ITEM_FIELDS * index))
  return fields
}
