/**
 * Collects the items of one block. The framer counts lines, records and envelopes through the whole input; here
 * they become relative to the block, whose counters start where those of the block before ended.
 */
import { ITEM_FIELDS, NO_ENVELOPE, type ByteAccount, type ItemKind, type ItemTable, type FramingVerdict } from "./block.ts"

/** An item as the framer knows it: counters count from the start of the input (or of the lines framed). */
export interface FramedItem {
  readonly kind: ItemKind
  readonly byteOffset: number
  readonly byteLength: number
  readonly at: number
  readonly keptBytes: number
  readonly line: number
  readonly record: number
  /** Number of the enclosing envelope, -1 without one. */
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
  envelope: number
}

/** Where the table stood when a line began, so that the line can be taken back. */
export interface TableMark {
  readonly itemCount: number
  readonly skeletonBytes: number
  readonly digestCount: number
}

export class ItemTableBuilder {
  #fields = new Float64Array(ITEM_FIELDS * 64)
  #itemCount = 0
  #skeletons = new Uint8Array(0)
  #skeletonBytes = 0
  #digests: Uint8Array[] = []
  /** The counters where the block begins. */
  readonly #start: Counters = { line: 0, record: 0, envelope: 0 }

  get itemCount(): number {
    return this.#itemCount
  }

  mark(): TableMark {
    return { itemCount: this.#itemCount, skeletonBytes: this.#skeletonBytes, digestCount: this.#digests.length }
  }

  /** Forgets what was added since the mark. */
  restore(mark: TableMark): void {
    this.#itemCount = mark.itemCount
    this.#skeletonBytes = mark.skeletonBytes
    this.#digests.length = mark.digestCount
  }

  /** Keeps the text of a skeleton; its place in `ItemTable.skeletons`. */
  addSkeleton(pieces: readonly Uint8Array[], byteLength: number): number {
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
    fields[row] = item.kind
    fields[row + 1] = item.byteOffset
    fields[row + 2] = item.byteLength
    fields[row + 3] = item.at
    fields[row + 4] = item.keptBytes
    fields[row + 5] = item.line - this.#start.line
    fields[row + 6] = item.record - this.#start.record
    fields[row + 7] = item.parent < 0 ? NO_ENVELOPE : item.parent - this.#start.envelope
    fields[row + 8] = item.number
    fields[row + 9] = item.memberCount
    fields[row + 10] = item.verdict
    fields[row + 11] = item.listKey
    fields[row + 12] = item.elementCount
    fields[row + 13] = item.holeAt
    fields[row + 14] = item.digest === null ? -1 : this.#digests.push(item.digest) - 1
    this.#itemCount += 1
  }

  /** An envelope's number, relative to the block. */
  relativeEnvelope(envelope: number): number {
    return envelope - this.#start.envelope
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
      envelopeCount: counters.envelope - this.#start.envelope,
      account,
    }
    Object.assign(this.#start, counters)
    this.restore({ itemCount: 0, skeletonBytes: 0, digestCount: 0 })
    return table
  }
}

function joined(digests: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(32 * digests.length)
  digests.forEach((digest, index) => bytes.set(digest, 32 * index))
  return bytes
}
