/**
 * The sweep over all hours in the order of time: how many sessions run at once, in all and of each modality. An hour is
 * listed if a session starts in it, ends in it, or runs on into it, the last for the first 48 hours of a session; the
 * figures of a listed hour are those of all sessions that run in it, however long they have been running.
 */
import { MODALITIES } from "../model/modality.ts"
import { EventKind, eventKind, eventModalities, eventTicks, HOUR_TICKS, type HourEvents } from "./hour-events.ts"

/** One UTC clock hour. */
export interface HourFigures {
  /** Hours since 1970-01-01T00:00:00Z. */
  readonly hour: number
  /** Sessions that start in it, empty ones included. */
  readonly started: number
  /** The most sessions at once. */
  readonly peak: number
  /** Time of all sessions within the hour, in ticks. */
  readonly ticks: bigint
}

/** The most at once, and the instant at which that many first run; null where nothing runs at any time. */
export interface PeakTicks {
  readonly peak: number
  readonly atTicks: bigint | null
}

/** The slot after those of the modalities, as a bit. */
const ALL_SESSIONS = 1 << MODALITIES.length
// A weight is at most 2^36, so so many of them are summed exactly.
const MAX_PENDING = 2 ** 16

/** Give it every hour in which something happens, in the order of time. */
export class ConcurrencySweep {
  readonly hours: HourFigures[] = []
  /** By slot: an index in `MODALITIES`, and the one after them for all sessions. */
  readonly #running = new Float64Array(MODALITIES.length + 1)
  readonly #peaks = new Float64Array(MODALITIES.length + 1)
  readonly #peakHours = new Float64Array(MODALITIES.length + 1)
  readonly #peakTicks = new Float64Array(MODALITIES.length + 1)
  /** The last hour to be listed because of the sessions that have started. */
  #listedTo = Number.NEGATIVE_INFINITY

  /** Sweeps over an hour, whose events are sorted. */
  add(hour: HourEvents): void {
    this.#listBetween(hour.hour)
    const before = this.#runningNow()
    const { peak, balance } = this.#sweep(hour, before)
    const ticks = BigInt(before) * BigInt(HOUR_TICKS) + balance
    this.hours.push({ hour: hour.hour, started: hour.started, peak, ticks })
    this.#listedTo = Math.max(this.#listedTo, hour.listedTo)
  }

  /** The peaks of the sessions with each modality, by index in `MODALITIES`, and after them that of all. */
  peaks(): readonly PeakTicks[] {
    return Array.from(this.#peaks, (peak, slot) => ({
      peak,
      atTicks:
        peak === 0
          ? null
          : BigInt(this.#peakHours[slot] ?? 0) * BigInt(HOUR_TICKS) + BigInt(this.#peakTicks[slot] ?? 0),
    }))
  }

  /** Lists the hours before `hour` in which nothing happens but that sessions run on. */
  #listBetween(hour: number): void {
    const last = this.hours.at(-1)
    if (last === undefined) return
    const peak = this.#runningNow()
    const ticks = BigInt(peak) * BigInt(HOUR_TICKS)
    for (let between = last.hour + 1; between < hour && between <= this.#listedTo; between++) {
      this.hours.push({ hour: between, started: 0, peak, ticks })
    }
  }

  /** The most at once, and the time of what starts, less what the time of what ends lacks, as if all ran to the end. */
  #sweep(
    { hour, events, eventCount }: HourEvents,
    before: number,
  ): { readonly peak: number; readonly balance: bigint } {
    let running = before
    let peak = before
    let balance = 0n
    let pending = 0
    for (let at = 0; at < eventCount; at++) {
      const event = events[at] ?? 0
      const ticks = eventTicks(event)
      const step = eventKind(event) === EventKind.start ? 1 : -1
      running += step
      if (running > peak) peak = running
      pending += step * (HOUR_TICKS - ticks)
      this.#count(eventModalities(event) | ALL_SESSIONS, step, hour, ticks)
      if (at % MAX_PENDING !== 0) continue
      balance += BigInt(pending)
      pending = 0
    }
    return { peak, balance: balance + BigInt(pending) }
  }

  #count(slots: number, step: number, hour: number, ticks: number): void {
    for (let rest = slots; rest !== 0; rest &= rest - 1) {
      const slot = 31 - Math.clz32(rest & -rest)
      const count = (this.#running[slot] ?? 0) + step
      this.#running[slot] = count
      if (count <= (this.#peaks[slot] ?? 0)) continue
      this.#peaks[slot] = count
      this.#peakHours[slot] = hour
      this.#peakTicks[slot] = ticks
    }
  }

  #runningNow(): number {
    return this.#running.at(-1) ?? 0
  }
}
