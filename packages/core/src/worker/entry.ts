/**
 * A worker's entry: takes a block, gives its facts. The engines are loaded when they are first needed: the reference
 * brings the whole schema with it. The columns of the result are moved to the main thread or lie in memory that both share; they are not copied.
 */
import { workerData } from "node:worker_threads"
import { move, transferableSymbol, valueSymbol } from "piscina"
import type { FastDecoder } from "../decode/kernel/fast-decoder.ts"
import type { Reference } from "../decode/reference.ts"
import type { BlockResult, BlockTask, WorkerData } from "./protocol.ts"
import { movedBuffers, sentResult } from "./sent-result.ts"

/** Decodes one block. The main thread receives a `SentResult`. */
export default async function decodeTask(task: BlockTask): Promise<unknown> {
  const result = task.engine === "fast" ? await decodeFast(task) : await decodeSlow(task)
  const sent = sentResult(result)
  return move({
    get [transferableSymbol]() {
      return movedBuffers(sent)
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
    decoder = new FastDecoder((workerData as WorkerData).kernelMemory)
  }
  const result = decoder.decode(task, reference)
  if (result !== null) return result
  reference = await import("../decode/reference.ts")
  return decodeFast(task)
}
