/**
 * A thread that hashes while others read, cut and decode. It is started by the first input that is large, and hashes
 * one input after the other: the state of a digest cannot move between threads.
 */
import { Worker } from "node:worker_threads"
import { Answer } from "./answer.ts"
import type { ChunkMemory } from "./chunk-memory.ts"
import type { HashMessage } from "./hash-entry.ts"
import { HERE, type Digest, type Hasher } from "./hashing.ts"

/** An input that is smaller is hashed before a thread has started. */
const MIN_BYTES = 8 * 1024 * 1024

/** How many chunks may wait to be hashed: what is read further waits for them, so that memory does not grow. */
const MAX_WAITING = 4

/** The thread's module, beside this one. */
const ENTRY = new URL("./hash-entry.js", import.meta.url)

export class HashThread implements Hasher {
  readonly #memory: ChunkMemory
  readonly #entry: URL
  #worker: Worker | null = null
  readonly #waiting: Answer<string | null>[] = []
  #failure: Error | null = null

  constructor(memory: ChunkMemory, entry: URL = ENTRY) {
    this.#memory = memory
    this.#entry = entry
  }

  begin(byteCount: number | null): Digest {
    return byteCount !== null && byteCount < MIN_BYTES
      ? HERE.begin(byteCount)
      : new ThreadDigest(this.#memory, (message) => this.#ask(message), this.#hasCaughtUp)
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #ask(message: HashMessage): Promise<string | null> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    this.#worker ??= this.#start()
    const answer = new Answer<string | null>()
    this.#waiting.push(answer)
    this.#worker.postMessage(message)
    return answer.promise
  }

  /** Resolves when there are few enough chunks to be hashed. */
  readonly #hasCaughtUp = async (): Promise<void> => {
    if (this.#waiting.length >= MAX_WAITING) await this.#waiting[0]?.promise
  }

  #start(): Worker {
    const worker = new Worker(this.#entry)
    worker.on("message", (digest: string | null) => this.#waiting.shift()?.resolve(digest))
    worker.on("error", (cause) => this.#fail(new Error("the thread that hashes failed", { cause })))
    worker.on("exit", () => this.#fail(new Error("the thread that hashes ended")))
    return worker
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    for (const answer of this.#waiting.splice(0)) answer.reject(failure)
  }
}

/** Chunks in shared memory are hashed where they lie; other bytes are gathered in shared memory before. */
class ThreadDigest implements Digest {
  readonly #memory: ChunkMemory
  readonly #ask: (message: HashMessage) => Promise<string | null>
  readonly #hasCaughtUp: () => Promise<void>
  #gathered: Uint8Array | null = null
  #gatheredBytes = 0
  #hasBegun = false

  constructor(
    memory: ChunkMemory,
    ask: (message: HashMessage) => Promise<string | null>,
    hasCaughtUp: () => Promise<void>,
  ) {
    this.#memory = memory
    this.#ask = ask
    this.#hasCaughtUp = hasCaughtUp
  }

  async update(bytes: Uint8Array): Promise<void> {
    if (this.#memory.retain(bytes)) {
      this.#postGathered()
      this.#post(bytes)
    } else this.#gather(bytes)
    await this.#hasCaughtUp()
  }

  async end(): Promise<string> {
    if (!this.#hasBegun) return this.#endHere()
    this.#postGathered()
    const digest = await this.#ask("end")
    if (digest === null) throw new Error("the thread that hashes gave no digest")
    return digest
  }

  /** So little came that there was no need for a thread. */
  async #endHere(): Promise<string> {
    const digest = HERE.begin(this.#gatheredBytes)
    if (this.#gathered !== null) {
      await digest.update(this.#gathered.subarray(0, this.#gatheredBytes))
      this.#memory.release(this.#gathered)
    }
    return digest.end()
  }

  #gather(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      this.#gathered ??= this.#memory.takeChunk()
      const part = bytes.subarray(from, from + this.#gathered.length - this.#gatheredBytes)
      this.#gathered.set(part, this.#gatheredBytes)
      this.#gatheredBytes += part.length
      from += part.length
      if (this.#gatheredBytes === this.#gathered.length) this.#postGathered()
    }
  }

  #postGathered(): void {
    if (this.#gathered !== null) this.#post(this.#gathered.subarray(0, this.#gatheredBytes))
    this.#gathered = null
    this.#gatheredBytes = 0
  }

  /** Has bytes hashed whose reference is the thread's. */
  #post(bytes: Uint8Array): void {
    if (!this.#hasBegun) this.#answered("begin", null)
    this.#hasBegun = true
    this.#answered(bytes, bytes)
  }

  /** A failure is met at the end, or by who waits for the thread to catch up. */
  #answered(message: HashMessage, held: Uint8Array | null): void {
    const release = (): void => {
      if (held !== null) this.#memory.release(held)
    }
    this.#ask(message).then(release, () => {})
  }
}
