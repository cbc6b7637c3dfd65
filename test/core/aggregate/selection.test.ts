import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { selectRows, type Selection } from "#core/aggregate/selection.ts"
import { SessionRows } from "#core/aggregate/session-rows.ts"
import { RowFlag, RowStatus } from "#core/facts/facts.ts"
import { CALLS, instants, sessionLists } from "./arbitrary-sessions.ts"
import { allRows, buildFacts, type TestSession, type TestFacts } from "./facts-builder.ts"

const EVERYTHING: Selection = {
  since: null,
  until: null,
  participant: null,
  modality: null,
  failed: false,
  includeTests: false,
}

const GUID = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
const select = (list: readonly TestSession[], selection: Partial<Selection>): number[] => {
  const facts = buildFacts(list)
  return [...selectRows(facts, { ...EVERYTHING, ...selection }, new SessionRows())(facts).counted]
}
const isTimed = (facts: TestFacts, row: number): boolean => (facts.startTicks[row] ?? 0n) <= (facts.endTicks[row] ?? 0n)

const selections: fc.Arbitrary<Selection> = fc.record({
  since: fc.option(instants),
  until: fc.option(instants),
  participant: fc.option(fc.constantFrom("ann", "ben", "nobody")),
  modality: fc.option(fc.constantFrom("audio", "video")),
  failed: fc.boolean(),
  includeTests: fc.boolean(),
})

function isWithin(facts: TestFacts, { since, until, participant, modality, failed }: Selection, row: number): boolean {
  const start = facts.startTicks[row] ?? 0n
  const ids = [facts.caller[row] ?? -1, facts.callee[row] ?? -1].filter((each) => each >= 0).map(facts.participants.id)
  return (
    (since === null || start >= since) &&
    (until === null || start < until) &&
    (participant === null || ids.includes(participant)) &&
    (modality === null || ((facts.modalities[row] ?? 0) & (modality === "audio" ? 2 : 4)) !== 0) &&
    (!failed || ((facts.flags[row] ?? 0) & RowFlag.failed) !== 0)
  )
}

describe("selectRows", () => {
  it("puts every accepted session into one of filtered, test calls, counted", () => {
    const statuses = fc.array(fc.constantFrom(RowStatus.counted, RowStatus.duplicate, RowStatus.superseded), {
      minLength: 60,
      maxLength: 60,
    })
    fc.assert(
      fc.property(sessionLists(60), statuses, selections, (list, status, selection) => {
        const facts = buildFacts(
          list.map((each, row) => ({ ...each, status: status[row] ?? RowStatus.counted })),
          CALLS,
        )
        const rows = selectRows(facts, selection, new SessionRows())(facts)
        const accepted = allRows(facts).filter((row) => facts.status[row] === RowStatus.counted)
        const within = accepted.filter((row) => isWithin(facts, selection, row))
        const tests = selection.includeTests
          ? []
          : within.filter((row) => ((facts.flags[row] ?? 0) & RowFlag.test) !== 0)
        const counted = within.filter((row) => !tests.includes(row))
        expect([...rows.counted]).toEqual(counted)
        expect([...rows.timed]).toEqual(counted.filter((row) => isTimed(facts, row)))
        expect(rows.excluded).toEqual({
          filtered: accepted.length - within.length,
          testCalls: tests.length,
          startAfterEnd: counted.filter((row) => !isTimed(facts, row)).length,
        })
      }),
    )
  })

  it("takes since as included and until as not", () => {
    const list = [1n, 2n, 3n].map((start) => ({ start, end: 9n }))
    expect(select(list, { since: 2n })).toEqual([1, 2])
    expect(select(list, { until: 2n })).toEqual([0])
  })

  it("finds a participant in any spelling of a GUID, at either end", () => {
    const list = [
      { start: 0n, end: 1n, caller: GUID },
      { start: 0n, end: 1n, callee: GUID },
      { start: 0n, end: 1n, caller: "x" },
    ]
    expect(select(list, { participant: GUID.toUpperCase() })).toEqual([0, 1])
    expect(select(list, { participant: `8:orgid:${GUID}` })).toEqual([0, 1])
    expect(select(list, { participant: "X" })).toEqual([])
  })
})
