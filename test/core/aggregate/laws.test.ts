import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Aggregate } from "#core/aggregate/aggregate.ts"
import { calls } from "#core/aggregate/calls.ts"
import { concurrency } from "#core/aggregate/concurrency.ts"
import { coverage } from "#core/aggregate/coverage.ts"
import { displayNames } from "#core/aggregate/display-names.ts"
import { failures } from "#core/aggregate/failures.ts"
import { modalities } from "#core/aggregate/modalities.ts"
import { participantTraits } from "#core/aggregate/participant-traits.ts"
import { participation } from "#core/aggregate/participation.ts"
import { CALLS, sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts, type TestFacts } from "./facts-builder.ts"
import { listedOverlaps, run, runDurations } from "./run-aggregate.ts"

type FiguresOf = (facts: TestFacts, batchRows: number) => unknown
const of =
  <State, Result>(aggregate: Aggregate<State, Result>): FiguresOf =>
  (facts, batchRows) =>
    run(aggregate, facts, batchRows)

describe("any batches give the same figures", () => {
  it.each([
    ["calls", (facts, batchRows): unknown => [...run(calls, facts, batchRows)]],
    ["concurrency", of(concurrency)],
    ["coverage", of(coverage)],
    ["displayNames", of(displayNames)],
    ["durations", runDurations],
    ["failures", of(failures)],
    ["modalities", of(modalities)],
    ["participantTraits", of(participantTraits)],
    [
      "participation",
      (facts, batchRows): unknown => {
        const { talkTimes, overlap } = run(participation, facts, batchRows)
        const evidence = listedOverlaps(overlap.evidence)
        return { talkTimes: [...talkTimes], overlap: { ...overlap, participants: [...overlap.participants], evidence } }
      },
    ],
  ])("of %s", (_, figuresOf) => {
    fc.assert(
      fc.property(sessionLists(40), fc.integer({ min: 1, max: 40 }), (list, batchRows) => {
        const facts = buildFacts(list, CALLS)
        expect(figuresOf(facts, batchRows)).toEqual(figuresOf(facts, list.length + 1))
      }),
      { numRuns: 60 },
    )
  })
})
