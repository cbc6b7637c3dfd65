/**
 * The sweep over the events of `IntervalEvents`, unit after unit in the order of time: how many intervals run at once, in
 * each of 8 slots. It takes as many units at once as their events fill its memory.
 */
import { FiguresMemory, type Regions } from "./figures-memory.ts"
import type { IntervalExports } from "./interval-exports.ts"
import { EVENT_BYTES } from "./interval-events.ts"

/** Slots: one for each bit of an interval's set but the last, and that of all intervals. */
export const SLOT_COUNT = 8

const NUMBER_BYTES = 4
const TICK_BYTES = 8
const FIGURES_BYTES = 24
const FIGURES_WORDS = FIGURES_BYTES / NUMBER_BYTES
const FIGURES_LONGS = FIGURES_BYTES / TICK_BYTES
const STATE_BYTES = SLOT_COUNT * (3 * NUMBER_BYTES + TICK_BYTES)
/** Where peaks, their units and the ticks into these stand in the state. */
const PEAKS = SLOT_COUNT * NUMBER_BYTES
const PEAK_UNITS = 2 * PEAKS
const PEAK_TICKS = 3 * PEAKS

const FIRST_CAPACITY = { units: 2 ** 10, events: 2 ** 15 }

/** What happens in one unit of time. */
export interface UnitFigures {
  readonly unit: number
  /** Intervals that start in it, empty ones included. */
  readonly started: number
  /** The most that run at once, and how many run at its end. */
  readonly peak: number
  readonly runningAfter: number
  /** Through how many more units one of those that start in it runs, at most. */
  readonly runsOn: number
  /** Time within the unit of what starts in it less that which what ends lacks, as if all ran to its end. */
  readonly balanceTicks: bigint
}

/** The most at once of a slot, and the first instant of it; at no instant where none runs. */
export interface SlotPeak {
  readonly peak: number
  readonly unit: number
  readonly ticksIntoUnit: bigint
}

type SweepRegions = Regions<"state" | "units" | "counts" | "figures" | "events" | "spare" | "places">

/** Give it the events of every unit in which something happens, in the order of time. */
export class UnitSweep {
  readonly #memory = new FiguresMemory<IntervalExports>()
  readonly #unitTicks: bigint
  readonly #take: (figures: UnitFigures) => void
  #capacity = FIRST_CAPACITY
  #at: SweepRegions
  #unitCount = 0
  #eventCount = 0

  /** Units of `unitTicks` ticks, whose figures are given to `take`, in the order of time. */
  constructor(unitTicks: bigint, take: (figures: UnitFigures) => void) {
    this.#unitTicks = unitTicks
    this.#take = take
    this.#at = this.#lay()
  }

  /** The next units, and how many events each has: where to put these. Valid until the next call of any method. */
  add(units: Int32Array, counts: Uint32Array): Uint8Array {
    const eventCount = counts.reduce((sum, count) => sum + count, 0)
    this.#makeRoom(units.length, eventCount)
    const { bytes } = this.#memory
    new Int32Array(bytes.buffer, this.#at.units, this.#capacity.units).set(units, this.#unitCount)
    new Uint32Array(bytes.buffer, this.#at.counts, this.#capacity.units).set(counts, this.#unitCount)
    const from = this.#at.events + EVENT_BYTES * this.#eventCount
    this.#unitCount += units.length
    this.#eventCount += eventCount
    return bytes.subarray(from, from + EVENT_BYTES * eventCount)
  }

  /** When all events are there: the peak of each slot. */
  finish(): readonly SlotPeak[] {
    this.#sweep()
    const { buffer } = this.#memory.bytes
    const { state } = this.#at
    const peaks = new Int32Array(buffer, state + PEAKS, SLOT_COUNT)
    const units = new Int32Array(buffer, state + PEAK_UNITS, SLOT_COUNT)
    const ticks = new BigInt64Array(buffer, state + PEAK_TICKS, SLOT_COUNT)
    return Array.from(peaks, (peak, slot) => ({ peak, unit: units[slot] ?? 0, ticksIntoUnit: ticks[slot] ?? 0n }))
  }

  #makeRoom(unitCount: number, eventCount: number): void {
    const { units, events } = this.#capacity
    if (this.#unitCount + unitCount <= units && this.#eventCount + eventCount <= events) return
    this.#sweep()
    if (unitCount <= units && eventCount <= events) return
    this.#capacity = { units: Math.max(units, unitCount), events: Math.max(events, eventCount) }
    this.#at = this.#lay()
  }

  /** The state lies in front, so it stays. */
  #lay(): SweepRegions {
    const { units, events } = this.#capacity
    return this.#memory.lay({
      state: STATE_BYTES,
      units: NUMBER_BYTES * units,
      counts: NUMBER_BYTES * units,
      figures: FIGURES_BYTES * units,
      events: EVENT_BYTES * events,
      spare: EVENT_BYTES * events,
      places: NUMBER_BYTES * (events + 1),
    })
  }

  #sweep(): void {
    const { state, units, counts, figures, events, spare, places } = this.#at
    const { sweepUnits } = this.#memory.exports
    sweepUnits(units, counts, this.#unitCount, this.#unitTicks, events, spare, places, state, figures)
    this.#giveFigures()
    this.#unitCount = 0
    this.#eventCount = 0
  }

  #giveFigures(): void {
    const { buffer } = this.#memory.bytes
    const units = new Int32Array(buffer, this.#at.units, this.#unitCount)
    const words = new Uint32Array(buffer, this.#at.figures, FIGURES_WORDS * this.#unitCount)
    const longs = new BigInt64Array(buffer, this.#at.figures, FIGURES_LONGS * this.#unitCount)
    for (let index = 0; index < units.length; index++) {
      const at = FIGURES_WORDS * index
      this.#take({
        unit: units[index] ?? 0,
        started: words[at] ?? 0,
        peak: words[at + 1] ?? 0,
        runningAfter: words[at + 2] ?? 0,
        runsOn: words[at + 3] ?? 0,
        balanceTicks: longs[FIGURES_LONGS * index + 2] ?? 0n,
      })
    }
  }
}
