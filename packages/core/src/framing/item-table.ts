/**
 * Collects the items of one block. The framer counts lines and records through the whole input; here they become
 * relative to the block, whose counters start where those of the block before ended.
 */
import {
  ITEM_FIELDS,
  ItemField,
  type ByteAccount,
  type ItemKind,
  type ItemTable,
  type FramingVerdict,
} from "./block.ts"
import type { Skeleton } from "./envelope.ts"

/** An item as the framer knows it: counters count from the start of the input (or of the lines framed). */
export interface FramedItem {
  readonly kind: ItemKind
  readonly byteOffset: number
  readonly byteLength: number
  readonly at: number
  readonly keptBytes: number
  readonly line: number
  readonly record: number
  readonly parent: number
  readonly number: number
  readonly memberCount: number
  readonly verdict: FramingVerdict
  readonly listKey: number
  readonly elementCount: number
  readonly holeAt: number
  readonly digest: Uint8Array | null
}

/** The counters of an input, at some place in it. */
export interface Counters {
  line: number
  record: number
}

export class ItemTableBuilder {
  #fields = new Float64Array(ITEM_FIELDS * 64)
  #itemCount = 0
  #skeletons = new Uint8Array(0)
  #skeletonBytes = 0
  #digests: Uint8Array[] = []
  /** The counters where the block begins. */
  readonly #start: Counters = { line: 0, record: 0 }
  /** How much of this block stood in the table when the line began. */
  readonly #atLine = { itemCount: 0, skeletonBytes: 0, digestCount: 0 }

  get itemCount(): number {
    return this.#itemCount
  }

  beginLine(): void {
    this.#atLine.itemCount = this.#itemCount
    this.#atLine.skeletonBytes = this.#skeletonBytes
    this.#atLine.digestCount = this.#digests.length
  }

  /** Forgets what the line gave in this block. */
  takeBackLine(): void {
    this.#itemCount = this.#atLine.itemCount
    this.#skeletonBytes = this.#atLine.skeletonBytes
    this.#digests.length = this.#atLine.digestCount
  }

  /** Keeps the text of a skeleton; its place in `ItemTable.skeletons`. */
  addSkeleton({ pieces, byteLength }: Skeleton): number {
    const at = this.#skeletonBytes
    if (at + byteLength > this.#skeletons.length) {
      const grown = new Uint8Array(Math.max(2 * this.#skeletons.length, at + byteLength, 1024))
      grown.set(this.#skeletons.subarray(0, at))
      this.#skeletons = grown
    }
    let to = at
    for (const piece of pieces) {
      this.#skeletons.set(piece, to)
      to += piece.length
    }
    this.#skeletonBytes = to
    return at
  }

  add(item: FramedItem): void {
    const row = this.#itemCount * ITEM_FIELDS
    if (row === this.#fields.length) {
      const grown = new Float64Array(2 * row)
      grown.set(this.#fields)
      this.#fields = grown
    }
    const fields = this.#fields
    fields[row + ItemField.kind] = item.kind
    fields[row + ItemField.byteOffset] = item.byteOffset
    fields[row + ItemField.byteLength] = item.byteLength
    fields[row + ItemField.at] = item.at
    fields[row + ItemField.keptBytes] = item.keptBytes
    fields[row + ItemField.line] = item.line - this.#start.line
    fields[row + ItemField.record] = item.record - this.#start.record
    fields[row + ItemField.parent] = item.parent
    fields[row + ItemField.number] = item.number
    fields[row + ItemField.memberCount] = item.memberCount
    fields[row + ItemField.verdict] = item.verdict
    fields[row + ItemField.listKey] = item.listKey
    fields[row + ItemField.elementCount] = item.elementCount
    fields[row + ItemField.holeAt] = item.holeAt
    fields[row + ItemField.digest] = item.digest === null ? -1 : this.#digests.push(item.digest) - 1
    this.#itemCount += 1
  }

  /** The table of the block, which ends where the counters stand; a new block begins there. */
  take(counters: Counters, account: ByteAccount): ItemTable {
    const table: ItemTable = {
      fields: this.#fields.slice(0, this.#itemCount * ITEM_FIELDS),
      itemCount: this.#itemCount,
      skeletons: this.#skeletons.slice(0, this.#skeletonBytes),
      digests: joined(this.#digests),
      lineCount: counters.line - this.#start.line,
      recordCount: counters.record - this.#start.record,
      account,
    }
    Object.assign(this.#start, counters)
    Object.assign(this.#atLine, { itemCount: 0, skeletonBytes: 0, digestCount: 0 })
    this.takeBackLine()
    return table
  }
}

function joined(digests: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(32 * digests.length)
  digests.forEach((digest, index) => bytes.set(digest, 32 * index))
  return bytes
}
