/**
 * One block → its facts, rejects and findings. A pure function of the task: it runs in a worker, synchronously, and
 * gives the same for the same bytes wherever they were cut. Each item becomes exactly one of: rows and findings, a
 * reject, an envelope.
 */
import { ItemKind, type ItemTable } from "../framing/block.ts"
import { frameLines } from "../framing/frame-lines.ts"
import type { BlockResult, BlockTask } from "../worker/protocol.ts"
import { BlockOutput } from "./block-output.ts"
import { decodeEnvelope } from "./decode-envelope.ts"
import { decodeRecord } from "./decode-record.ts"
import { itemAt, ItemBytes } from "./item.ts"
import { rejectItem } from "./reject.ts"

/** Decodes a block. */
export function decodeBlock(task: BlockTask): BlockResult {
  const { block, limits } = task
  const table: ItemTable = block.items ?? frameLines(block.bytes, block.byteOffset, limits)
  const bytes = new ItemBytes(block, table)
  const output = new BlockOutput(task, bytes)
  for (let index = 0; index < table.itemCount; index++) {
    const item = itemAt(table, index)
    if (item.kind === ItemKind.envelope) decodeEnvelope(item, bytes, output)
    else if (item.kind === ItemKind.rejectedLine) output.rejectLine(item, rejectItem(item, bytes))
    else if (item.kind === ItemKind.nulRun) output.addNulRun(item)
    else decodeRecord(item, bytes, output)
  }
  return output.result(table)
}
