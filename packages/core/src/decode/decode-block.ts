/**
 * One block → its facts, rejects and findings, by the reference alone. A pure function of the task: it runs in a worker,
 * synchronously, and gives the same for the same bytes wherever they were cut.
 */
import { itemsOf } from "../framing/frame-run.ts"
import type { BlockResult, BlockTask } from "../worker/protocol.ts"
import { BlockOutput } from "./block-output.ts"
import { ItemBytes } from "./item.ts"
import { decodeItems } from "./reference.ts"

/** Decodes a block. */
export function decodeBlock(task: BlockTask): BlockResult {
  const { block, limits } = task
  const table = itemsOf(block, limits)
  const bytes = new ItemBytes(block, table)
  const output = new BlockOutput(task, bytes)
  decodeItems(table, bytes, output)
  return output.result(table)
}
