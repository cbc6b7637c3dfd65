/** The sessions that run at a moment, that which ends first in front: a binary heap. */
import type { Sessions } from "./participations.ts"
import { isBefore } from "./tick-words.ts"

/** Some of the sessions, none at first. */
export class RunningSessions {
  readonly sessions: Sessions
  readonly #heap: number[] = []

  constructor(sessions: Sessions) {
    this.sessions = sessions
  }

  get count(): number {
    return this.#heap.length
  }

  /** The one that ends first. There is one. */
  first(): number {
    return this.#heap[0] ?? -1
  }

  /** One after the other, in no order. */
  at(index: number): number {
    return this.#heap[index] ?? -1
  }

  /** Adds a session. */
  add(session: number): void {
    const heap = this.#heap
    let at = heap.push(session) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] ?? -1
      if (!this.#endsBefore(session, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = session
  }

  /** Takes out the one that ends first. There is one. */
  takeFirst(): number {
    const heap = this.#heap
    const first = heap[0] ?? -1
    const last = heap.pop() ?? -1
    if (heap.length > 0) this.#sink(last)
    return first
  }

  #sink(session: number): void {
    const heap = this.#heap
    let at = 0
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && this.#endsBefore(heap[child + 1] ?? -1, heap[child] ?? -1)) child += 1
      const below = heap[child] ?? -1
      if (!this.#endsBefore(below, session)) break
      heap[at] = below
      at = child
    }
    heap[at] = session
  }

  #endsBefore(a: number, b: number): boolean {
    const { ticks } = this.sessions
    return isBefore(ticks, this.sessions.endAt(a), ticks, this.sessions.endAt(b))
  }
}
