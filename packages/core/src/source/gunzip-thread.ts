/**
 * A thread that inflates and checks gzip while others cut and decode. What `node:zlib` gives is garbage soon after:
 * there it is collected in a small heap, and only shared memory, which is used again, comes here.
 */
import { MessageChannel, Worker, type MessagePort } from "node:worker_threads"
import type { ByteReader } from "./byte-reader.ts"
import type { ChunkMemory } from "./chunk-memory.ts"
import type { GunzipAnswer, GunzipRequest } from "./gunzip-entry.ts"
import { GUNZIP_HERE, type Gunzipper, type Inflated } from "./gunzipping.ts"
import { SourceFault } from "./input.ts"
import { Mailbox } from "./mailbox.ts"

/** Fewer stored bytes are inflated before a thread has started. */
const MIN_BYTES = 2 * 1024 * 1024

/** Chunks of stored bytes that wait in the thread, beside the one that is inflated. */
const STORED_AHEAD = 2

/** Memories that the thread may fill before one is taken from it: it waits for the others, so that memory does not grow. */
const MEMORIES_AHEAD = 4

/** The thread's module, beside this one. */
const ENTRY = new URL("./gunzip-entry.js", import.meta.url)

export class GunzipThread implements Gunzipper {
  readonly #memory: ChunkMemory
  readonly #entry: URL
  readonly #minBytes: number
  #worker: Worker | null = null
  #failure: Error | null = null
  #input: ThreadInput | null = null

  /** Inflates into `memory`, which is shared. Inputs of fewer than `minBytes` are inflated here. */
  constructor(memory: ChunkMemory, entry: URL = ENTRY, minBytes = MIN_BYTES) {
    this.#memory = memory
    this.#entry = entry
    this.#minBytes = minBytes
  }

  gunzip(stored: ByteReader): Inflated {
    let inflated = GUNZIP_HERE.gunzip(stored)
    let isShared = false
    const share = (): void => {
      isShared = true
      inflated.share()
    }
    const isLarge = async (): Promise<boolean> => (await stored.peek(this.#minBytes)).length >= this.#minBytes
    const onThread = (): Inflated => this.#begin(stored)
    async function* chunks(): AsyncGenerator<Uint8Array> {
      if (await isLarge()) inflated = onThread()
      if (isShared) inflated.share()
      yield* inflated.chunks
    }
    return { chunks: chunks(), storedBytes: () => inflated.storedBytes(), share }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #begin(stored: ByteReader): Inflated {
    if (this.#failure !== null) throw this.#failure
    this.#worker ??= this.#start()
    const { port1, port2 } = new MessageChannel()
    this.#worker.postMessage(port2, [port2])
    this.#input = new ThreadInput(stored, this.#memory, port1)
    return this.#input
  }

  #start(): Worker {
    const worker = new Worker(this.#entry)
    worker.on("error", (cause) => this.#fail(new Error("the thread that inflates failed", { cause })))
    worker.on("exit", () => this.#fail(new Error("the thread that inflates ended")))
    return worker
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    this.#input?.fail(this.#failure)
  }
}

/** One input while the thread inflates it. */
class ThreadInput implements Inflated {
  readonly chunks = this.#chunks()
  readonly #stored: ByteReader
  readonly #memory: ChunkMemory
  readonly #port: MessagePort
  readonly #answers = new Mailbox<Exclude<GunzipAnswer, { kind: "begun" }>>()
  /** One for each chunk that may be sent. */
  readonly #credits = new Mailbox<true>()
  /** What the thread fills, in this order. */
  readonly #memories: Uint8Array[] = []
  #storedBytes = 0
  #isShared = false
  #isOver = false
  /** Why the stored bytes broke off. */
  #cause: unknown = null

  constructor(stored: ByteReader, memory: ChunkMemory, port: MessagePort) {
    this.#stored = stored
    this.#memory = memory
    this.#port = port
    port.on("message", (answer: GunzipAnswer) => {
      if (answer.kind === "begun") this.#credits.put(true)
      else this.#answers.put(answer)
    })
  }

  readonly storedBytes = (): number => this.#storedBytes

  readonly share = (): void => {
    this.#isShared = true
  }

  fail(failure: Error): void {
    this.#answers.fail(failure)
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    const feeding = this.#feed()
    try {
      while (this.#memories.length < MEMORIES_AHEAD) this.#lend()
      for (;;) {
        const answer = await this.#answers.take()
        if (answer.kind === "done") return this.#finish(answer.error)
        this.#storedBytes = answer.storedBytes
        yield this.#filled(answer.byteCount)
        this.#lend()
      }
    } finally {
      // The thread may write to what it still has, so that is forgotten.
      this.#isOver = true
      this.#credits.put(true)
      this.#port.close()
      await feeding
    }
  }

  /** Sends stored bytes ahead. How they end is met where what came before was inflated. */
  async #feed(): Promise<void> {
    for (let count = 0; count < STORED_AHEAD; count++) this.#credits.put(true)
    try {
      for (;;) {
        await this.#credits.take()
        const chunk = this.#isOver ? null : await this.#stored.next()
        if (this.#isOver) return
        if (chunk === null) return this.#send({ stored: "end" })
        const stored = new Uint8Array(chunk)
        this.#send({ stored }, stored.buffer)
      }
    } catch (cause) {
      this.#cause = cause
      this.#send({ stored: "broken" })
    }
  }

  #lend(): void {
    const memory = this.#memory.takeChunk()
    this.#memories.push(memory)
    this.#send({ memory })
  }

  #filled(byteCount: number): Uint8Array {
    const memory = this.#memories.shift()
    if (memory === undefined) throw new Error("the thread that inflates filled what it had not")
    const chunk = memory.subarray(0, byteCount)
    if (this.#isShared) return chunk
    const copy = new Uint8Array(chunk)
    this.#memory.release(memory)
    return copy
  }

  #finish(error: Extract<GunzipAnswer, { kind: "done" }>["error"]): void {
    for (const memory of this.#memories.splice(0)) this.#memory.release(memory)
    if (error === "broken") throw this.#cause
    if (error !== null) throw new SourceFault(error.code, error.message)
  }

  #send(request: GunzipRequest, ...transferred: ArrayBuffer[]): void {
    this.#port.postMessage(request, transferred)
  }
}
