/** An item of a block, read out of its table, and its bytes as text. */
import { isUtf8 } from "node:buffer"
import { createHash } from "node:crypto"
import { noBytes } from "../framing/byte-sums.ts"
import { ITEM_FIELDS, ItemField, ItemKind, type Block, type ItemTable } from "../framing/block.ts"

/** The fields of an item by name; see `ItemField`. */
export type Item = { readonly [Name in keyof typeof ItemField]: number }

/** The item in row `index`. */
export function itemAt({ fields }: ItemTable, index: number): Item {
  const row = index * ITEM_FIELDS
  const field = (at: number): number => fields[row + at] ?? Number.NaN
  return {
    kind: field(ItemField.kind),
    byteOffset: field(ItemField.byteOffset),
    byteLength: field(ItemField.byteLength),
    at: field(ItemField.at),
    keptBytes: field(ItemField.keptBytes),
    line: field(ItemField.line),
    record: field(ItemField.record),
    parent: field(ItemField.parent),
    number: field(ItemField.number),
    memberCount: field(ItemField.memberCount),
    verdict: field(ItemField.verdict),
    listKey: field(ItemField.listKey),
    elementCount: field(ItemField.elementCount),
    holeAt: field(ItemField.holeAt),
    digest: field(ItemField.digest),
  }
}

/** A table without items. */
export const NO_ITEMS: ItemTable = {
  fields: new Float64Array(0),
  itemCount: 0,
  skeletons: new Uint8Array(0),
  digests: new Uint8Array(0),
  lineCount: 0,
  recordCount: 0,
  account: noBytes(),
}

/** A table of one item. */
export function tableOf(item: Item): ItemTable {
  const fields = new Float64Array(ITEM_FIELDS)
  for (const [name, at] of Object.entries(ItemField)) fields[at] = item[name as keyof Item]
  return { ...NO_ITEMS, fields, itemCount: 1 }
}

/** The bytes of a block's items. */
export class ItemBytes {
  readonly #block: Buffer
  readonly #skeletons: Buffer
  readonly #digests: Uint8Array
  readonly #byteOffset: number
  /** Looking at the whole block once is cheaper than looking at each record. Null: not looked at yet. */
  #isValid: boolean | null = null
  #hashed: { readonly item: Item; readonly sha256: string } | null = null

  constructor(block: Block, table: ItemTable) {
    this.#block = asBuffer(block.bytes)
    this.#skeletons = asBuffer(table.skeletons)
    this.#digests = table.digests
    this.#byteOffset = block.byteOffset
  }

  /** What was kept of the item; empty where it was too large. */
  of(item: Item): Buffer {
    const source = item.kind === ItemKind.envelope ? this.#skeletons : this.#block
    return item.at < 0 ? source.subarray(0, 0) : source.subarray(item.at, item.at + item.keptBytes)
  }

  /** All bytes of an envelope, from its `{` to its `}`; null where it began in an earlier block. */
  wholeOf(item: Item): Buffer | null {
    const at = item.byteOffset - this.#byteOffset
    return at < 0 ? null : this.#block.subarray(at, at + item.byteLength)
  }

  isUtf8(item: Item): boolean {
    this.#isValid ??= isUtf8(this.#block)
    return (this.#isValid && item.kind !== ItemKind.envelope) || isUtf8(this.of(item))
  }

  /** Of an item that was cut off: its last character may be cut too. */
  isUtf8ButForEnd(item: Item): boolean {
    const bytes = this.of(item)
    return isUtf8(bytes.subarray(0, completeLength(bytes)))
  }

  text(item: Item): string {
    return this.of(item).toString("utf8")
  }

  /** SHA-256 of the item's bytes, in lower-case hexadecimal. One session may have many findings, so the last is kept. */
  sha256(item: Item): string {
    if (this.#hashed?.item !== item) this.#hashed = { item, sha256: this.#hash(item) }
    return this.#hashed.sha256
  }

  #hash(item: Item): string {
    if (item.digest >= 0)
      return asBuffer(this.#digests.subarray(32 * item.digest, 32 * item.digest + 32)).toString("hex")
    return createHash("sha256").update(this.of(item)).digest("hex")
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The length without an incomplete last UTF-8 sequence. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}
