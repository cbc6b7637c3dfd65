/** The reference: items of a table, one by one, with the schema. Each becomes exactly one of: rows and findings, a reject, an envelope. */
import { ItemKind, type ItemTable } from "../framing/block.ts"
import type { BlockOutput } from "./block-output.ts"
import { decodeEnvelope } from "./decode-envelope.ts"
import { decodeRecord } from "./decode-record.ts"
import { itemAt, type Item, type ItemBytes } from "./item.ts"
import { rejectItem } from "./reject.ts"

/** Decodes one item, whose numbers are the block's. */
export function decodeItem(item: Item, bytes: ItemBytes, output: BlockOutput): void {
  if (item.kind === ItemKind.envelope) decodeEnvelope(item, bytes, output)
  else if (item.kind === ItemKind.rejectedLine) output.rejectLine(item, rejectItem(item, bytes))
  else if (item.kind === ItemKind.nulRun) output.addNulRun(item)
  else decodeRecord(item, bytes, output)
}

/** Decodes all items of a table whose first byte stands `line` lines and `record` records into the block. */
export function decodeItems(table: ItemTable, bytes: ItemBytes, output: BlockOutput, line = 0, record = 0): void {
  for (let index = 0; index < table.itemCount; index++) {
    const item = itemAt(table, index)
    decodeItem({ ...item, line: item.line + line, record: item.record + record }, bytes, output)
  }
}

/** What the fast engine needs of the reference: loaded when first needed, for it brings the schema with it. */
export interface Reference {
  readonly decodeItem: typeof decodeItem
  readonly decodeItems: typeof decodeItems
}
