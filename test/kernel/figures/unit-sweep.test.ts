import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  IntervalEvents,
  IntervalRows,
  SLOT_COUNT,
  UnitSweep,
  type UnitFigures,
} from "../../../packages/kernel/dist/index.js"
import { loadBatches } from "./load-intervals.ts"

const HOUR = 36_000_000_000n
const YEAR_1 = -621_355_968_000_000_000n
const YEAR_9999 = 2_534_023_008_000_000_000n

interface Span {
  readonly start: bigint
  readonly end: bigint
  readonly set: number
}

const floor = (value: bigint, unit: bigint): bigint => (value - (((value % unit) + unit) % unit)) / unit
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const greatest = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** What the sweep says of some spans, which come in batches of so many. */
function sweep(spans: readonly Span[], unitTicks: bigint, batchRows: number) {
  const rows = new IntervalRows()
  const events = new IntervalEvents(rows, unitTicks, 48)
  const parts: { unit: number; events: Uint8Array }[] = []
  loadBatches(rows, spans, batchRows, () => {
    const split = events.split()
    let at = 0
    split.units.forEach((unit, index) => {
      const end = at + 8 * (split.counts[index] ?? 0)
      parts.push({ unit, events: split.events.slice(at, end) })
      at = end
    })
  })
  const figures: UnitFigures[] = []
  const sweeping = new UnitSweep(unitTicks, (each) => figures.push(each))
  for (const unit of [...new Set(parts.map((part) => part.unit))].toSorted((a, b) => a - b)) {
    const own = Buffer.concat(parts.filter((part) => part.unit === unit).map((part) => part.events))
    sweeping.add(Int32Array.of(unit), Uint32Array.of(own.length / 8)).set(own)
  }
  const peaks = sweeping.finish()
  return { figures, peaks, summary: events.summary() }
}

/** By the definition: the peak is reached where one starts. */
function peakOf(spans: readonly Span[]): { peak: number; at: bigint | null } {
  let best: { peak: number; at: bigint | null } = { peak: 0, at: null }
  for (const at of spans.map(({ start }) => start).toSorted((a, b) => (a < b ? -1 : 1))) {
    const peak = spans.filter(({ start, end }) => start <= at && at < end).length
    if (peak > best.peak) best = { peak, at }
  }
  return best
}

const spansAround = (instants: fc.Arbitrary<bigint>): fc.Arbitrary<Span[]> =>
  fc.array(
    fc.tuple(instants, instants, fc.nat(127)).map(([a, b, set]) => ({ start: least(a, b), end: greatest(a, b), set })),
    { maxLength: 60, size: "max" },
  )

const anyInstants = fc.oneof(
  fc.bigInt({ min: -3n * HOUR, max: 3n * HOUR }),
  fc
    .tuple(fc.integer({ min: -3, max: 60 }), fc.constantFrom(-1n, 0n, 1n))
    .map(([hour, by]) => BigInt(hour) * HOUR + by),
  fc.bigInt({ min: YEAR_1, max: YEAR_9999 }),
)

