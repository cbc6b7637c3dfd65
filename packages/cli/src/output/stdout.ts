/**
 * Standard output. In: text and bytes. Out: all of it, in order. Every write is waited for; a reader that has gone, as
 * `head` does, ends the writing in silence, anything else that fails is a `CliError`.
 */
import { fstatSync, writeSync } from "node:fs"
import { CliError, systemCode, systemReason } from "../cli-error.ts"
import { ExitCode } from "../exit-code.ts"

const BATCH_CHARACTERS = 64 * 1024

/** What standard output is: a stream of Node, and the descriptor where it is a file. */
export interface Sink {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Null where it is no regular file. */
  readonly fileDescriptor: number | null
}

/** Writes to standard output. */
export class Stdout {
  readonly #sink: Sink
  #batch = ""
  #isClosed = false
  #failure: unknown = null

  constructor(sink: Sink = processSink()) {
    this.#sink = sink
    sink.stream.on("error", this.#fail)
  }

  /** Whoever reads has seen enough: not an error, and nothing more needs to be written. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Adds a line where nothing can be waited for. A terminal shows it at once; what fails is thrown by the next write. */
  addLine(line: string): void {
    this.#batch += `${line}\n`
    if (this.#sink.stream.isTTY !== true && this.#batch.length < BATCH_CHARACTERS) return
    const batch = this.#batch
    this.#batch = ""
    void this.#put(batch)
  }

  /** Writes lines, after those that were added. */
  async writeLines(lines: Iterable<string>): Promise<void> {
    for (const line of lines) {
      this.#batch += `${line}\n`
      if (this.#batch.length >= BATCH_CHARACTERS) await this.write("")
      if (this.#isClosed) return
    }
    await this.write("")
  }

  /** Writes text or bytes, after the lines that were added. */
  async write(data: string | Uint8Array): Promise<void> {
    const batch = this.#batch
    this.#batch = ""
    await this.#put(batch)
    await this.#put(data)
    if (this.#failure === null) return
    const message = `standard output could not be written: ${systemReason(this.#failure)}`
    throw new CliError(ExitCode.failed, message, { cause: this.#failure })
  }

  async #put(data: string | Uint8Array): Promise<void> {
    if (this.#isClosed || this.#failure !== null || data.length === 0) return
    const { stream, fileDescriptor } = this.#sink
    if (fileDescriptor !== null) return this.#putInFile(fileDescriptor, Buffer.from(data))
    await new Promise<void>((resolve) => {
      stream.write(data, (cause) => {
        if (cause !== null && cause !== undefined) this.#fail(cause)
        resolve()
      })
    })
  }

  /** Node's own stream takes a write that the device cut short for a whole one, and the rest is lost. */
  #putInFile(descriptor: number, bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done)
    } catch (cause) {
      this.#fail(cause)
    }
  }

  readonly #fail = (cause: unknown): void => {
    if (systemCode(cause) === "EPIPE") this.#isClosed = true
    else this.#failure ??= cause
  }
}

function processSink(): Sink {
  return { stream: process.stdout, fileDescriptor: isFile(process.stdout.fd) ? process.stdout.fd : null }
}

/** False also where standard output was closed before the process began; a write says so then. */
function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}
