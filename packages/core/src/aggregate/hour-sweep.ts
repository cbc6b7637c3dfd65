/**
 * The hours of a sweep over sessions: events come in the order of time, ends before starts of one instant. An hour is
 * listed if a session starts in it, ends in it, or runs on into it, the last for the first 48 hours of a session; the
 * figures of a listed hour are those of all sessions that run in it, however long they have been running.
 *
 * An interval does not contain its end, so what ends at 11:00 ends in the hour from 10:00.
 */

/** One UTC clock hour. */
export interface HourFigures {
  /** Hours since 1970-01-01T00:00:00Z. */
  readonly hour: number
  /** Sessions that start in it, empty ones included. */
  started: number
  /** The most sessions at once. */
  peak: number
  /** Time of all sessions within the hour, in ticks. */
  ticks: bigint
}

export const HOUR_TICKS = 36_000_000_000
/** A session is followed through so many hours, its first included. */
const MAX_HOURS_OF_SESSION = 48
// Weights are below 2^36, so a balance below this is exact.
const MAX_BALANCE = 2 ** 52

/** Collects hours; give it every event, then `finish`. */
export class HourSweep {
  readonly #hours: HourFigures[] = []
  /** Sessions that run now. */
  #running = 0
  /** The last hour to be listed because of the sessions that have started. */
  #listedTo = Number.NEGATIVE_INFINITY
  /** Ticks within the current hour of the sessions that started in it, less what those that ended in it lack. */
  #balance = 0

  /** A session starts `ticksIntoHour` after the start of `hour`, and its last hour is `lastHour`. */
  start(hour: number, ticksIntoHour: number, lastHour: number): void {
    const current = this.#enter(hour)
    current.started += 1
    this.#running += 1
    current.peak = Math.max(current.peak, this.#running)
    this.#weigh(current, HOUR_TICKS - ticksIntoHour)
    this.#listedTo = Math.max(this.#listedTo, Math.min(lastHour, hour + MAX_HOURS_OF_SESSION - 1))
  }

  /** A session ends `ticksIntoHour` after the start of `hour`: more than 0, and at most a whole hour. */
  end(hour: number, ticksIntoHour: number): void {
    const current = this.#enter(hour)
    this.#running -= 1
    this.#weigh(current, ticksIntoHour - HOUR_TICKS)
  }

  /** An empty session starts and ends in `hour`. */
  empty(hour: number): void {
    this.#enter(hour).started += 1
  }

  /** All listed hours in order of time. */
  finish(): readonly HourFigures[] {
    this.#settle()
    return this.#hours
  }

  /** The figures of `hour`, which is no earlier than the current one; lists the hours between in which nothing happens. */
  #enter(hour: number): HourFigures {
    const current = this.#hours.at(-1)
    if (current?.hour === hour) return current
    this.#settle()
    if (current !== undefined) {
      for (let between = current.hour + 1; between < hour && between <= this.#listedTo; between++) this.#open(between)
    }
    return this.#open(hour)
  }

  #open(hour: number): HourFigures {
    const figures = { hour, started: 0, peak: this.#running, ticks: BigInt(this.#running) * BigInt(HOUR_TICKS) }
    this.#hours.push(figures)
    return figures
  }

  #weigh(current: HourFigures, ticks: number): void {
    this.#balance += ticks
    if (Math.abs(this.#balance) > MAX_BALANCE) this.#settle(current)
  }

  #settle(current = this.#hours.at(-1)): void {
    if (current !== undefined) current.ticks += BigInt(this.#balance)
    this.#balance = 0
  }
}
