/**
 * What is left to do with a block that killed its worker twice: it is taken apart into blocks of one item, and an
 * item that kills its worker again becomes a reject of its own.
 */
import { ITEM_FIELDS, ItemKind, type Block, type ItemTable } from "../framing/block.ts"
import { noBytes } from "../framing/byte-sums.ts"
import { itemsOf } from "../framing/items-of.ts"
import { itemAt, ItemBytes, type Item } from "../decode/item.ts"
import { EnvelopeBuilder } from "../decode/envelope-builder.ts"
import { RowBuilder } from "../decode/row-builder.ts"
import type { BlockResult, DecodeLimits, RejectFact } from "./protocol.ts"

/**
 * Blocks of one item each, in stream order, that together are `block`. Their counters stay relative to the whole
 * block, so only the last of them moves the counters on.
 */
export function splitBlock(block: Block, limits: DecodeLimits): Block[] {
  const table = itemsOf(block, limits)
  const parts: Block[] = []
  for (let item = 0; item < table.itemCount; item++) parts.push({ ...block, items: singleItem(table, item) })
  return parts
}

function singleItem(table: ItemTable, item: number): ItemTable {
  const isLast = item === table.itemCount - 1
  return {
    fields: table.fields.slice(item * ITEM_FIELDS, (item + 1) * ITEM_FIELDS),
    itemCount: 1,
    skeletons: table.skeletons,
    digests: table.digests,
    lineCount: isLast ? table.lineCount : 0,
    recordCount: isLast ? table.recordCount : 0,
    account: isLast ? table.account : noBytes(),
  }
}

/** The result of a block of one item that kills every worker that touches it: that item as a reject. */
export function failedRecord(part: Block): BlockResult {
  const { items } = part
  if (items === null || items.itemCount !== 1) throw new RangeError("a failed record is a block of one item")
  return {
    facts: new RowBuilder().columns(),
    envelopes: new EnvelopeBuilder().columns(),
    rejects: [failedReject(itemAt(items, 0), new ItemBytes(part, items))],
    findings: [],
    nulRuns: [],
    retractions: [],
    envelopeFaults: [],
    foreign: [],
    lineCount: items.lineCount,
    recordCount: items.recordCount,
    account: items.account,
    handedOverCount: 0,
  }
}

function failedReject(item: Item, bytes: ItemBytes): RejectFact {
  const { byteOffset, byteLength, line, record, parent, kind, number } = item
  return {
    code: "worker/failed",
    byteOffset,
    byteLength,
    line,
    record,
    envelope: parent,
    sessionId: null,
    pointer: kind === ItemKind.session ? `/sessions/${number}` : null,
    message: "the worker that read this record failed each time; please report it with the bytes at this offset",
    sha256: bytes.sha256(item),
  }
}
