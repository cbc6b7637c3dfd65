import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Aggregate } from "#core/aggregate/aggregate.ts"
import { calls } from "#core/aggregate/calls.ts"
import { concurrency } from "#core/aggregate/concurrency.ts"
import { coverage } from "#core/aggregate/coverage.ts"
import { displayNames } from "#core/aggregate/display-names.ts"
import { durations } from "#core/aggregate/durations.ts"
import { extent } from "#core/aggregate/extent.ts"
import { failures } from "#core/aggregate/failures.ts"
import { modalities } from "#core/aggregate/modalities.ts"
import { overlap } from "#core/aggregate/overlap.ts"
import { participants } from "#core/aggregate/participants.ts"
import type { Facts } from "#core/facts/facts.ts"
import { CALLS, sessionLists } from "./arbitrary-sessions.ts"
import { allRows, buildFacts } from "./facts-builder.ts"
import { run, stateOf } from "./run-aggregate.ts"

function obeysLaws<State, Result>(aggregate: Aggregate<State, Result>, facts: Facts, partOf: readonly number[]): void {
  const whole = run(aggregate, facts)
  const part = (number: number): State =>
    stateOf(
      aggregate,
      facts,
      allRows(facts).filter((row) => (partOf[row] ?? 0) === number),
    )
  const finish = (state: State): Result => aggregate.finish(state, facts)
  const { merge, zero } = aggregate
  expect(finish(merge(merge(part(0), part(1)), part(2)))).toEqual(whole)
  expect(finish(merge(part(0), merge(part(1), part(2))))).toEqual(whole)
  expect(finish(merge(part(2), merge(part(1), part(0))))).toEqual(whole)
  expect(finish(merge(zero(), stateOf(aggregate, facts, allRows(facts))))).toEqual(whole)
  expect(finish(merge(stateOf(aggregate, facts, allRows(facts)), zero()))).toEqual(whole)
  expect(finish(stateOf(aggregate, facts, allRows(facts).toReversed()))).toEqual(whole)
  const state = stateOf(aggregate, facts, allRows(facts))
  finish(state)
  expect(finish(state)).toEqual(whole)
}

/** An aggregate's law as a property of any sessions in any split. */
const laws = <State, Result>(aggregate: Aggregate<State, Result>) => {
  const split = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 40, maxLength: 40 })
  return fc.property(sessionLists(40), split, (list, partOf) => obeysLaws(aggregate, buildFacts(list, CALLS), partOf))
}

describe("any split and any order gives the same figures", () => {
  it.each([
    ["calls", laws(calls)],
    ["concurrency", laws(concurrency)],
    ["coverage", laws(coverage)],
    ["displayNames", laws(displayNames)],
    ["durations", laws(durations)],
    ["extent", laws(extent)],
    ["failures", laws(failures)],
    ["modalities", laws(modalities)],
    ["overlap", laws(overlap)],
    ["participants", laws(participants)],
  ])("of %s", (_, law) => {
    expect(() => fc.assert(law, { numRuns: 40 })).not.toThrow()
  })
})
