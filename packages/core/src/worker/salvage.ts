/**
 * What is left to do with a block that killed its worker twice: it is taken apart into blocks of one item, and an
 * item that kills its worker again becomes a reject of its own.
 */
import { createHash } from "node:crypto"
import { ITEM_FIELDS, ItemField, ItemKind, type Block, type ByteAccount, type ItemTable } from "../framing/block.ts"
import { frameLines } from "../framing/frame-lines.ts"
import { RowBuilder } from "../decode/row-builder.ts"
import type { BlockResult, DecodeLimits, RejectFact } from "./protocol.ts"

const NO_BYTES: ByteAccount = { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }

/**
 * Blocks of one item each, in stream order, that together are `block`. Their counters stay relative to the whole
 * block, so only the last of them moves the counters on.
 */
export function splitBlock(block: Block, limits: DecodeLimits): Block[] {
  const table = block.items ?? frameLines(block.bytes, block.byteOffset, limits)
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
    envelopeCount: isLast ? table.envelopeCount : 0,
    account: isLast ? table.account : NO_BYTES,
  }
}

/** The result of a block of one item that kills every worker that touches it: that item as a reject. */
export function failedRecord(part: Block): BlockResult {
  const { items } = part
  if (items === null || items.itemCount !== 1) throw new RangeError("a failed record is a block of one item")
  return {
    facts: new RowBuilder().columns(),
    envelopes: [],
    rejects: [failedReject(part, items.fields)],
    findings: [],
    nulRuns: [],
    retractions: [],
    envelopeFaults: [],
    foreign: [],
    lineCount: items.lineCount,
    recordCount: items.recordCount,
    envelopeCount: items.envelopeCount,
    account: items.account,
  }
}

function failedReject(part: Block, fields: Float64Array): RejectFact {
  const field = (name: keyof typeof ItemField): number => fields[ItemField[name]] ?? 0
  const isSession = field("kind") === ItemKind.session
  const kept = part.bytes.subarray(field("at"), field("at") + field("keptBytes"))
  return {
    code: "worker/failed",
    byteOffset: field("byteOffset"),
    byteLength: field("byteLength"),
    line: field("line"),
    record: field("record"),
    envelope: field("parent"),
    sessionId: null,
    pointer: isSession ? `/sessions/${field("number")}` : null,
    message: "the worker that read this record failed each time; please report it with the bytes at this offset",
    sha256: createHash("sha256").update(kept).digest("hex"),
  }
}
