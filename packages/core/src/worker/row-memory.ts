/**
 * Shared memory in which workers write rows, used again when the rows were joined: memory of their own for each block's
 * rows would be garbage that has to be collected at once.
 */
import { FACT_ROW_BYTES } from "../decode/fact-columns.ts"
import type { BlockResult } from "./protocol.ts"

/** Real sessions are hardly smaller; where they are, the rows of a block lie in memory of their own. */
const MIN_SESSION_BYTES = 640

/** The memory of one run. */
export class RowMemory {
  readonly #byteLength: number
  readonly #free: SharedArrayBuffer[] = []

  /** For the rows of blocks of about so many bytes. */
  constructor(blockBytes: number) {
    this.#byteLength = Math.ceil(blockBytes / MIN_SESSION_BYTES) * FACT_ROW_BYTES
  }

  /** Memory for one block's rows. */
  take(): SharedArrayBuffer {
    return this.#free.pop() ?? new SharedArrayBuffer(this.#byteLength)
  }

  /** The rows of a result are not needed any more. Memory that a failed worker may still write to is in no result. */
  release({ facts }: BlockResult): void {
    const { buffer } = facts.startTicks
    if (buffer instanceof SharedArrayBuffer) this.#free.push(buffer)
  }
}
