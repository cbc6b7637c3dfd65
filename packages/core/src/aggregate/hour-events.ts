/**
 * Starts and ends of sessions, gathered by the UTC clock hour in which they lie. An event is one number whose order is
 * that of time within the hour, at one instant ends before starts, so touching intervals never run at once. An
 * interval does not contain its end, so what ends at 11:00 ends in the hour from 10:00.
 */
import { grown } from "../facts/columns.ts"

export const HOUR_TICKS = 36_000_000_000

/** What happens to a session. */
export const EventKind = { end: 0, start: 1 } as const

// An event is its ticks into the hour, a bit for its kind, and a byte of modalities: 45 bits.
const TICK_KEY = 2 ** 9
const KIND_KEY = 2 ** 8

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

/** Gathers events. */
export class EventsByHour {
  readonly #hours = new Map<number, HourEvents>()
  #last: HourEvents | undefined

  /** The hour with this number; events of one hour often follow each other. */
  at(hour: number): HourEvents {
    if (this.#last?.hour === hour) return this.#last
    this.#last = this.#hours.get(hour) ?? this.#open(hour)
    return this.#last
  }

  /** All hours in which something happens, in the order of time, their events sorted. */
  *inOrder(): Generator<HourEvents> {
    for (const hour of [...this.#hours.keys()].toSorted((a, b) => a - b)) {
      const events = this.at(hour)
      events.events.subarray(0, events.eventCount).sort()
      yield events
    }
  }

  #open(hour: number): HourEvents {
    const events = { hour, started: 0, listedTo: hour, events: new Float64Array(0), eventCount: 0 }
    this.#hours.set(hour, events)
    return events
  }
}

/** Adds an event of an hour. */
export function addEvent(hour: HourEvents, ticksIntoHour: number, kind: number, modalities: number): void {
  if (hour.eventCount === hour.events.length) hour.events = grown(hour.events, hour.eventCount + 1)
  hour.events[hour.eventCount++] = ticksIntoHour * TICK_KEY + kind * KIND_KEY + modalities
}
