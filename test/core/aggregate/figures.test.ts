import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { computeFigures } from "#core/aggregate/figures.ts"
import { CALLS, sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts } from "./facts-builder.ts"

const EVERYTHING = { since: null, until: null, participant: null, modality: null, failed: false, includeTests: true }

describe("computeFigures", () => {
  it("gives figures that bound each other", () => {
    fc.assert(
      fc.property(sessionLists(60), (list) => {
        const { excluded, durations, concurrency, overlap, modalities, failures, participants, coverage } =
          computeFigures(buildFacts(list, CALLS), EVERYTHING)
        const timed = list.length - excluded.startAfterEnd
        expect(durations.overall.count).toBe(timed)
        expect(concurrency.peak).toBeLessThanOrEqual(timed)
        expect(concurrency.meanSessions ?? 0).toBeLessThanOrEqual(concurrency.peak)
        for (const { peak, meanSessions } of concurrency.byHour) expect(meanSessions).toBeLessThanOrEqual(peak)
        expect(concurrency.byHour.reduce((sum, { started }) => sum + started, 0)).toBe(timed)
        for (const { sessions, pairs, maxConcurrent } of overlap.participants) {
          expect(pairs).toBeGreaterThan(0)
          expect(pairs).toBeLessThanOrEqual((sessions * (sessions - 1)) / 2)
          expect(maxConcurrent).toBeLessThanOrEqual(sessions)
        }
        const single = new Map(modalities.single.map(({ modality, sessions }) => [modality, sessions]))
        for (const { a, b, sessions } of modalities.pairs) {
          expect(sessions).toBeLessThanOrEqual(Math.min(single.get(a) ?? 0, single.get(b) ?? 0))
        }
        expect(modalities.sets.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(list.length)
        expect(failures.byReason.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(failures.failed)
        for (const { seconds, unionSeconds } of participants.talkTimes)
          expect(unionSeconds).toBeLessThanOrEqual(seconds)
        expect(coverage.days.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(list.length)
      }),
      { numRuns: 60 },
    )
  })

  it("of nothing are there", () => {
    const figures = computeFigures(buildFacts([]), EVERYTHING)
    expect(figures).toMatchObject({
      excluded: { testCalls: 0, startAfterEnd: 0, filtered: 0 },
      overlap: { participantsWithOverlap: 0, evidence: { length: 0 } },
    })
    expect([...figures.overlap.participants]).toEqual([])
    expect([...figures.calls]).toEqual([])
    expect([...figures.participants.talkTimes]).toEqual([])
  })
})
