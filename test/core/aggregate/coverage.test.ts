import { describe, expect, it } from "vitest"
import { coverage } from "#core/aggregate/coverage.ts"
import { unknownProperties } from "#core/aggregate/unknown-properties.ts"
import { parseInstant } from "#core/model/instant.ts"
import { buildFacts, type TestSession } from "./facts-builder.ts"
import { run } from "./run-aggregate.ts"

function at(text: string, fields: Partial<TestSession> = {}): TestSession {
  const instant = parseInstant(text)
  if (!instant.ok) throw new Error(`no instant: ${text}`)
  return { start: instant.ticks, end: instant.ticks, ...fields }
}

describe("coverage", () => {
  it("counts UTC days by start and names the gaps between", () => {
    const result = run(
      coverage,
      buildFacts([
        at("2026-03-01T00:00:00Z"),
        at("2026-02-28T23:59:59.9999999Z"),
        at("2026-03-05T12:00:00Z", { call: "c" }),
        at("1969-12-31T23:00:00Z"),
        at("2026-03-01T22:00:00Z"),
      ]),
    )
    expect(result.days).toEqual([
      { day: "1969-12-31", sessions: 1 },
      { day: "2026-02-28", sessions: 1 },
      { day: "2026-03-01", sessions: 2 },
      { day: "2026-03-05", sessions: 1 },
    ])
    expect(result.gaps).toEqual([
      { fromDay: "1970-01-01", toDay: "2026-02-27" },
      { fromDay: "2026-03-02", toDay: "2026-03-04" },
    ])
    expect(result.sessionsWithoutCall).toBe(4)
  })

  it("counts open calls, and unknown properties by sessions then pointer", () => {
    const facts = buildFacts(
      [
        at("2026-01-01T00:00:00Z", { unknown: ["/b", "/a"] }),
        at("2026-01-01T00:00:00Z", { unknown: ["/c"] }),
        at("2026-01-01T00:00:00Z", { unknown: ["/c"] }),
      ],
      [{ id: "open", isOpen: true }, { id: "whole" }],
    )
    expect(run(coverage, facts)).toMatchObject({
      incompleteCalls: 1,
      moreUnknownProperties: false,
      unknownProperties: [
        { pointer: "/c", sessions: 2 },
        { pointer: "/a", sessions: 1 },
        { pointer: "/b", sessions: 1 },
      ],
    })
  })

  it("of nothing is empty", () => {
    expect(run(coverage, buildFacts([]))).toMatchObject({
      days: [],
      gaps: [],
      unknownProperties: [],
      moreUnknownProperties: false,
    })
  })
})

describe("unknownProperties", () => {
  const pointers = Array.from({ length: 50_000 }, (_, index) => `/x${String(index).padStart(5, "0")}`)

  it("counts the 10,000 smallest, whatever the split, and lists 100", () => {
    const lists = [
      [pointers, 1],
      [["/x00003", "/x49999"], 5],
      [["/x09999"], 4],
      [["/x10000"], 9],
    ] as const
    const whole = unknownProperties(lists)
    expect(whole.moreUnknownProperties).toBe(true)
    expect(whole.unknownProperties).toHaveLength(100)
    expect(whole.unknownProperties.slice(0, 3)).toEqual([
      { pointer: "/x00003", sessions: 6 },
      { pointer: "/x09999", sessions: 5 },
      { pointer: "/x00000", sessions: 1 },
    ])
    expect(unknownProperties(lists.toReversed())).toEqual(whole)
    expect(
      unknownProperties(lists.flatMap(([own, sessions]) => own.map((pointer) => [[pointer], sessions] as const))),
    ).toEqual(whole)
  })
})
