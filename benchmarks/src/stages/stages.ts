/**
 * Each stage of the way alone, on one thread: what comes before it is done first and not timed. All work on a file
 * that lies in memory.
 */
import { createHash } from "node:crypto"
import type { Block, FramingEnd } from "../../../packages/core/dist/framing/block.js"
import type { BlockResult, BlockTask } from "../../../packages/core/dist/worker/protocol.js"
import type { KernelMemory } from "../../../packages/kernel/dist/index.js"
import type { Core } from "./core.ts"

/** The stages, in the order of the way. */
export const STAGES = ["hash", "frame", "kernel", "decode", "decode-reference", "join", "resolve", "aggregate"] as const
export type StageName = (typeof STAGES)[number]

/** Runs the stages up to one over the bytes of an export, and gives how many seconds that one alone took. */
export async function timeStage(core: Core, name: StageName, bytes: Uint8Array): Promise<number> {
  const seconds = new Map<StageName, number>()
  const run = async <Result>(stage: StageName, work: () => Result | Promise<Result>): Promise<Result> => {
    const start = performance.now()
    const result = await work()
    seconds.set(stage, (performance.now() - start) / 1000)
    return result
  }
  if (name === "kernel") return kernelSeconds(core, bytes)
  if (name === "hash") await run("hash", () => createHash("sha256").update(bytes).digest())
  else await runWay(core, name, bytes, run)
  return seconds.get(name) ?? Number.NaN
}

type Run = <Result>(stage: StageName, work: () => Result | Promise<Result>) => Promise<Result>

async function runWay(core: Core, last: StageName, bytes: Uint8Array, run: Run): Promise<void> {
  const plan = core.resolvePlan(["-"], {})
  const { limits } = core.poolPlan(plan)
  const { blocks, end } = await run("frame", () => frameAll(core, bytes))
  if (last === "frame") return
  const tasks = blocks.map((block) => ({ block, limits, listedInFull: 0, isInKernel: false, rowMemory: null }))
  if (last === "decode-reference")
    return void (await run(last, () => tasks.map((task) => core.decodeBlock({ ...task, engine: "reference" }))))
  const memory = core.openKernelMemory()
  const placed = tasks.map((task) => ({ ...task, block: inKernel(core, memory, task.block), isInKernel: true }))
  const results = await run("decode", () => decodeFast(core, memory, placed))
  if (last === "decode") return
  const { joined } = await run("join", () =>
    joinAll(
      new core.InputJoin(plan, new core.WorkSpace(plan.memoryBytes, plan.tempDir)),
      results,
      blocks,
      end,
    ).finish(),
  )
  if (last === "join") return
  const { facts } = await run("resolve", () => core.resolve(joined))
  if (last === "aggregate") await run("aggregate", () => core.computeFigures(facts, plan))
}

/** Of the time that decoding takes, what is spent in the kernel: bytes in, rows and events in its memory out. */
async function kernelSeconds(core: Core, bytes: Uint8Array): Promise<number> {
  const kernel = core.Kernel.prototype
  const { begin, run } = kernel
  let milliseconds = 0
  const timed = <Result>(work: () => Result): Result => {
    const start = performance.now()
    const result = work()
    milliseconds += performance.now() - start
    return result
  }
  kernel.begin = function (...block) {
    timed(() => begin.apply(this, block))
  }
  kernel.run = function () {
    return timed(() => run.apply(this))
  }
  await timeStage(core, "decode", bytes)
  return milliseconds / 1000
}

/** The block where a run reads it to: in the memory of the kernel. */
function inKernel(core: Core, memory: KernelMemory, block: Block): Block {
  const at = core.takeRegion(memory, block.bytes.length)
  const bytes = new Uint8Array(memory.buffer, at, block.bytes.length)
  bytes.set(block.bytes)
  return { ...block, bytes }
}

/** By the kernel, as in one worker. */
function decodeFast(core: Core, memory: KernelMemory, tasks: readonly Omit<BlockTask, "engine">[]): BlockResult[] {
  const decoder = new core.FastDecoder(memory)
  return tasks.flatMap((task) => decoder.decode({ ...task, engine: "fast" }, core.reference) ?? [])
}

async function frameAll(core: Core, bytes: Uint8Array): Promise<{ blocks: Block[]; end: FramingEnd }> {
  const blocks: Block[] = []
  const frames = core.frame(chunksOf(bytes), core.resolvePlan(["-"], {}))
  for (let next = await frames.next(); ; next = await frames.next()) {
    if (next.done === true) return { blocks, end: next.value }
    blocks.push(next.value)
  }
}

const CHUNK_BYTES = 1 << 20

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES)
}

function joinAll(
  join: InstanceType<Core["InputJoin"]>,
  results: readonly BlockResult[],
  blocks: readonly Block[],
  end: FramingEnd,
): InstanceType<Core["InputJoin"]> {
  join.begin({ path: "-" }, { compression: "none", encoding: "utf-8" })
  results.forEach((result, index) => join.add(result, blocks[index]?.isLines ?? true))
  join.end(end, { sizeBytes: end.decodedBytes, sha256: null, error: null })
  return join
}
