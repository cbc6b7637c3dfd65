/** A whole block by the reference, whoever loaded it. */
import { itemsOf } from "../framing/items-of.ts"
import type { BlockResult, BlockTask } from "../worker/protocol.ts"
import { BlockOutput } from "./block-output.ts"
import { ItemBytes } from "./item.ts"
import type { Reference } from "./reference.ts"

/** Decodes a block. Its items count as handed over where the fast engine was to decode it. */
export function decodeByReference(task: BlockTask, { decodeItems }: Pick<Reference, "decodeItems">): BlockResult {
  const { block, limits, engine } = task
  const table = itemsOf(block, limits)
  const bytes = new ItemBytes(block, table)
  const output = new BlockOutput(task, bytes)
  decodeItems(table, bytes, output)
  return output.result(table, engine === "fast" ? table.itemCount : 0)
}
