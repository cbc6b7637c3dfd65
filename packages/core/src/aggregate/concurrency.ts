/**
 * How many sessions ran at once. In: timed sessions as half-open intervals. Out: the peak, the mean, UTC clock hours,
 * the busy hour, and the peak of each modality. One sweep over starts and ends, hour by hour; nothing is compared pair by pair.
 */
import { printInstant } from "../model/instant.ts"
import { MODALITIES, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { ConcurrencySweep, type HourFigures, type PeakTicks } from "./concurrency-sweep.ts"
import { extent, type Extent } from "./extent.ts"
import { EventKind, EventsByHour, HOUR_TICKS } from "./hour-events.ts"
import { nearestDouble, secondsOf } from "./rational.ts"
import { TickSums } from "./tick-sums.ts"
import { isBefore, tickWords, type TickWords } from "./tick-words.ts"
import { UnitClock } from "./unit-clock.ts"

/** The most at once, and the first instant at which that many run (null where nothing runs at any time). */
export interface Peak {
  readonly peak: number
  readonly peakAt: string | null
}

/** One UTC clock hour. */
export interface ConcurrencyHour {
  readonly start: string
  readonly peak: number
  /** Session time in the hour, in hours: the mean number at once, in erlangs. */
  readonly meanSessions: number
  readonly started: number
}

/** The figures of concurrency. */
export interface Concurrency extends Peak {
  /** Session time divided by the time from the first start to the last end; null where that is 0. */
  readonly meanSessions: number | null
  /** The hour with the most session time, the earliest of equals; null where there is none. */
  readonly busyHour: { readonly start: string; readonly sessionSeconds: number; readonly erlangs: number } | null
  /** In order of time; `ConcurrencySweep` says which. */
  readonly byHour: readonly ConcurrencyHour[]
  /** Every modality of the model, in its order. */
  readonly byModality: readonly ({ readonly modality: Modality } & Peak)[]
}

/** A session is followed through so many hours, its first included. */
const MAX_HOURS_OF_SESSION = 48

interface ConcurrencyState {
  readonly events: EventsByHour
  readonly clock: UnitClock
  readonly extent: ReturnType<typeof extent.zero>
  /** Slot 0: the time of all sessions. */
  readonly total: TickSums
}

/** Sessions at once, and from when to when there are any. */
export const concurrency: Aggregate<ConcurrencyState, Concurrency & { readonly extent: Extent }> = {
  zero: (facts) => ({
    events: new EventsByHour(facts.space),
    clock: new UnitClock(HOUR_TICKS),
    extent: extent.zero(facts),
    total: new TickSums(1),
  }),
  add: (state, batch, rows, facts) => {
    extent.add(state.extent, batch, rows, facts)
    const start = tickWords(batch.startTicks)
    const end = tickWords(batch.endTicks)
    const { modalities } = batch
    for (const row of rows.timed) {
      state.total.addSpan(0, start, row, end, row)
      addSession(state, start, end, row, modalities[row] ?? 0)
    }
  },
  finish: (state, facts) => {
    const sweep = new ConcurrencySweep()
    for (const hour of state.events.inOrder()) sweep.add(hour)
    const peaks = sweep.peaks().map(shownPeak)
    const { peak, peakAt } = peaks.at(-1) ?? NO_PEAK
    const whole = extent.finish(state.extent, facts)
    return {
      peak,
      peakAt,
      meanSessions: meanSessions(state.total, whole),
      busyHour: busyHour(sweep.hours),
      byHour: sweep.hours.map(hourFigures),
      byModality: MODALITIES.map((modality, index) => ({ modality, ...(peaks[index] ?? NO_PEAK) })),
      extent: whole,
    }
  },
}

const NO_PEAK: Peak = { peak: 0, peakAt: null }

function shownPeak({ peak, atTicks }: PeakTicks): Peak {
  return { peak, peakAt: atTicks === null ? null : printInstant(atTicks) }
}

function addSession(
  { events, clock }: ConcurrencyState,
  start: TickWords,
  end: TickWords,
  row: number,
  modalities: number,
): void {
  clock.set(start, row)
  const hour = clock.units
  const started = events.at(hour)
  started.started += 1
  if (!isBefore(start, row, end, row)) return
  events.add(started, clock.ticks, EventKind.start, modalities)
  clock.set(end, row)
  // What ends at a full hour ends in the hour before.
  const isFull = clock.ticks === 0
  const lastHour = clock.units - (isFull ? 1 : 0)
  started.listedTo = Math.max(started.listedTo, Math.min(lastHour, hour + MAX_HOURS_OF_SESSION - 1))
  events.add(events.at(lastHour), isFull ? HOUR_TICKS : clock.ticks, EventKind.end, modalities)
}

function meanSessions(total: TickSums, { firstStartTicks, lastEndTicks }: Extent): number | null {
  const span = (lastEndTicks ?? 0n) - (firstStartTicks ?? 0n)
  return span === 0n ? null : nearestDouble(total.ticks(0), span)
}

function busyHour(hours: readonly HourFigures[]): Concurrency["busyHour"] {
  let busiest: HourFigures | null = null
  for (const each of hours) if (each.ticks > (busiest?.ticks ?? 0n)) busiest = each
  return busiest === null
    ? null
    : { start: hourStart(busiest), sessionSeconds: secondsOf(busiest.ticks), erlangs: erlangs(busiest) }
}

function hourFigures(figures: HourFigures): ConcurrencyHour {
  const { peak, started } = figures
  return { start: hourStart(figures), peak, meanSessions: erlangs(figures), started }
}

function hourStart(figures: HourFigures): string {
  return printInstant(BigInt(figures.hour) * BigInt(HOUR_TICKS))
}

function erlangs(figures: HourFigures): number {
  return nearestDouble(figures.ticks, BigInt(HOUR_TICKS))
}
