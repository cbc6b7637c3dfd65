/**
 * One block → its facts, rejects and findings, by the reference alone. A pure function of the task: it runs in a worker,
 * synchronously, and gives the same for the same bytes wherever they were cut.
 */
import type { BlockResult, BlockTask } from "../worker/protocol.ts"
import { decodeByReference } from "./decode-by-reference.ts"
import { decodeItems } from "./reference.ts"

/** Decodes a block. */
export function decodeBlock(task: BlockTask): BlockResult {
  return decodeByReference(task, { decodeItems })
}
