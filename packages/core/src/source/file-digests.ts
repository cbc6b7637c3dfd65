/**
 * Digests of whole files, while others replay, resolve and count: threads read and hash them, each one file after the
 * other. SHA-256 of one file cannot be shared out, that of several can, so there are as many threads as cores at most.
 */
import { statSync } from "node:fs"
import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { Answer } from "./answer.ts"
import { digestFile } from "./digest-file.ts"
import type { Stored, SystemPath } from "./stored-file.ts"

/** So much is hashed here before a thread would have started. */
const MIN_BYTES = 8 * 1024 * 1024

/** The threads' module, beside this one. */
const ENTRY = new URL("./digest-entry.js", import.meta.url)

export class FileDigests {
  readonly #entry: URL
  readonly #maxThreads: number
  readonly #threads: DigestThread[] = []
  #hereBytes = 0

  constructor(entry: URL = ENTRY, maxThreads = availableParallelism()) {
    this.#entry = entry
    this.#maxThreads = maxThreads
  }

  /** Starts a thread, for that takes a while, unless what the paths name is so little that none will be needed. */
  prepare(paths: readonly string[]): void {
    if (paths.reduce((sum, path) => sum + mostBytesAt(path), 0) > MIN_BYTES) this.#freest()
  }

  /**
   * Begins to hash a file of about so many bytes; null as from `digestFile`. Whoever waits for it meets the failure of
   * its thread.
   */
  of(path: SystemPath, sizeBytes: number): Promise<Stored | null> {
    this.#hereBytes += sizeBytes
    if (this.#hereBytes <= MIN_BYTES) return Promise.resolve(digestFile(path))
    const digest = this.#freest().digest(path, sizeBytes)
    digest.catch(() => {})
    return digest
  }

  /** Ends the threads. What they were to hash fails. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  /** The thread for the next file. */
  #freest(): DigestThread {
    const freest = this.#threads.toSorted((a, b) => a.waitingBytes - b.waitingBytes)[0]
    if (freest !== undefined && (freest.waitingBytes === 0 || this.#threads.length >= this.#maxThreads)) return freest
    const thread = new DigestThread(this.#entry)
    this.#threads.push(thread)
    return thread
  }
}

/** Folders and patterns may stand for any number of files. What is wrong with a path is told by who opens it. */
function mostBytesAt(path: string): number {
  try {
    const stats = statSync(path)
    return stats.isFile() ? stats.size : Infinity
  } catch {
    return Infinity
  }
}

class DigestThread {
  /** Bytes of the files that it has not yet hashed. */
  waitingBytes = 0
  readonly #worker: Worker
  readonly #waiting: Answer<Stored | null>[] = []
  #failure: Error | null = null

  constructor(entry: URL) {
    this.#worker = new Worker(entry)
    this.#worker.on("message", (stored: Stored | null) => this.#waiting.shift()?.resolve(stored))
    this.#worker.on("error", (cause) => this.#fail(new Error("a thread that hashes failed", { cause })))
    this.#worker.on("exit", () => this.#fail(new Error("a thread that hashes ended")))
  }

  async digest(path: SystemPath, sizeBytes: number): Promise<Stored | null> {
    if (this.#failure !== null) throw this.#failure
    const answer = new Answer<Stored | null>()
    this.#waiting.push(answer)
    this.waitingBytes += sizeBytes
    this.#worker.postMessage(path)
    const stored = await answer.promise
    this.waitingBytes -= sizeBytes
    return stored
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    for (const answer of this.#waiting.splice(0)) answer.reject(failure)
  }
}
