/**
 * A worker's entry: takes a block, gives its facts. Synchronous and without side effects, for a waiting Piscina
 * worker runs no event loop. The columns of the result are moved to the main thread, not copied.
 */
import { move, transferableSymbol, valueSymbol } from "piscina"
import { decodeBlock } from "../decode/decode-block.ts"
import type { BlockTask, FactsColumns } from "./protocol.ts"

/** Decodes one block. The main thread receives the `BlockResult`; its typed arrays are transferred. */
export default function decodeTask(task: BlockTask): unknown {
  const result = decodeBlock(task)
  return move({
    get [transferableSymbol]() {
      return columnBuffers(result.facts)
    },
    get [valueSymbol]() {
      return result
    },
  })
}

function columnBuffers(facts: FactsColumns): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  for (const column of Object.values(facts).flatMap(columnArrays)) {
    if (column.buffer instanceof ArrayBuffer) buffers.add(column.buffer)
  }
  return [...buffers]
}

function columnArrays(column: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(column)) return [column]
  return column !== null && typeof column === "object" ? Object.values(column).filter(ArrayBuffer.isView) : []
}
