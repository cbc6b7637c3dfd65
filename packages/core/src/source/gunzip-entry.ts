/**
 * The thread of `gunzip-thread.ts`. Each input has a port of its own: stored bytes and empty memory come in, filled
 * memory goes out. When the port closes, nobody wants the rest.
 */
import { parentPort, type MessagePort } from "node:worker_threads"
import { ByteReader } from "./byte-reader.ts"
import { gunzip } from "./gzip.ts"
import { SourceFault, type SourceError } from "./input.ts"
import { Mailbox } from "./mailbox.ts"

/** Stored bytes, that they are over, that they broke off; or shared memory to be filled. */
export type GunzipRequest = { readonly stored: Uint8Array | "end" | "broken" } | { readonly memory: Uint8Array }

/** A chunk of stored bytes was begun; the oldest memory was filled; or all is done, by an error or without. */
export type GunzipAnswer =
  | { readonly kind: "begun" }
  | { readonly kind: "filled"; readonly byteCount: number; readonly storedBytes: number }
  | { readonly kind: "done"; readonly error: SourceError | "broken" | null }

class Closed extends Error {}
class Broken extends Error {}

parentPort?.on("message", (port: MessagePort) => void new InputThread(port).run())

class InputThread {
  readonly #port: MessagePort
  readonly #stored = new Mailbox<Uint8Array | "end" | "broken">()
  readonly #memories = new Mailbox<Uint8Array>()
  readonly #reader = new ByteReader(this.#chunks())
  #memory: Uint8Array | null = null
  #filledBytes = 0

  constructor(port: MessagePort) {
    this.#port = port
    port.on("message", (request: GunzipRequest) => {
      if ("memory" in request) this.#memories.put(request.memory)
      else this.#stored.put(request.stored)
    })
    port.on("close", () => {
      this.#stored.fail(new Closed())
      this.#memories.fail(new Closed())
    })
  }

  /** What is no fault of the input fails the thread. */
  async run(): Promise<void> {
    try {
      const error = await this.#inflate()
      this.#hand()
      this.#answer({ kind: "done", error })
    } catch (cause) {
      if (!(cause instanceof Closed)) throw cause
    }
  }

  async #inflate(): Promise<SourceError | "broken" | null> {
    try {
      for await (const chunk of gunzip(this.#reader)) await this.#fill(chunk)
      return null
    } catch (cause) {
      if (cause instanceof Broken) return "broken"
      if (cause instanceof SourceFault) return cause.error
      throw cause
    }
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const stored = await this.#stored.take()
      if (stored === "end") return
      if (stored === "broken") throw new Broken()
      this.#answer({ kind: "begun" })
      yield stored
    }
  }

  async #fill(chunk: Uint8Array): Promise<void> {
    for (let from = 0; from < chunk.length;) {
      this.#memory ??= await this.#memories.take()
      const part = chunk.subarray(from, from + this.#memory.length - this.#filledBytes)
      this.#memory.set(part, this.#filledBytes)
      this.#filledBytes += part.length
      from += part.length
      if (this.#filledBytes === this.#memory.length) this.#hand()
    }
  }

  #hand(): void {
    if (this.#filledBytes === 0) return
    this.#answer({ kind: "filled", byteCount: this.#filledBytes, storedBytes: this.#reader.takenBytes })
    this.#memory = null
    this.#filledBytes = 0
  }

  #answer(answer: GunzipAnswer): void {
    this.#port.postMessage(answer)
  }
}
