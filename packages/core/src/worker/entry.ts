/**
 * A worker's entry: takes a block, gives its facts. The engines are loaded when they are first needed: the reference
 * brings the whole schema with it. As a rule rows lie in shared memory, so that what crosses is little; loading Piscina
 * here as well, to move it, would cost more.
 */
import { workerData } from "node:worker_threads"
import type { FastDecoder } from "../decode/kernel/fast-decoder.ts"
import type { Reference } from "../decode/reference.ts"
import type { BlockResult, BlockTask, WorkerData } from "./protocol.ts"
import { sentResult, type SentResult } from "./sent-result.ts"

/** Decodes one block. */
export default async function decodeTask(task: BlockTask): Promise<SentResult> {
  return sentResult(task.engine === "fast" ? await decodeFast(task) : await decodeSlow(task))
}

async function decodeSlow(task: BlockTask): Promise<BlockResult> {
  const { decodeBlock } = await import("../decode/decode-block.ts")
  return decodeBlock(task)
}

let decoder: FastDecoder | null = null
let reference: Reference | null = null

/** Makes what the first block needs, before it comes. What fails here fails again with the block, and is told then. */
export async function prepare(): Promise<void> {
  if ((workerData as WorkerData).engine === "fast") await fastDecoder().catch(() => {})
}

async function fastDecoder(): Promise<FastDecoder> {
  if (decoder === null) {
    const { FastDecoder } = await import("../decode/kernel/fast-decoder.ts")
    decoder = new FastDecoder((workerData as WorkerData).kernelMemory)
  }
  return decoder
}

async function decodeFast(task: BlockTask): Promise<BlockResult> {
  const result = (await fastDecoder()).decode(task, reference)
  if (result !== null) return result
  reference = await import("../decode/reference.ts")
  return decodeFast(task)
}
