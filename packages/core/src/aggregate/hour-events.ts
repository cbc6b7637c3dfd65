/**
 * Starts and ends of sessions, gathered by the UTC clock hour in which they lie. An event is one number whose order is
 * that of time within the hour, at one instant ends before starts, so touching intervals never run at once. An
 * interval does not contain its end, so what ends at 11:00 ends in the hour from 10:00.
 */
import type { SpillFile } from "../facts/spill-file.ts"
import type { MemoryAccount, WorkSpace } from "../facts/work-space.ts"

export const HOUR_TICKS = 36_000_000_000

/** What happens to a session. */
export const EventKind = { end: 0, start: 1 } as const

// An event is its ticks into the hour, a bit for its kind, and a byte of modalities: 45 bits.
const TICK_KEY = 2 ** 9
const KIND_KEY = 2 ** 8
const MOVES_PER_EVENT = 16
const FIRST_CAPACITY = 64
const EVENT_BYTES = Float64Array.BYTES_PER_ELEMENT
const NO_EVENTS = new Float64Array(0)

/** The parts of an event. */
export const eventTicks = (event: number): number => Math.floor(event / TICK_KEY)
export const eventKind = (event: number): number => (event & KIND_KEY) / KIND_KEY
export const eventModalities = (event: number): number => event & (KIND_KEY - 1)

/** What happens in one hour. */
export interface HourEvents {
  /** Hours since 1970-01-01T00:00:00Z. */
  readonly hour: number
  /** Sessions that start in it, empty ones included. */
  started: number
  /** The last hour to be listed because of the sessions that start in it. */
  listedTo: number
  /** The first `eventCount` are events, in any order. */
  events: Float64Array
  eventCount: number
}

/** Where events of an hour lie in the file. */
interface StoredEvents {
  readonly at: number
  readonly eventCount: number
}

/** Gathers events: in memory, and when there is no more room, in a file. */
export class EventsByHour {
  readonly #hours = new Map<number, HourEvents>()
  readonly #stored = new Map<number, StoredEvents[]>()
  readonly #account: MemoryAccount
  readonly #file: SpillFile
  #takenBytes = 0
  #last: HourEvents | undefined

  constructor(space: WorkSpace) {
    this.#account = space.events
    this.#file = space.openFile()
  }

  /** The hour with this number; events of one hour often follow each other. */
  at(hour: number): HourEvents {
    if (this.#last?.hour === hour) return this.#last
    this.#last = this.#hours.get(hour) ?? this.#open(hour)
    return this.#last
  }

  /** Adds an event of an hour. */
  add(hour: HourEvents, ticksIntoHour: number, kind: number, modalities: number): void {
    if (hour.eventCount === hour.events.length) this.#makeRoom(hour)
    hour.events[hour.eventCount++] = ticksIntoHour * TICK_KEY + kind * KIND_KEY + modalities
  }

  /** All hours in which something happens, in the order of time, their events sorted. Only once. */
  *inOrder(): Generator<HourEvents> {
    for (const hour of [...this.#hours.keys()].toSorted((a, b) => a - b)) {
      const events = this.#whole(this.at(hour))
      yield { ...events, events: sortedEvents(events) }
    }
    this.#hours.clear()
    this.#account.give(this.#takenBytes)
    this.#file.close()
  }

  #open(hour: number): HourEvents {
    const events = { hour, started: 0, listedTo: hour, events: NO_EVENTS, eventCount: 0 }
    this.#hours.set(hour, events)
    return events
  }

  #makeRoom(hour: HourEvents): void {
    const room = Math.max(FIRST_CAPACITY, 2 * hour.eventCount)
    const bytes = (room - hour.eventCount) * EVENT_BYTES
    if (!this.#account.take(bytes)) {
      this.#storeAll()
      this.#account.require(FIRST_CAPACITY * EVENT_BYTES)
      this.#takenBytes += FIRST_CAPACITY * EVENT_BYTES
      hour.events = new Float64Array(FIRST_CAPACITY)
      return
    }
    this.#takenBytes += bytes
    const larger = new Float64Array(room)
    larger.set(hour.events)
    hour.events = larger
  }

  /** Puts the events of all hours into the file. */
  #storeAll(): void {
    for (const hour of this.#hours.values()) {
      if (hour.eventCount === 0) continue
      const stored = this.#stored.get(hour.hour) ?? []
      const at = this.#file.append(new Uint8Array(hour.events.buffer, 0, hour.eventCount * EVENT_BYTES))
      stored.push({ at, eventCount: hour.eventCount })
      this.#stored.set(hour.hour, stored)
      hour.events = NO_EVENTS
      hour.eventCount = 0
    }
    this.#account.give(this.#takenBytes)
    this.#takenBytes = 0
  }

  /** An hour with all its events. */
  #whole(hour: HourEvents): HourEvents {
    const stored = this.#stored.get(hour.hour) ?? []
    if (stored.length === 0) return hour
    const eventCount = stored.reduce((sum, part) => sum + part.eventCount, hour.eventCount)
    const events = new Float64Array(eventCount)
    let filled = 0
    for (const part of stored) {
      this.#file.read(part.at, new Uint8Array(events.buffer, filled * EVENT_BYTES, part.eventCount * EVENT_BYTES))
      filled += part.eventCount
    }
    events.set(hour.events.subarray(0, hour.eventCount), filled)
    return { ...hour, events, eventCount }
  }
}

/**
 * The events of an hour in order: handed out to as many slices of the hour as there are events, then by insertion.
 * Where they crowd in few slices, any other sort is better.
 */
function sortedEvents({ events, eventCount }: HourEvents): Float64Array {
  const sorted = bySlice(events, eventCount)
  let movesLeft = MOVES_PER_EVENT * eventCount
  for (let at = 1; at < eventCount; at++) {
    const event = sorted[at] ?? 0
    let to = at
    for (; to > 0 && (sorted[to - 1] ?? 0) > event; to--) sorted[to] = sorted[to - 1] ?? 0
    sorted[to] = event
    movesLeft -= at - to
    if (movesLeft < 0) return sorted.toSorted()
  }
  return sorted
}

function bySlice(events: Float64Array, eventCount: number): Float64Array {
  const slicesPerKey = eventCount / (HOUR_TICKS * TICK_KEY)
  const sliceOf = (event: number): number => Math.floor(event * slicesPerKey)
  const places = new Uint32Array(eventCount + 3)
  for (let at = 0; at < eventCount; at++) {
    const slice = sliceOf(events[at] ?? 0) + 1
    places[slice] = (places[slice] ?? 0) + 1
  }
  for (let slice = 1; slice < places.length; slice++) places[slice] = (places[slice] ?? 0) + (places[slice - 1] ?? 0)
  const sorted = new Float64Array(eventCount)
  for (let at = 0; at < eventCount; at++) {
    const slice = sliceOf(events[at] ?? 0)
    const place = places[slice] ?? 0
    sorted[place] = events[at] ?? 0
    places[slice] = place + 1
  }
  return sorted
}
