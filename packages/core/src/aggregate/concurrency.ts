/**
 * How many sessions ran at once. In: timed sessions as half-open intervals. Out: the peak, the mean, UTC clock hours,
 * the busy hour, and the peak of each modality. One sweep over starts and ends; nothing is compared pair by pair.
 */
import type { Facts } from "../facts/facts.ts"
import { printInstant } from "../model/instant.ts"
import { MODALITIES, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { extent } from "./extent.ts"
import { HOUR_TICKS, HourSweep, type HourFigures } from "./hour-sweep.ts"
import { nearestDouble, secondsOf } from "./rational.ts"
import { sortedRows, type RowList } from "./row-list.ts"
import { TickSums } from "./tick-sums.ts"
import { ticksInUnit, tickWords, wholeUnits, type TickWords } from "./tick-words.ts"
import { timedRows } from "./timed-rows.ts"
import { EventKind, eventKind, eventRow, timeline } from "./timeline.ts"

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
  /** In order of time; `HourSweep` says which. */
  readonly byHour: readonly ConcurrencyHour[]
  /** Every modality of the model, in its order. */
  readonly byModality: readonly ({ readonly modality: Modality } & Peak)[]
}

const NO_PEAK: Peak = { peak: 0, peakAt: null }
/** The slot after those of the modalities, as a bit. */
const ALL_SESSIONS = 1 << MODALITIES.length

/** Sessions at once. */
export const concurrency: Aggregate<RowList, Concurrency> = {
  ...timedRows,
  finish: (state, facts) => {
    const rows = sortedRows(state)
    const events = timeline(facts, rows)
    const hours = sweepHours(facts, events)
    const peaks = sweepPeaks(facts, events)
    const { peak, peakAt } = peaks.at(-1) ?? NO_PEAK
    return {
      peak,
      peakAt,
      meanSessions: meanSessions(facts, rows),
      busyHour: busyHour(hours),
      byHour: hours.map(hourFigures),
      byModality: MODALITIES.map((modality, index) => ({ modality, ...(peaks[index] ?? NO_PEAK) })),
    }
  },
}

/** The peaks of the sessions with each modality, by index in `MODALITIES`, and after them that of all. */
function sweepPeaks(facts: Facts, events: Int32Array): readonly Peak[] {
  const running = new Int32Array(MODALITIES.length + 1)
  const peaks = new Int32Array(running.length)
  const peakRows = new Int32Array(running.length).fill(-1)
  for (const event of events) {
    const kind = eventKind(event)
    if (kind === EventKind.empty) continue
    const row = eventRow(event)
    const step = kind === EventKind.start ? 1 : -1
    const slots = (facts.modalities[row] ?? 0) | ALL_SESSIONS
    for (let slot = 0; slot < running.length; slot++) {
      if ((slots & (1 << slot)) === 0) continue
      const count = (running[slot] ?? 0) + step
      running[slot] = count
      if (count <= (peaks[slot] ?? 0)) continue
      peaks[slot] = count
      peakRows[slot] = row
    }
  }
  return Array.from(peaks, (peak, slot) => ({ peak, peakAt: startOf(facts, peakRows[slot] ?? -1) }))
}

function startOf(facts: Facts, row: number): string | null {
  return row < 0 ? null : printInstant(facts.startTicks[row] ?? 0n)
}

function sweepHours(facts: Facts, events: Int32Array): readonly HourFigures[] {
  const start = tickWords(facts.startTicks)
  const end = tickWords(facts.endTicks)
  const sweep = new HourSweep()
  for (const event of events) {
    const row = eventRow(event)
    const kind = eventKind(event)
    if (kind === EventKind.end) sweep.end(lastHour(end, row), ticksIntoLastHour(end, row))
    else if (kind === EventKind.empty) sweep.empty(wholeUnits(start, row, HOUR_TICKS))
    else sweep.start(wholeUnits(start, row, HOUR_TICKS), ticksInUnit(start, row, HOUR_TICKS), lastHour(end, row))
  }
  return sweep.finish()
}

/** The hour of the last tick before an end. */
function lastHour(end: TickWords, row: number): number {
  return wholeUnits(end, row, HOUR_TICKS) - (ticksInUnit(end, row, HOUR_TICKS) === 0 ? 1 : 0)
}

function ticksIntoLastHour(end: TickWords, row: number): number {
  const ticks = ticksInUnit(end, row, HOUR_TICKS)
  return ticks === 0 ? HOUR_TICKS : ticks
}

function meanSessions(facts: Facts, rows: Int32Array): number | null {
  const state = extent.zero()
  const total = new TickSums(1)
  const start = tickWords(facts.startTicks)
  const end = tickWords(facts.endTicks)
  for (const row of rows) {
    extent.add(state, facts, row)
    total.addSpan(0, start, row, end, row)
  }
  const span = (state.lastEndTicks ?? 0n) - (state.firstStartTicks ?? 0n)
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
