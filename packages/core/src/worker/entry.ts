/**
 * A worker's entry: takes a block, gives its facts. The engines are loaded when they are first needed: the reference
 * brings the whole schema with it. The columns of the result are moved to the main thread, not copied.
 */
import { move, transferableSymbol, valueSymbol } from "piscina"
import type { FastDecoder } from "../decode/kernel/fast-decoder.ts"
import type { Reference } from "../decode/reference.ts"
import { packEnvelopes, type PackedEnvelopes, type SentResult } from "./packed-envelopes.ts"
import type { BlockResult, BlockTask, FactsColumns } from "./protocol.ts"

/** Decodes one block. The main thread receives a `SentResult`; its typed arrays are transferred. */
export default async function decodeTask(task: BlockTask): Promise<unknown> {
  const result = task.engine === "fast" ? await decodeFast(task) : await decodeSlow(task)
  const sent: SentResult = { ...result, envelopes: packEnvelopes(result.envelopes) }
  return move({
    get [transferableSymbol]() {
      return [...columnBuffers(sent.facts), ...columnBuffers(sent.envelopes)]
    },
    get [valueSymbol]() {
      return sent
    },
  })
}

async function decodeSlow(task: BlockTask): Promise<BlockResult> {
  const { decodeBlock } = await import("../decode/decode-block.ts")
  return decodeBlock(task)
}

let decoder: FastDecoder | null = null
let reference: Reference | null = null

async function decodeFast(task: BlockTask): Promise<BlockResult> {
  if (decoder === null) {
    const { FastDecoder } = await import("../decode/kernel/fast-decoder.ts")
    decoder = new FastDecoder()
  }
  const result = decoder.decode(task, reference)
  if (result !== null) return result
  reference = await import("../decode/reference.ts")
  return decodeFast(task)
}

function columnBuffers(columns: FactsColumns | PackedEnvelopes): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  for (const column of Object.values(columns).flatMap(columnArrays)) {
    if (column.buffer instanceof ArrayBuffer) buffers.add(column.buffer)
  }
  return [...buffers]
}

function columnArrays(column: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(column)) return [column]
  return column !== null && typeof column === "object" ? Object.values(column).filter(ArrayBuffer.isView) : []
}
