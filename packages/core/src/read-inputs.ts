/**
 * Reads all inputs of a run: source → framing → workers → join. Blocks are decoded out of step and joined in order;
 * a bounded number is in flight, so memory does not grow with the input, and small inputs overlap.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { AnalyzeError } from "./analyze-error.ts"
import type { InputSummary } from "./facts/input.ts"
import type { WorkSpace } from "./facts/work-space.ts"
import type { FramedBlock, FramingEnd } from "./framing/block.ts"
import { noBytes } from "./framing/byte-sums.ts"
import { frame } from "./framing/frame.ts"
import { RunFinder } from "./framing/run-framer.ts"
import { SharedBuffers } from "./framing/shared-buffers.ts"
import type { Guesses } from "./guesses.ts"
import { InputJoin, type JoinedInputs } from "./input-join.ts"
import type { ReadingMarks } from "./reading-marks.ts"
import { openRecorder } from "./open-recorder.ts"
import type { Plan } from "./options.ts"
import type { PartialFile } from "./partial/partial-file.ts"
import type { SourceRecording } from "./partial/source-recording.ts"
import { StateError } from "./partial/state-file.ts"
import type { UnfinishedFile } from "./partial/unfinished-file.ts"
import { ProgressMeter } from "./progress.ts"
import type { InputRun, RunDocument } from "./run-document.ts"
import { GunzipThread } from "./source/gunzip-thread.ts"
import { HashThread } from "./source/hash-thread.ts"
import type { OpenedInput } from "./source/input.ts"
import { openSource, type SourceMeans } from "./source/open-sources.ts"
import type { Source, SourceList } from "./source/source-list.ts"
import type { KnownSource, RecordedSource, StateReading } from "./state-reading.ts"
import { OrderedQueue } from "./worker/ordered-queue.ts"
import type { BlockPool } from "./worker/pool.ts"
import { RowMemory } from "./worker/row-memory.ts"

/** Three blocks a worker: one that it decodes, one that waits for it, and one that is joined. */
const BLOCKS_PER_WORKER = 3

/** All that was read. */
export interface ReadInputs extends JoinedInputs {
  /** What `run.json` says of blocks. */
  readonly counts: () => Pick<RunDocument, "blocks" | "retriedBlocks" | "handedOver" | "refusedPartials" | "state">
}

/** Reads the sources in their order. What is joined is what they hold as far as the guesses are right. */
export async function readInputs(
  list: SourceList,
  plan: Plan,
  pool: BlockPool,
  space: WorkSpace,
  guesses: Guesses,
): Promise<ReadInputs> {
  const join = new InputJoin({ ...plan, onReject: guesses.onReject }, space, await openRecorder(plan))
  const reading = new Reading(list, plan, pool, join, guesses)
  try {
    const state = plan.state === null ? null : await openState(list.sources, plan, guesses)
    try {
      for (const source of list.sources) await reading.readSource(source, state)
      return await reading.finish(state)
    } finally {
      await state?.close()
    }
  } catch (cause) {
    throw cause instanceof StateError ? new AnalyzeError("state", cause.message, { cause }) : cause
  } finally {
    space.lend(await reading.close())
  }
}

async function openState(...of: Parameters<typeof StateReading.open>): Promise<StateReading | null> {
  return (await import("./state-reading.ts")).StateReading.open(...of)
}

async function openMarks(): Promise<ReadingMarks> {
  return (await import("./reading-marks.ts")).ReadingMarks.open()
}

class Reading {
  readonly #plan: Plan
  readonly #pool: BlockPool
  readonly #join: InputJoin
  readonly #guesses: Guesses
  readonly #queue: OrderedQueue
  readonly #meter: ProgressMeter
  readonly #buffers: SharedBuffers
  readonly #rowMemory: RowMemory
  readonly #hashThread: HashThread
  readonly #gunzipThread: GunzipThread
  readonly #finder: RunFinder | null
  #blockCount = 0
  #inputCount = 0

  constructor(list: SourceList, plan: Plan, pool: BlockPool, join: InputJoin, guesses: Guesses) {
    this.#plan = plan
    this.#pool = pool
    this.#buffers = new SharedBuffers(plan.blockBytes, pool.kernelMemory)
    this.#rowMemory = new RowMemory(plan.blockBytes)
    this.#hashThread = new HashThread(this.#buffers)
    this.#gunzipThread = new GunzipThread(this.#buffers)
    this.#finder = plan.engine === "fast" ? new RunFinder() : null
    this.#queue = new OrderedQueue(BLOCKS_PER_WORKER * plan.workerCount)
    this.#meter = new ProgressMeter(list.sources, plan.onProgress)
    this.#join = join
    this.#guesses = guesses
    for (const skipped of list.skipped) this.#join.onSkipped(skipped)
  }

