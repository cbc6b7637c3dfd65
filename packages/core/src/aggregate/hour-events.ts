/**
 * Starts and ends of sessions, gathered batch by batch and given back by the UTC clock hour in which they lie. An
 * interval does not contain its end, so what ends at 11:00 ends in the hour from 10:00.
 */
import { EVENT_BYTES, type UnitEvents } from "@callsift/kernel"
import type { SpillFile } from "../facts/spill-file.ts"
import type { MemoryAccount, WorkSpace } from "../facts/work-space.ts"
import { mergedRuns, readStretch, runInFile, runInMemory, type EventRun, type EventStretch } from "./event-runs.ts"

export const HOUR_TICKS = 36_000_000_000

/** Gathers events: in memory, and when there is no more room, in a file. */
export class EventsByHour {
  readonly #account: MemoryAccount
  readonly #file: SpillFile
  readonly #stored: EventRun[] = []
  #runs: EventRun[] = []
  /** Taken for the runs in memory, and for the hours of those in the file. */
  #takenBytes = 0
  #storedBytes = 0

  constructor(space: WorkSpace) {
    this.#account = space.events
    this.#file = space.openFile()
  }

  /** Adds the events of a batch, which are copied. */
  add({ units, counts, events }: UnitEvents): void {
    const byteCount = units.byteLength + counts.byteLength + events.byteLength
    if (!this.#account.take(byteCount)) {
      this.#storeAll()
      this.#account.require(byteCount)
    }
    this.#takenBytes += byteCount
    this.#runs.push(runInMemory(units.slice(), counts.slice(), events.slice()))
  }

  /** All hours in which something happens, in the order of time. Only once. */
  *inOrder(): Generator<EventStretch> {
    yield* mergedRuns([...this.#stored, ...this.#runs])
    this.#account.give(this.#takenBytes + this.#storedBytes)
    this.#file.close()
  }

  /** Puts all runs into the file, as one. */
  #storeAll(): void {
    if (this.#runs.length === 0) return
    const units: number[] = []
    const counts: number[] = []
    const at = this.#file.byteLength
    for (const stretch of mergedRuns(this.#runs)) {
      this.#file.append(eventsOf(stretch))
      for (const unit of stretch.units) units.push(unit)
      for (const count of stretch.counts) counts.push(count)
    }
    const run = runInFile(Int32Array.from(units), Uint32Array.from(counts), this.#file, at)
    this.#stored.push(run)
    this.#runs = []
    this.#account.give(this.#takenBytes)
    this.#takenBytes = 0
    this.#account.require(run.units.byteLength + run.counts.byteLength)
    this.#storedBytes += run.units.byteLength + run.counts.byteLength
  }
}

function eventsOf(stretch: EventStretch): Uint8Array {
  const events = new Uint8Array(EVENT_BYTES * stretch.counts.reduce((sum, count) => sum + count, 0))
  readStretch(stretch, events)
  return events
}
