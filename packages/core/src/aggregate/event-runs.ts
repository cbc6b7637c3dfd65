/**
 * Runs of events: each has events of ascending units of time, one unit after the other. Several runs are gone through
 * together in stretches of units, each unit once with the events of all runs; in memory or in a file.
 */
import { EVENT_BYTES } from "@callsift/kernel"
import type { SpillFile } from "../facts/spill-file.ts"

/** A run. */
export interface EventRun {
  /** Ascending, each once, and how many events each has, at least one. */
  readonly units: Int32Array
  readonly counts: Uint32Array
  /** Fills `target` with the events from that with this number on. */
  readonly read: (event: number, target: Uint8Array) => void
}

/** Units that follow each other, and where their events are, in this order. */
export interface EventStretch {
  readonly units: Int32Array
  readonly counts: Uint32Array
  readonly parts: readonly EventPart[]
}

interface EventPart {
  readonly run: EventRun
  readonly firstEvent: number
  readonly eventCount: number
}

/** A stretch that has more events is of one unit alone. */
const MAX_STRETCH_EVENTS = 2 ** 15

/** A run whose events lie in memory. */
export function runInMemory(units: Int32Array, counts: Uint32Array, events: Uint8Array): EventRun {
  const read: EventRun["read"] = (event, target) =>
    target.set(events.subarray(EVENT_BYTES * event, EVENT_BYTES * event + target.length))
  return { units, counts, read }
}

/** A run whose events lie in a file, from this place on. */
export function runInFile(units: Int32Array, counts: Uint32Array, file: SpillFile, at: number): EventRun {
  return { units, counts, read: (event, target) => file.read(at + EVENT_BYTES * event, target) }
}

/** Fills `target` with the events of a stretch. */
export function readStretch({ parts }: EventStretch, target: Uint8Array): void {
  let filled = 0
  for (const { run, firstEvent, eventCount } of parts) {
    const end = filled + EVENT_BYTES * eventCount
    run.read(firstEvent, target.subarray(filled, end))
    filled = end
  }
}

/** All units of some runs in ascending order. */
export function* mergedRuns(runs: readonly EventRun[]): Generator<EventStretch> {
  const waiting = new RunQueue()
  for (const run of runs) waiting.add(new RunCursor(run))
  for (let first = waiting.next(); first !== null; first = waiting.next()) {
    const { unit } = first
    const together = [first]
    while (waiting.leastUnit === unit) together.push(waiting.next() ?? first)
    yield together.length === 1 ? first.stretchBefore(waiting.leastUnit) : sharedUnit(unit, together)
    for (const cursor of together) waiting.add(cursor)
  }
}

function sharedUnit(unit: number, cursors: readonly RunCursor[]): EventStretch {
  const parts = cursors.flatMap((cursor) => cursor.stretchBefore(unit + 1).parts)
  const eventCount = parts.reduce((sum, part) => sum + part.eventCount, 0)
  return { units: Int32Array.of(unit), counts: Uint32Array.of(eventCount), parts }
}

/** How far a run has been read. */
class RunCursor {
  readonly #run: EventRun
  #index = 0
  #event = 0

  constructor(run: EventRun) {
    this.#run = run
  }

  /** The next unit, infinite at the end. */
  get unit(): number {
    return this.#run.units[this.#index] ?? Number.POSITIVE_INFINITY
  }

  /** The next unit and what follows it, below `limit` and not too much at once. */
  stretchBefore(limit: number): EventStretch {
    const { units, counts } = this.#run
    const [from, firstEvent] = [this.#index, this.#event]
    do this.#event += counts[this.#index++] ?? 0
    while (this.unit < limit && this.#event + (counts[this.#index] ?? 0) - firstEvent <= MAX_STRETCH_EVENTS)
    return {
      units: units.subarray(from, this.#index),
      counts: counts.subarray(from, this.#index),
      parts: [{ run: this.#run, firstEvent, eventCount: this.#event - firstEvent }],
    }
  }
}

/** Cursors, that with the least unit in front: a binary heap. */
class RunQueue {
  readonly #heap: RunCursor[] = []

  /** The least unit, infinite where there is none. */
  get leastUnit(): number {
    return this.#unitAt(0)
  }

  /** Adds a cursor that is not at its end. */
  add(cursor: RunCursor): void {
    if (cursor.unit === Number.POSITIVE_INFINITY) return
    let at = this.#heap.push(cursor) - 1
    for (; at > 0 && this.#unitAt((at - 1) >> 1) > cursor.unit; at = (at - 1) >> 1) this.#move((at - 1) >> 1, at)
    this.#heap[at] = cursor
  }

  /** Takes the cursor with the least unit; null where there is none. */
  next(): RunCursor | null {
    const [first = null] = this.#heap
    const last = this.#heap.pop()
    if (last !== undefined && this.#heap.length > 0) this.#sink(last)
    return first
  }

  /** Puts a cursor where the first one was, and then below all that come before it. */
  #sink(cursor: RunCursor): void {
    let at = 0
    for (let child = this.#lesserChild(at); this.#unitAt(child) < cursor.unit; child = this.#lesserChild(at)) {
      this.#move(child, at)
      at = child
    }
    this.#heap[at] = cursor
  }

  #lesserChild(at: number): number {
    const left = 2 * at + 1
    return this.#unitAt(left + 1) < this.#unitAt(left) ? left + 1 : left
  }

  #move(from: number, to: number): void {
    const cursor = this.#heap[from]
    if (cursor !== undefined) this.#heap[to] = cursor
  }

  #unitAt(index: number): number {
    return this.#heap[index]?.unit ?? Number.POSITIVE_INFINITY
  }
}