  /** What the source reads, inflates and hashes with. */
  get means(): SourceMeans {
    return { memory: this.#buffers, hasher: this.#hashThread, gunzipper: this.#gunzipThread }
  }

  /** Gives the memory that inputs were read into, which is needed no more. */
  async close(): Promise<readonly Uint8Array[]> {
    await Promise.all([this.#hashThread.close(), this.#gunzipThread.close()])
    return this.#buffers.close()
  }

  /** Reads a source, or takes what is kept of it. */
  async readSource(source: Source, state: StateReading | null): Promise<void> {
    const known = (await state?.find(source)) ?? null
    if (state === null || known === null) await this.#readAll(source, null, null)
    else if (known.kept !== null) await this.#take(known.kept, source)
    else await this.#readAndKeep(source, known, state)
  }

  async #take(kept: PartialFile, source: Source): Promise<void> {
    await this.#queue.drain()
    const { takeKept } = await import("./state-reading.ts")
    this.#inputCount += await takeKept(kept, source.path, this.#inputCount, this.#join, this.#guesses)
    this.#meter.endInput()
    this.#meter.update(this.#join.counts)
  }

  async #readAndKeep(
    source: Source,
    { file, unfinished }: Extract<KnownSource, { kept: null }>,
    state: StateReading,
  ): Promise<void> {
    try {
      if (
        unfinished !== null &&
        (await this.#readAll(source, await state.record(source, file, unfinished), unfinished))
      )
        return
    } finally {
      unfinished?.close()
    }
    await this.#readAll(source, await state.record(source, file, null), null)
  }

  /** Reads the inputs of a source. False, and nothing is taken, where it does not begin like what was read of it before. */
  async #readAll(source: Source, recorded: RecordedSource | null, unfinished: UnfinishedFile | null): Promise<boolean> {
    const notes = recorded?.notesFor(this.#join) ?? this.#join
    for await (const input of openSource(source, this.#plan, notes, this.means)) {
      if (await this.#read(input, recorded, unfinished)) continue
      recorded?.discard()
      return false
    }
    if (recorded !== null) await this.#queue.add(() => recorded.finish())
    return true
  }

  /** Reads one input to its end. Its last blocks may still be decoded when this returns. */
  async #read(
    input: OpenedInput,
    recorded: RecordedSource | null,
    unfinished: UnfinishedFile | null,
  ): Promise<boolean> {
    const { path, entry, compression, encoding } = input
    if (compression !== "none") this.#meter.forgetTotal()
    const place = { path, ...(entry === null ? {} : { entry }) }
    const recording = recorded?.recording ?? null
    const marks = recording === null ? null : await openMarks()
    let chunks: AsyncGenerator<Uint8Array> | null = this.#metered(input.chunks)
    if (unfinished !== null) {
      const { record } = unfinished
      if (record.compression !== compression || record.encoding !== encoding) return false
      chunks = (await marks?.goOnTo(unfinished.mark, chunks, (chunk) => this.#buffers.release(chunk))) ?? null
      if (chunks === null) return false
      await this.#queue.drain()
      await unfinished.replay(place, this.#join.replayTarget(this.#inputCount, recording?.recorder))
      // What is recorded now will take its place, which not every system lets happen to an open file.
      unfinished.close()
    } else await this.#queue.add(() => this.#join.begin(place, { compression, encoding }, recording?.recorder))
    const blocks = frame(chunks, this.#plan, this.#buffers, this.#finder, unfinished?.mark.place ?? null)
    const framing = await this.#decode(blocks, this.#inputCount++, recording, marks)
    const { error, ...stored } = await input.end()
    const offset = framing === null ? {} : { offset: framing.decodedBytes }
    recorded?.ended(stored)
    await this.#queue.add(() => {
      this.#join.end(framing, { ...stored, error: error === null ? null : { ...error, ...offset } })
      this.#meter.endInput()
    })
    return true
  }

  /** Null where the input turned out to be of a shape that is not read. */
  async #decode(
    blocks: AsyncGenerator<FramedBlock, FramingEnd>,
    inputNumber: number,
    recording: SourceRecording | null,
    marks: ReadingMarks | null,
  ): Promise<FramingEnd | null> {
    let isStopped = false
    for (let next = await blocks.next(); ; next = await blocks.next()) {
      if (next.done === true) return next.value
      const block = next.value
      this.#blockCount += 1
      const mark = marks?.behind(block) ?? null
      const decoded = this.#pool.decode({
        block,
        listedInFull: this.#join.listedInFull(inputNumber, recording?.recorder),
        isInKernel: this.#buffers.isInKernel(block.bytes),
        // A recorder keeps results for longer than they are joined.
        rowMemory: this.#join.isRecorded || recording !== null ? null : this.#rowMemory.take(),
      })
      await this.#queue.add((results) => {
        this.#buffers.release(block.bytes)
        for (const result of results) {
          isStopped ||= this.#join.add(result, block.isLines) === "stop"
          this.#rowMemory.release(result)
        }
        if (mark !== null && !isStopped) recording?.reached(mark)
        this.#meter.update(this.#join.counts)
      }, decoded)
      await this.#guesses.makeRoom()
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

  async finish(state: StateReading | null): Promise<ReadInputs> {
    await this.#queue.drain()
    const pool = this.#pool
    const blocks = this.#blockCount
    // The counts do not hold on to the memory that inputs were read into.
    return {
      ...this.#join.finish(),
      counts: () => ({
        blocks,
        retriedBlocks: pool.retriedBlockCount(),
        handedOver: pool.handedOverCount(),
        ...(state === null ? {} : { state: state.counts }),
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