describe("events by unit, swept", () => {
  it("give what the definitions say, at all instants", () => {
    fc.assert(
      fc.property(spansAround(anyInstants), fc.integer({ min: 1, max: 60 }), (spans, batchRows) => {
        const { figures, peaks, summary } = sweep(spans, HOUR, batchRows)
        const timed = spans.filter(({ start, end }) => start < end)
        for (let slot = 0; slot < SLOT_COUNT; slot++) {
          const own = timed.filter(({ set }) => slot === SLOT_COUNT - 1 || (set & (1 << slot)) !== 0)
          const { peak, at } = peakOf(own)
          expect(peaks[slot]?.peak).toBe(peak)
          if (at !== null) expect(BigInt(peaks[slot]?.unit ?? 0) * HOUR + (peaks[slot]?.ticksIntoUnit ?? 0n)).toBe(at)
        }
        const lastUnit = ({ start, end }: Span): bigint => floor(start === end ? start : end - 1n, HOUR)
        const units = [...new Set(spans.flatMap((each) => [floor(each.start, HOUR), lastUnit(each)]))]
        expect(figures.map(({ unit }) => BigInt(unit))).toEqual(units.toSorted((a, b) => (a < b ? -1 : 1)))
        for (const { unit, started, runningAfter, runsOn, balanceTicks } of figures) {
          const [from, to] = [BigInt(unit) * HOUR, BigInt(unit + 1) * HOUR]
          const own = spans.filter(({ start }) => floor(start, HOUR) === BigInt(unit))
          expect(started).toBe(own.length)
          expect(runningAfter).toBe(timed.filter(({ start, end }) => start < to && end > to).length)
          const furthest = own.map((each) => lastUnit(each) - BigInt(unit)).reduce(greatest, 0n)
          expect(BigInt(runsOn)).toBe(least(furthest, 47n))
          const before = timed.filter(({ start, end }) => start < from && end > from).length
          const time = timed.reduce((sum, { start, end }) => {
            const shared = least(end, to) - greatest(start, from)
            return shared > 0n ? sum + shared : sum
          }, 0n)
          expect(BigInt(before) * HOUR + balanceTicks).toBe(time)
        }
        expect(summary).toEqual({
          firstStartTicks: spans.length === 0 ? null : spans.map(({ start }) => start).reduce(least),
          lastEndTicks: spans.length === 0 ? null : spans.map(({ end }) => end).reduce(greatest),
          sumTicks: spans.reduce((sum, { start, end }) => sum + end - start, 0n),
        })
      }),
      { numRuns: 200 },
    )
  })

  it("are in order where they crowd in one part of the unit", () => {
    const spans = Array.from({ length: 3000 }, (_, index) => ({
      start: BigInt((index * 7919) % 3000),
      end: HOUR - BigInt((index * 104_729) % 3000),
      set: index % 128,
    }))
    const { figures, peaks } = sweep(spans, HOUR, 700)
    const sumTicks = spans.reduce((sum, { start, end }) => sum + end - start, 0n)
    expect(figures).toEqual([
      { unit: 0, started: 3000, peak: 3000, runningAfter: 0, runsOn: 0, balanceTicks: sumTicks },
    ])
    expect(peaks.at(-1)).toEqual({ peak: 3000, unit: 0, ticksIntoUnit: 2999n })
    expect(peaks[6]?.peak).toBe(spans.filter(({ set }) => (set & 64) !== 0).length)
  })

  it("keep the time of a unit exact past 2^53", () => {
    const count = 300_000
    const spans = Array.from({ length: count }, (_, index) => ({ start: 1n, end: HOUR - BigInt(index % 2), set: 0 }))
    const perPair = 2n * HOUR - 3n
    expect(sweep(spans, HOUR, count).figures).toEqual([
      {
        unit: 0,
        started: count,
        peak: count,
        runningAfter: 0,
        runsOn: 0,
        balanceTicks: (perPair * BigInt(count)) / 2n,
      },
    ])
  })

  it("sum more than 64 bits hold", () => {
    const spans = Array.from({ length: 40 }, (_, index) => ({ start: YEAR_1, end: YEAR_9999 - BigInt(index), set: 1 }))
    const { summary } = sweep(spans, HOUR, 7)
    expect(summary.sumTicks).toBe(spans.reduce((sum, { start, end }) => sum + end - start, 0n))
    expect(summary.sumTicks).toBeGreaterThan(2n ** 64n)
  })

  it("of nothing are none", () => {
    const { figures, peaks, summary } = sweep([], HOUR, 1)
    expect(figures).toEqual([])
    expect(peaks.every(({ peak }) => peak === 0)).toBe(true)
    expect(summary).toEqual({ firstStartTicks: null, lastEndTicks: null, sumTicks: 0n })
  })
})
