/**
 * How many sessions ran at once. In: timed sessions as half-open intervals. Out: the peak, the mean, UTC clock hours,
 * the busy hour, and the peak of each modality. One sweep over starts and ends, hour by hour; nothing is compared pair by pair.
 */
import { IntervalEvents } from "@callsift/kernel"
import { printInstant } from "../model/instant.ts"
import { MODALITIES, type Modality } from "../model/modality.ts"
import type { Aggregate } from "./aggregate.ts"
import { ConcurrencySweep, type HourFigures, type PeakTicks } from "./concurrency-sweep.ts"
import type { Extent } from "./extent.ts"
import { EventsByHour, HOUR_TICKS } from "./hour-events.ts"
import { nearestDouble, secondsOf } from "./rational.ts"

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
const HOURS_OF_DAY = 24
const MIDNIGHT = "T00:00:00.0000000Z"

interface ConcurrencyState {
  readonly split: IntervalEvents
  readonly events: EventsByHour
}

/** Sessions at once, and from when to when there are any. */
export const concurrency: Aggregate<ConcurrencyState, Concurrency & { readonly extent: Extent }> = {
  zero: (facts, sessions) => ({
    split: new IntervalEvents(sessions.rows, BigInt(HOUR_TICKS), MAX_HOURS_OF_SESSION),
    events: new EventsByHour(facts.space),
  }),
  add: ({ split, events }) => events.add(split.split()),
  finish: ({ split, events }) => {
    const sweep = new ConcurrencySweep()
    for (const hours of events.inOrder()) sweep.add(hours)
    const peaks = sweep.peaks().map(shownPeak)
    const { peak, peakAt } = peaks.at(-1) ?? NO_PEAK
    const { sumTicks, ...whole } = split.summary()
    return {
      peak,
      peakAt,
      meanSessions: meanSessions(sumTicks, whole),
      busyHour: busyHour(sweep.hours),
      byHour: sweep.hours.map(hourFigures()),
      byModality: MODALITIES.map((modality, index) => ({ modality, ...(peaks[index] ?? NO_PEAK) })),
      extent: whole,
    }
  },
}

const NO_PEAK: Peak = { peak: 0, peakAt: null }

function shownPeak({ peak, atTicks }: PeakTicks): Peak {
  return { peak, peakAt: atTicks === null ? null : printInstant(atTicks) }
}

function meanSessions(totalTicks: bigint, { firstStartTicks, lastEndTicks }: Extent): number | null {
  const span = (lastEndTicks ?? 0n) - (firstStartTicks ?? 0n)
  return span === 0n ? null : nearestDouble(totalTicks, span)
}

function busyHour(hours: readonly HourFigures[]): Concurrency["busyHour"] {
  let busiest: HourFigures | null = null
  for (const each of hours) if (each.ticks > (busiest?.ticks ?? 0n)) busiest = each
  return busiest === null
    ? null
    : { start: hourStart(busiest.hour), sessionSeconds: secondsOf(busiest.ticks), erlangs: erlangs(busiest) }
}

/** Gives what the report says of hours, in the order of time. */
function hourFigures(): (figures: HourFigures) => ConcurrencyHour {
  const startOf = hourStarts()
  return (figures) => ({
    start: startOf(figures.hour),
    peak: figures.peak,
    meanSessions: erlangs(figures),
    started: figures.started,
  })
}

/** Gives the beginnings of hours as text. Hours of one day differ in two digits, so a day is printed once. */
function hourStarts(): (hour: number) => string {
  let day = Number.NaN
  let dayText = ""
  return (hour) => {
    if (Math.floor(hour / HOURS_OF_DAY) !== day) {
      day = Math.floor(hour / HOURS_OF_DAY)
      dayText = hourStart(day * HOURS_OF_DAY)
    }
    // Days that begin outside of the years 0001 to 9999 are printed with an offset.
    if (!dayText.endsWith(MIDNIGHT)) return hourStart(hour)
    const hourText = String(hour - day * HOURS_OF_DAY).padStart(2, "0")
    return `${dayText.slice(0, -MIDNIGHT.length)}T${hourText}${MIDNIGHT.slice("T00".length)}`
  }
}

function hourStart(hour: number): string {
  return printInstant(BigInt(hour) * BigInt(HOUR_TICKS))
}

function erlangs(figures: HourFigures): number {
  return nearestDouble(figures.ticks, BigInt(HOUR_TICKS))
}
