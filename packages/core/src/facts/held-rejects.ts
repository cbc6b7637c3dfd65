/**
 * Rejects of one input between decoding and their final form. They leave in the order of their bytes, each once it
 * is certain: its line is over, so that nothing takes it back, and the envelopes around it have closed, so that
 * its call is known.
 */
import type { RejectFact } from "../worker/protocol.ts"

/** A reject whose numbers are the input's: `line` and `record` from 0, `envelope` -1 for none. */
export interface HeldReject extends RejectFact {
  /** A run of NUL bytes: a reject only if a record follows. */
  readonly isNulRun: boolean
}

// Taken rejects are cut off the front only now and then, so that taking costs no copy each time.
const CUT_AFTER = 1024

/** A queue in the order of bytes. */
export class HeldRejects {
  #queue: HeldReject[] = []
  #head = 0

  get size(): number {
    return this.#queue.length - this.#head
  }

  /** Adds a reject behind all that begin at or before it. */
  push(reject: HeldReject): void {
    let at = this.#queue.length
    while (at > this.#head && (this.#queue[at - 1]?.byteOffset ?? 0) > reject.byteOffset) at -= 1
    this.#queue.splice(at, 0, reject)
  }

  /** Drops those that begin at or after a byte. */
  takeBack(byteOffset: number): void {
    let end = this.#queue.length
    while (end > this.#head && (this.#queue[end - 1]?.byteOffset ?? 0) >= byteOffset) end -= 1
    this.#queue.length = end
  }

  /** Takes the first. */
  takeFirst(): HeldReject | undefined {
    return this.#takeTo(Math.min(this.#head + 1, this.#queue.length))[0]
  }

  /** Takes rejects off the front for as long as they are certain. */
  take(isCertain: (reject: HeldReject) => boolean): HeldReject[] {
    let end = this.#head
    for (let next = this.#queue[end]; next !== undefined && isCertain(next); next = this.#queue[end]) end += 1
    return this.#takeTo(end)
  }

  /** The held runs of NUL bytes that are the last records of the input as far as it was read. */
  nulTail(recordCount: number): HeldReject[] {
    const tail: HeldReject[] = []
    for (let at = this.#queue.length - 1; at >= this.#head; at--) {
      const reject = this.#queue[at]
      if (reject === undefined || !reject.isNulRun || reject.record !== recordCount - 1 - tail.length) break
      tail.push(reject)
    }
    return tail.toReversed()
  }

  /** Drops the last `count`. */
  drop(count: number): void {
    this.#queue.length -= count
  }

  #takeTo(end: number): HeldReject[] {
    const taken = this.#queue.slice(this.#head, end)
    this.#head = end
    if (this.#head >= CUT_AFTER && this.#head * 2 >= this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    return taken
  }
}
