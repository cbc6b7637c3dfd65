/**
 * The starts and ends of the intervals of a batch, told apart by the unit of time in which they lie, and the sum of all
 * intervals. An interval that ends where a unit begins ends in the unit before.
 */
import type { Regions } from "./figures-memory.ts"
import type { IntervalRows } from "./interval-rows.ts"

/** Bytes of an event, whose form `UnitSweep` knows. */
export const EVENT_BYTES = 8
/** An interval can say through so many units it runs. */
export const MAX_UNITS = 64

const EVENTS_PER_ROW = 2
const NUMBER_BYTES = 4
const DIGIT_VALUES = 2 ** 16
const SUMMARY_BYTES = 32

/** The events of a batch. */
export interface UnitEvents {
  /** Numbers of units with events, counted from 1970-01-01T00:00:00Z, ascending, each once; how many each has. */
  readonly units: Int32Array
  readonly counts: Uint32Array
  /** The events, one unit after the other. */
  readonly events: Uint8Array
}

/** From when to when, and how long in all. */
export interface IntervalSummary {
  /** Null where there was no interval. */
  readonly firstStartTicks: bigint | null
  readonly lastEndTicks: bigint | null
  readonly sumTicks: bigint
}

/** Takes batches apart into events. */
export class IntervalEvents {
  readonly #rows: IntervalRows
  readonly #unitTicks: bigint
  readonly #maxUnits: bigint
  readonly #fixed: Regions<"places" | "summary">
  #at: Regions<"events" | "units" | "sorted" | "sortedUnits"> | null = null
  #maxRowCount = 0

  /** Units of `unitTicks` ticks, below 2^48; an interval says how many more units it runs on, up to `maxUnits` in all. */
  constructor(rows: IntervalRows, unitTicks: bigint, maxUnits: number) {
    if (maxUnits > MAX_UNITS) throw new RangeError(`an event has no room for ${maxUnits} units`)
    this.#rows = rows
    this.#unitTicks = unitTicks
    this.#maxUnits = BigInt(maxUnits)
    this.#fixed = rows.memory.take({ places: NUMBER_BYTES * DIGIT_VALUES, summary: SUMMARY_BYTES })
    const summary = this.#summary()
    summary[0] = 2n ** 63n - 1n
    summary[1] = -(2n ** 63n)
  }

  /** The events of the batch that is loaded. Valid until the memory is used for anything else. */
  split(): UnitEvents {
    const { memory, at, intervalCount } = this.#rows
    const { exports } = memory
    const { events, units, sorted, sortedUnits } = this.#regions()
    const { places, summary } = this.#fixed
    const [unitTicks, maxUnits] = [this.#unitTicks, this.#maxUnits]
    const { intervals, starts, ends, sets } = at
    const count = exports.splitIntoEvents(
      intervals,
      intervalCount,
      starts,
      ends,
      sets,
      unitTicks,
      maxUnits,
      events,
      units,
      summary,
    )
    if (count > 0) exports.sortByUnit(events, units, count, sorted, sortedUnits, places)
    // What was sorted is not needed any more: the distinct units and their counts lie there.
    const unitCount = exports.countUnits(sortedUnits, count, units, events)
    const { buffer } = memory.bytes
    return {
      units: new Int32Array(buffer, units, unitCount),
      counts: new Uint32Array(buffer, events, unitCount),
      events: new Uint8Array(buffer, sorted, EVENT_BYTES * count),
    }
  }

  /** Of all batches that were split. */
  summary(): IntervalSummary {
    const [first = 0n, last = 0n, low = 0n, high = 0n] = this.#summary()
    const isEmpty = first > last
    return {
      firstStartTicks: isEmpty ? null : first,
      lastEndTicks: isEmpty ? null : last,
      sumTicks: (BigInt.asUintN(64, high) << 64n) + BigInt.asUintN(64, low),
    }
  }

  #summary(): BigInt64Array {
    return new BigInt64Array(this.#rows.memory.bytes.buffer, this.#fixed.summary, SUMMARY_BYTES / 8)
  }

  #regions(): Regions<"events" | "units" | "sorted" | "sortedUnits"> {
    const { memory, maxRowCount } = this.#rows
    if (this.#at !== null && maxRowCount === this.#maxRowCount) return this.#at
    this.#maxRowCount = maxRowCount
    const eventBytes = EVENTS_PER_ROW * EVENT_BYTES * maxRowCount
    const unitBytes = EVENTS_PER_ROW * NUMBER_BYTES * maxRowCount
    this.#at = memory.take({ events: eventBytes, units: unitBytes, sorted: eventBytes, sortedUnits: unitBytes })
    return this.#at
  }
}
