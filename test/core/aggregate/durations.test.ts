import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { HISTOGRAM_EDGES_SECONDS, type DurationStatistics } from "#core/aggregate/durations.ts"
import { nearestDouble, nearestRoot, secondsOf } from "#core/aggregate/rational.ts"
import { RowFlag } from "#core/facts/facts.ts"
import { MODALITIES } from "#core/model/modality.ts"
import { CALLS, sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts, type TestFacts } from "./facts-builder.ts"
import { ascending, intervals, type Interval } from "./oracle.ts"
import { runDurations } from "./run-aggregate.ts"

const SECOND = 10_000_000n

/** Quantile of type 7 by its definition: x[⌊h⌋] + (h − ⌊h⌋)(x[⌊h⌋ + 1] − x[⌊h⌋]), h = (n − 1)p, all times 100. */
function percentile(sorted: readonly bigint[], percent: bigint): number {
  const scaled = BigInt(sorted.length - 1) * percent
  const at = (index: bigint): bigint => sorted[Number(index)] ?? sorted.at(-1) ?? 0n
  const low = at(scaled / 100n)
  return nearestDouble(100n * low + (scaled % 100n) * (at(scaled / 100n + 1n) - low), 100n * SECOND)
}

function statistics(all: readonly Interval[]): DurationStatistics {
  const sorted = all.map(({ start, end }) => end - start).toSorted(ascending)
  const count = BigInt(sorted.length)
  const sum = sorted.reduce((total, each) => total + each, 0n)
  const deviations = sorted.reduce((total, each) => total + (count * each - sum) ** 2n, 0n)
  const orNull = (valueOf: () => number): number | null => (count === 0n ? null : valueOf())
  return {
    count: sorted.length,
    minSeconds: orNull(() => secondsOf(sorted[0] ?? 0n)),
    maxSeconds: orNull(() => secondsOf(sorted.at(-1) ?? 0n)),
    meanSeconds: orNull(() => nearestDouble(sum, count * SECOND)),
    stddevSeconds: orNull(() => nearestRoot(deviations, count ** 3n * SECOND ** 2n)),
    sumSeconds: orNull(() => secondsOf(sum)),
    p50Seconds: orNull(() => percentile(sorted, 50n)),
    p90Seconds: orNull(() => percentile(sorted, 90n)),
    p95Seconds: orNull(() => percentile(sorted, 95n)),
    p99Seconds: orNull(() => percentile(sorted, 99n)),
  }
}

const lasting = (...ticks: readonly bigint[]): TestFacts =>
  buildFacts(ticks.map((each) => ({ start: 5n, end: 5n + each })))

describe("durations", () => {
  it.each([
    ["all kept", 2 ** 24],
    ["seen twice", 0],
  ])("equal those made the obvious way: %s", (_, memoryBytes) => {
    fc.assert(
      fc.property(sessionLists(200), (list) => {
        const facts = buildFacts(list, CALLS, memoryBytes)
        const all = intervals(facts)
        const result = runDurations(facts)
        const failed = ({ row }: Interval): boolean => ((facts.flags[row] ?? 0) & RowFlag.failed) !== 0
        expect(result.overall).toEqual(statistics(all))
        MODALITIES.forEach((modality, bit) => {
          const own = all.filter(({ row }) => ((facts.modalities[row] ?? 0) & (1 << bit)) !== 0)
          expect(result.byModality[bit]).toEqual({ modality, ...statistics(own) })
        })
        expect(result.byFailure).toEqual([
          { failed: false, ...statistics(all.filter((each) => !failed(each))) },
          { failed: true, ...statistics(all.filter(failed)) },
        ])
        for (const { callType, ...own } of result.byCallType) {
          expect(own).toEqual(
            statistics(all.filter(({ row }) => (facts.calls.get(facts.call[row] ?? -1)?.type ?? null) === callType)),
          )
        }
        expect(result.byCallType.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
        expect(result.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
        for (const { fromSeconds, toSeconds, count } of result.histogram) {
          const isIn = ({ start, end }: Interval): boolean =>
            end - start >= BigInt(fromSeconds) * SECOND &&
            (toSeconds === null || end - start < BigInt(toSeconds) * SECOND)
          expect(count).toBe(all.filter(isIn).length)
        }
      }),
      { numRuns: 60 },
    )
  })

  it("have the quantiles that numpy gives by default", () => {
    // numpy.percentile([1, 2, 3, 4], [50, 90, 95, 99]), and of [15, 20, 35, 40, 50].
    const four = runDurations(lasting(4n * SECOND, 1n * SECOND, 3n * SECOND, 2n * SECOND)).overall
    expect([four.p50Seconds, four.p90Seconds, four.p95Seconds, four.p99Seconds]).toEqual([2.5, 3.7, 3.85, 3.97])
    const five = runDurations(lasting(15n * SECOND, 20n * SECOND, 35n * SECOND, 40n * SECOND, 50n * SECOND)).overall
    expect([five.p50Seconds, five.p90Seconds, five.p95Seconds, five.p99Seconds]).toEqual([35, 46, 48, 49.6])
    expect(five.stddevSeconds).toBe(Math.sqrt(166))
  })

  it("show one session of 800 ns exactly", () => {
    const { overall } = runDurations(lasting(8n))
    expect(overall).toEqual({
      count: 1,
      minSeconds: 8e-7,
      maxSeconds: 8e-7,
      meanSeconds: 8e-7,
      stddevSeconds: 0,
      sumSeconds: 8e-7,
      p50Seconds: 8e-7,
      p90Seconds: 8e-7,
      p95Seconds: 8e-7,
      p99Seconds: 8e-7,
    })
  })

  it("keep a tick apart in sums that doubles would lose", () => {
    const { overall } = runDurations(lasting(2n ** 60n, 2n ** 60n + 2n, 2n ** 60n + 1n))
    expect(overall.stddevSeconds).toBe(nearestRoot(2n, 3n * SECOND ** 2n))
  })

  it("of no session are null", () => {
    const { overall, byCallType, histogram } = runDurations(buildFacts([{ start: 1n, end: 0n }]))
    expect(overall.count).toBe(0)
    expect(Object.values(overall).filter((value) => value === null)).toHaveLength(9)
    expect(byCallType).toEqual([])
    expect(histogram.map(({ fromSeconds }) => fromSeconds)).toEqual([...HISTOGRAM_EDGES_SECONDS])
    expect(histogram.at(-1)?.toSeconds).toBeNull()
  })

  it("fall into the bin that begins at them", () => {
    const bins = runDurations(lasting(0n, SECOND - 1n, SECOND, 86_400n * SECOND)).histogram
    expect(bins.filter(({ count }) => count > 0).map(({ fromSeconds, count }) => [fromSeconds, count])).toEqual([
      [0, 2],
      [1, 1],
      [86_400, 1],
    ])
  })
})
