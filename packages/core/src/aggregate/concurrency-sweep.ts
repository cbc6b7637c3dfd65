/**
 * The sweep over all hours in the order of time: how many sessions run at once, in all and of each modality. An hour is
 * listed if a session starts in it, ends in it, or runs on into it, the last for the first 48 hours of a session; the
 * figures of a listed hour are those of all sessions that run in it, however long they have been running.
 */
import { UnitSweep, type SlotPeak, type UnitFigures } from "@callsift/kernel"
import { readStretch, type EventStretch } from "./event-runs.ts"
import { HOUR_TICKS } from "./hour-events.ts"

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

/** Give it every hour in which something happens, in the order of time. */
export class ConcurrencySweep {
  readonly hours: HourFigures[] = []
  readonly #sweep = new UnitSweep(BigInt(HOUR_TICKS), (figures) => this.#addHour(figures))
  #running = 0
  /** The last hour to be listed because of the sessions that have started. */
  #listedTo = Number.NEGATIVE_INFINITY

  /** Takes hours with their events. */
  add(hours: EventStretch): void {
    readStretch(hours, this.#sweep.add(hours.units, hours.counts))
  }

  /** When all are there: the peak of the sessions with the modality of each bit, and in the last bit's place that of all. */
  peaks(): readonly PeakTicks[] {
    return this.#sweep.finish().map(peakTicks)
  }

  #addHour({ unit: hour, started, peak, runningAfter, runsOn, balanceTicks }: UnitFigures): void {
    this.#listBetween(hour)
    this.hours.push({ hour, started, peak, ticks: hoursTicks(this.#running) + balanceTicks })
    this.#running = runningAfter
    this.#listedTo = Math.max(this.#listedTo, hour + runsOn)
  }

  /** Lists the hours before `hour` in which nothing happens but that sessions run on. */
  #listBetween(hour: number): void {
    const last = this.hours.at(-1)
    if (last === undefined) return
    const [peak, ticks] = [this.#running, hoursTicks(this.#running)]
    for (let between = last.hour + 1; between < hour && between <= this.#listedTo; between++) {
      this.hours.push({ hour: between, started: 0, peak, ticks })
    }
  }
}

/** The time of so many hours. */
function hoursTicks(count: number): bigint {
  return BigInt(count) * BigInt(HOUR_TICKS)
}

function peakTicks({ peak, unit, ticksIntoUnit }: SlotPeak): PeakTicks {
  return { peak, atTicks: peak === 0 ? null : hoursTicks(unit) + ticksIntoUnit }
}
