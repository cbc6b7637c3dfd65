import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { calls } from "#core/aggregate/calls.ts"
import { displayNames } from "#core/aggregate/display-names.ts"
import { allCalls } from "../facts/call-list.ts"
import { CALLS, sessionLists } from "./arbitrary-sessions.ts"
import { allRows, buildFacts, type TestSession } from "./facts-builder.ts"
import { run } from "./run-aggregate.ts"

describe("calls", () => {
  it("have the sessions and participants that the obvious way says", () => {
    fc.assert(
      fc.property(sessionLists(60), fc.integer({ min: 1, max: 60 }), (list, batchRows) => {
        const facts = buildFacts(list, CALLS)
        const expected = allCalls(facts.calls).map((_, call) => {
          const rows = allRows(facts).filter((row) => facts.call[row] === call)
          const people = rows.flatMap((row) => [facts.caller[row] ?? -1, facts.callee[row] ?? -1])
          return {
            call,
            sessions: rows.length,
            participants: new Set(people.filter((participant) => participant >= 0)).size,
          }
        })
        const idOf = ({ call }: { call: number }): string => facts.calls.get(call)?.id ?? ""
        expect([...run(calls, facts, batchRows)]).toEqual(
          expected.toSorted((a, b) => b.sessions - a.sessions || (idOf(a) < idOf(b) ? -1 : 1)),
        )
      }),
      { numRuns: 60 },
    )
  })

  it("are all there, by sessions then id, each participant once", () => {
    const facts = buildFacts(
      [
        { start: 0n, end: 1n, call: "b", caller: "ann", callee: "ben" },
        { start: 9n, end: 1n, call: "b", caller: "ann", callee: "ann" },
        { start: 0n, end: 1n, call: null, caller: "cat" },
        { start: 0n, end: 1n, call: "d", caller: "ann" },
      ],
      [{ id: "z" }, { id: "b" }, { id: "a" }, { id: "d" }],
    )
    expect(Array.from(run(calls, facts), ({ call, ...counts }) => [facts.calls.get(call)?.id, counts])).toEqual([
      ["b", { sessions: 2, participants: 2 }],
      ["d", { sessions: 1, participants: 1 }],
      ["a", { sessions: 0, participants: 0 }],
      ["z", { sessions: 0, participants: 0 }],
    ])
  })
})

const named = (start: bigint, name?: string): TestSession => ({
  start,
  end: start,
  caller: { id: "ann", ...(name === undefined ? {} : { name }) },
})

describe("displayNames", () => {
  it("takes the name on the latest session that has one, of equals the smallest", () => {
    expect(run(displayNames, buildFacts([named(1n, "A"), named(5n, "Z"), named(5n, "B"), named(9n)]))).toEqual(
      new Map([[0, "B"]]),
    )
  })
})
