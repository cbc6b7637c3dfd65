/**
 * Reads all inputs of a run: source → framing → workers → join. Blocks are decoded out of step and joined in order;
 * a bounded number is in flight, so memory does not grow with the input, and small inputs overlap.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import type { InputSummary } from "./facts/input.ts"
import type { WorkSpace } from "./facts/work-space.ts"
import type { FramingEnd } from "./framing/block.ts"
import { noBytes } from "./framing/byte-sums.ts"
import { frame } from "./framing/frame.ts"
import { RunFinder } from "./framing/run-framer.ts"
import { SharedBuffers } from "./framing/shared-buffers.ts"
import { InputJoin, type JoinedInputs } from "./input-join.ts"
import { openRecorder } from "./open-recorder.ts"
import type { Plan } from "./options.ts"
import { ProgressMeter } from "./progress.ts"
import type { InputRun, RunDocument } from "./run-document.ts"
import { HashThread } from "./source/hash-thread.ts"
import type { OpenedInput } from "./source/input.ts"
import { openSource, type SourceMeans, type SourceNotes } from "./source/open-sources.ts"
import type { SourceList } from "./source/source-list.ts"
import { OrderedQueue } from "./worker/ordered-queue.ts"
import type { BlockPool } from "./worker/pool.ts"

/** Two blocks a worker: one that it decodes, and one that waits for it. */
const BLOCKS_PER_WORKER = 2

/** All that was read. */
export interface ReadInputs extends JoinedInputs {
  /** What `run.json` says of blocks. */
  readonly counts: () => Pick<RunDocument, "blocks" | "retriedBlocks" | "handedOver" | "refusedPartials">
}

/** Reads the sources in their order. */
export async function readInputs(list: SourceList, plan: Plan, pool: BlockPool, space: WorkSpace): Promise<ReadInputs> {
  const reading = new Reading(list, plan, pool, new InputJoin(plan, space, await openRecorder(plan)))
  try {
    for (const source of list.sources) {
      for await (const input of openSource(source, plan, reading.notes, reading.means)) await reading.read(input)
    }
    return await reading.finish()
  } finally {
    await reading.close()
  }
}

class Reading {
  readonly #plan: Plan
  readonly #pool: BlockPool
  readonly #join: InputJoin
  readonly #queue: OrderedQueue
  readonly #meter: ProgressMeter
  readonly #buffers: SharedBuffers
  readonly #hashThread: HashThread
  readonly #finder: RunFinder | null
  #blockCount = 0
  #inputCount = 0

  constructor(list: SourceList, plan: Plan, pool: BlockPool, join: InputJoin) {
    this.#plan = plan
    this.#pool = pool
    this.#buffers = new SharedBuffers(plan.blockBytes)
    this.#hashThread = new HashThread(this.#buffers)
    this.#finder = plan.engine === "fast" ? new RunFinder() : null
    this.#queue = new OrderedQueue(BLOCKS_PER_WORKER * plan.workerCount)
    this.#meter = new ProgressMeter(list.sources, plan.onProgress)
    this.#join = join
    for (const skipped of list.skipped) this.#join.onSkipped(skipped)
  }

  /** What the source reads and hashes with. */
  get means(): SourceMeans {
    return { memory: this.#buffers, hasher: this.#hashThread }
  }

  async close(): Promise<void> {
    await this.#hashThread.close()
  }

  /** Where the source puts what it meets on the way. */
  get notes(): SourceNotes {
    return this.#join
  }

  /** Reads one input to its end. Its last blocks may still be decoded when this returns. */
  async read(input: OpenedInput): Promise<void> {
    const { path, entry, compression, encoding } = input
    if (compression !== "none") this.#meter.forgetTotal()
    const place = { path, ...(entry === null ? {} : { entry }) }
    await this.#queue.add(() => this.#join.begin(place, { compression, encoding }))
    const framing = await this.#frame(input, this.#inputCount++)
    const { error, ...stored } = await input.end()
    const offset = framing === null ? {} : { offset: framing.decodedBytes }
    await this.#queue.add(() => {
      this.#join.end(framing, { ...stored, error: error === null ? null : { ...error, ...offset } })
      this.#meter.endInput()
    })
  }

  /** Null where the input turned out to be of a shape that is not read. */
  async #frame(input: OpenedInput, inputNumber: number): Promise<FramingEnd | null> {
    let isStopped = false
    const blocks = frame(this.#metered(input.chunks), this.#plan, this.#buffers, this.#finder)
    for (let next = await blocks.next(); ; next = await blocks.next()) {
      if (next.done === true) return next.value
      const block = next.value
      this.#blockCount += 1
      const decoded = this.#pool.decode(block, this.#join.listedInFull(inputNumber))
      await this.#queue.add((results) => {
        this.#buffers.release(block.bytes)
        for (const result of results) isStopped ||= this.#join.add(result, block.isLines) === "stop"
        this.#meter.update(this.#join.counts)
      }, decoded)
      if (isStopped) {
        await blocks.return(EMPTY_END)
        return null
      }
    }
  }

  async *#metered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#meter.addBytes(chunk.length)
      // Reading from the page cache never waits, so results and signals would.
      await nextTurn()
      yield chunk
    }
  }

  async finish(): Promise<ReadInputs> {
    await this.#queue.drain()
    return {
      ...this.#join.finish(),
      counts: () => ({
        blocks: this.#blockCount,
        retriedBlocks: this.#pool.retriedBlockCount(),
        handedOver: this.#pool.handedOverCount(),
      }),
    }
  }
}

const EMPTY_END: FramingEnd = {
  layout: "single",
  account: noBytes(),
  decodedBytes: 0,
  nulTailBytes: 0,
  fault: null,
}

/** Where the bytes of each input went. */
export function inputRuns(summaries: readonly InputSummary[]): InputRun[] {
  return summaries.map(({ path, entry, decodedBytes, account, nulTailBytes }) => ({
    path,
    ...(entry === undefined ? {} : { entry }),
    ...account,
    decodedBytes,
    nulTailBytes,
  }))
}
