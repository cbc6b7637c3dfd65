import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { concurrency } from "#core/aggregate/concurrency.ts"
import { nearestDouble, secondsOf } from "#core/aggregate/rational.ts"
import { MODALITIES } from "#core/model/modality.ts"
import { printInstant } from "#core/model/instant.ts"
import { SLOT_COUNT } from "../../../packages/kernel/dist/index.js"
import { sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts } from "./facts-builder.ts"
import { ascending, intervals, larger, peakOf, smaller, type Interval } from "./oracle.ts"
import { run } from "./run-aggregate.ts"

const HOUR = 36_000_000_000n
const hourOf = (ticks: bigint): bigint => (ticks - (((ticks % HOUR) + HOUR) % HOUR)) / HOUR
const lastHourOf = ({ start, end }: Interval): bigint => (start === end ? hourOf(start) : hourOf(end - 1n))

function listedHours(all: readonly Interval[]): bigint[] {
  const hours = new Set<bigint>()
  for (const each of all) {
    const first = hourOf(each.start)
    for (let hour = first; hour <= smaller(lastHourOf(each), first + 47n); hour++) hours.add(hour)
    hours.add(lastHourOf(each))
  }
  return [...hours].toSorted(ascending)
}

function hourTicks(all: readonly Interval[], hour: bigint): bigint {
  return all.reduce((sum, { start, end }) => {
    const shared = smaller(end, (hour + 1n) * HOUR) - larger(start, hour * HOUR)
    return shared > 0n ? sum + shared : sum
  }, 0n)
}

/** What runs in an hour, cut to it, so that its peak is that of the hour. */
function cutToHour(all: readonly Interval[], hour: bigint): Interval[] {
  return all
    .map((each) => ({ ...each, start: larger(each.start, hour * HOUR), end: smaller(each.end, (hour + 1n) * HOUR) }))
    .filter(({ start, end }) => start < end)
}

const printMaybe = (ticks: bigint | null): string | null => (ticks === null ? null : printInstant(ticks))

describe("concurrency", () => {
  it("equals that made the obvious way", () => {
    fc.assert(
      fc.property(sessionLists(60), (list) => {
        const facts = buildFacts(list)
        const all = intervals(facts)
        const result = run(concurrency, facts)
        const { peak, at } = peakOf(all)
        expect([result.peak, result.peakAt]).toEqual([peak, printMaybe(at)])
        MODALITIES.forEach((modality, bit) => {
          const own = peakOf(all.filter(({ row }) => ((facts.modalities[row] ?? 0) & (1 << bit)) !== 0))
          expect(result.byModality[bit]).toEqual({ modality, peak: own.peak, peakAt: printMaybe(own.at) })
        })
        const hours = listedHours(all)
        expect(result.byHour).toEqual(
          hours.map((hour) => ({
            start: printInstant(hour * HOUR),
            peak: peakOf(cutToHour(all, hour)).peak,
            meanSessions: nearestDouble(hourTicks(all, hour), HOUR),
            started: all.filter(({ start }) => hourOf(start) === hour).length,
          })),
        )
        const most = hours.map((hour) => hourTicks(all, hour)).reduce(larger, 0n)
        const busiest = hours.find((hour) => hourTicks(all, hour) === most)
        expect(result.busyHour).toEqual(
          most === 0n || busiest === undefined
            ? null
            : {
                start: printInstant(busiest * HOUR),
                sessionSeconds: secondsOf(most),
                erlangs: nearestDouble(most, HOUR),
              },
        )
        const span =
          all.map(({ end }) => end).reduce(larger, all[0]?.end ?? 0n) -
          all.map(({ start }) => start).reduce(smaller, all[0]?.start ?? 0n)
        const total = all.reduce((sum, { start, end }) => sum + end - start, 0n)
        expect(result.meanSessions).toBe(span === 0n ? null : nearestDouble(total, span))
      }),
      { numRuns: 100 },
    )
  })

  it("has a slot for every modality beside that of all sessions", () => {
    expect(run(concurrency, buildFacts([])).byModality).toHaveLength(MODALITIES.length)
    expect(MODALITIES.length).toBeLessThan(SLOT_COUNT)
  })

  it("does not count touching sessions together, nor empty ones at all", () => {
    const facts = buildFacts([
      { start: 0n, end: 10n },
      { start: 10n, end: 20n },
      { start: 5n, end: 5n },
    ])
    expect(run(concurrency, facts)).toMatchObject({ peak: 1, peakAt: "1970-01-01T00:00:00.0000000Z", meanSessions: 1 })
  })

  it("is 0 at no time where nothing runs", () => {
    expect(run(concurrency, buildFacts([{ start: 7n, end: 7n }]))).toMatchObject({
      peak: 0,
      peakAt: null,
      meanSessions: null,
      busyHour: null,
      byHour: [{ start: "1970-01-01T00:00:00.0000000Z", peak: 0, meanSessions: 0, started: 1 }],
    })
    expect(run(concurrency, buildFacts([]))).toMatchObject({
      peak: 0,
      peakAt: null,
      meanSessions: null,
      busyHour: null,
      byHour: [],
    })
  })

  it("follows a session through 48 hours and lists the hour in which it ends", () => {
    const { byHour } = run(concurrency, buildFacts([{ start: 0n, end: 100n * HOUR }]))
    expect(byHour).toHaveLength(49)
    expect(byHour.at(-2)?.start).toBe("1970-01-02T23:00:00.0000000Z")
    expect(byHour.at(-1)?.start).toBe("1970-01-05T03:00:00.0000000Z")
    expect(byHour.every(({ peak, meanSessions }) => peak === 1 && meanSessions === 1)).toBe(true)
  })

  it("keeps the time of an hour exact where many sessions run", () => {
    const many = Array.from({ length: 200 }, (_, index) => ({
      start: -621_355_968_000_000_000n + BigInt(index),
      end: HOUR - BigInt(index),
    }))
    const facts = buildFacts(many)
    expect(run(concurrency, facts).byHour.at(-1)?.meanSessions).toBe(
      nearestDouble(hourTicks(intervals(facts), 0n), HOUR),
    )
  })
})

describe("extent", () => {
  it("spans timed sessions alone", () => {
    const facts = buildFacts([
      { start: -5n, end: -9n },
      { start: 3n, end: 3n },
      { start: 1n, end: 7n },
      { start: 99n, end: 0n },
    ])
    expect(run(concurrency, facts).extent).toEqual({ firstStartTicks: 1n, lastEndTicks: 7n })
    expect(run(concurrency, buildFacts([])).extent).toEqual({ firstStartTicks: null, lastEndTicks: null })
  })
})
