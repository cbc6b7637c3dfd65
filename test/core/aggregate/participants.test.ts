import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { participantTraits } from "#core/aggregate/participant-traits.ts"
import type { TraitCount } from "#core/aggregate/trait-counts.ts"
import { participation } from "#core/aggregate/participation.ts"
import { secondsOf } from "#core/aggregate/rational.ts"
import type { IdentityKind } from "#core/model/identity.ts"
import { CALLS, sessionLists } from "./arbitrary-sessions.ts"
import { buildFacts, type TestEnd, type TestSession, type TestFacts } from "./facts-builder.ts"
import { callOf, intervals, rowsOfParticipants, timeWhere } from "./oracle.ts"
import { run } from "./run-aggregate.ts"

const asEnd = (end: TestSession["caller"]): TestEnd =>
  typeof end === "object" && end !== null ? end : { id: end ?? null }
const endsOf = ({ caller, callee }: TestSession): TestEnd[] => [asEnd(caller), asEnd(callee)]

function talkTicks(facts: TestFacts, rows: readonly number[]): bigint {
  return intervals(facts, rows).reduce((sum, { start, end }) => sum + end - start, 0n)
}

function talkTimes(facts: TestFacts) {
  return [...rowsOfParticipants(facts)].map(([participant, rows]) => {
    const timed = intervals(facts, rows)
    return {
      participant,
      sessions: rows.length,
      calls: new Set(rows.map((row) => callOf(facts, row))).size,
      seconds: secondsOf(talkTicks(facts, rows)),
      unionSeconds: secondsOf(timeWhere(timed, (running) => running.length >= 1)),
    }
  })
}

/** Counts of what `valueOf` says of ends that are somebody. */
function traits(list: readonly TestSession[], valueOf: (end: TestEnd) => string | undefined): TraitCount[] {
  const values = new Set(
    list
      .flatMap(endsOf)
      .filter(({ id }) => id !== null)
      .map(valueOf),
  )
  return [...values]
    .filter((value) => value !== undefined)
    .map((value) => {
      const having = (session: TestSession): TestEnd[] =>
        endsOf(session).filter((end) => end.id !== null && valueOf(end) === value)
      return {
        value,
        participants: new Set(list.flatMap(having).map(({ id }) => id)).size,
        sessions: list.filter((session) => having(session).length > 0).length,
      }
    })
    .toSorted((a, b) => b.sessions - a.sessions || (a.value < b.value ? -1 : 1))
}

const byNumber = (a: { participant: number }, b: { participant: number }): number => a.participant - b.participant
const as = (kind: IdentityKind): TestSession => ({ start: 0n, end: 1n, caller: { id: "ann", kind } })

describe("participants", () => {
  it("talk as long as the obvious way says", () => {
    fc.assert(
      fc.property(sessionLists(60), (list) => {
        const facts = buildFacts(list, CALLS)
        const result = [...run(participation, facts).talkTimes]
        expect(result.toSorted(byNumber)).toMatchObject(talkTimes(facts).toSorted(byNumber))
        // Times that differ may be the same seconds once they are rounded.
        const ticks = new Map([...rowsOfParticipants(facts)].map(([each, rows]) => [each, talkTicks(facts, rows)]))
        const ticksOf = ({ participant }: { readonly participant: number }): bigint => ticks.get(participant) ?? 0n
        for (const [index, each] of result.entries()) {
          const next = result[index + 1]
          const isInOrder =
            next === undefined ||
            ticksOf(each) > ticksOf(next) ||
            (ticksOf(each) === ticksOf(next) &&
              facts.participants.id(each.participant) < facts.participants.id(next.participant))
          expect(isInOrder).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  it("have the traits that their ends say", () => {
    fc.assert(
      fc.property(sessionLists(60), (list) => {
        const result = run(participantTraits, buildFacts(list))
        expect(result.byKind).toEqual(traits(list, ({ kind }) => kind ?? "user"))
        expect(result.byTenant).toEqual(traits(list, ({ tenant }) => tenant))
        expect(result.byPlatform).toEqual(traits(list, ({ platform }) => platform))
        expect(result.byProductFamily).toEqual(traits(list, ({ family }) => family))
      }),
      { numRuns: 150 },
    )
  })

  it("have the kind that most of their ends give, of equals the first of the model", () => {
    expect(run(participation, buildFacts([as("phone"), as("user"), as("phone")])).talkTimes.first(1)[0]?.kind).toBe(
      "phone",
    )
    expect(run(participation, buildFacts([as("phone"), as("guest")])).talkTimes.first(1)[0]?.kind).toBe("guest")
  })

  it("without a usable id count in platforms alone, services nowhere", () => {
    const facts = buildFacts([
      {
        start: 0n,
        end: 1n,
        caller: { id: null, unidentified: true, platform: "web" },
        callee: { id: null, platform: "unknown" },
      },
    ])
    expect([...run(participation, facts).talkTimes]).toEqual([])
    expect(run(participantTraits, facts).byPlatform).toEqual([{ value: "web", participants: 0, sessions: 1 }])
  })

  it("do not talk in sessions that start after they end, but are counted", () => {
    const facts = buildFacts([{ start: 5n, end: 1n, caller: "ann" }])
    expect([...run(participation, facts).talkTimes]).toMatchObject([
      { sessions: 1, calls: 1, seconds: 0, unionSeconds: 0 },
    ])
  })
})
