import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isSession, Session, sessionIssues } from "#core/model/session.ts"
import { session as acceptedSession } from "../../arbitraries/session.ts"
import { CANARY, typesByPath, unsetInstant, valueOf, withValueAt, wrongValuesOf, type Path } from "./model-values.ts"

const MINIMAL = { id: "S", modalities: [], startDateTime: "2026-01-01T00:00:00Z", endDateTime: "2026-01-01T00:00:01Z" }
const types = typesByPath(Session.ast)
const anyFault = fc.constantFrom(...types.filter(({ ast, path }) => path.length > 0 && wrongValuesOf(ast).length > 0))
const pointer = (path: Path): string => path.join("/")
const order = new Map(types.map(({ path }, index) => [pointer(path), index]))

/** Whether none lies within another. */
const independent = (paths: readonly Path[]): boolean =>
  paths.every((a) => paths.every((b) => a === b || !`${pointer(b)}/`.startsWith(`${pointer(a)}/`)))

describe("isSession", () => {
  it("accepts whatever the model allows", () => {
    fc.assert(
      fc.property(valueOf(Session.ast), (session) => {
        expect(sessionIssues(session)).toEqual([])
        expect(isSession(session)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it("accepts sessions as exports hold them, with properties it does not know", () => {
    fc.assert(
      fc.property(acceptedSession, (session) => {
        expect(sessionIssues(session)).toEqual([])
      }),
    )
  })

  it.each([
    ["every property but four may be absent", {}],
    ["null is the same as absent", { caller: null, callee: null, failureInfo: null, isTest: null, segments: null }],
    [
      "members of enums that nobody knows yet",
      { modalities: ["holograms"], caller: { userAgent: { platform: "fridge" } } },
    ],
    [
      "open types, with keys of a prototype",
      JSON.parse(
        '{"caller":{"identity":{"__proto__":{"id":5},"constructor":5},"associatedIdentity":{"constructor":[]},"feedback":{"tokens":{"__proto__":1,"EchoHeard":true}}}}',
      ),
    ],
    [
      "control information of any type",
      { "@odata.type": 5, "segments@odata.context": [], caller: { "@odata.type": null } },
    ],
    ["segments that were not set", { segments: [{ startDateTime: "0001-01-01T00:00:00Z", endDateTime: null }] }],
  ])("accepts: %s", (_, more) => expect(sessionIssues({ ...MINIMAL, ...more })).toEqual([]))

  it("does not read through a prototype", () => {
    expect(isSession(JSON.parse(`{"__proto__":${JSON.stringify(MINIMAL)}}`))).toBe(false)
    expect(isSession({ ...JSON.parse('{"__proto__":{"isTest":5}}'), ...MINIMAL })).toBe(true)
  })

  it("leaves the value as it is", () => {
    const text =
      '{"id":"S","modalities":["Audio"],"startDateTime":"2026-01-01T00:00:00Z","endDateTime":"/Date(1)/","x":1,"__proto__":{"y":2}}'
    const value: unknown = JSON.parse(text)
    expect(isSession(value)).toBe(true)
    expect(JSON.stringify(value)).toBe(text)
  })
})

const media = (more: object) => ({ ...MINIMAL, segments: [{ media: [more] }] })
const stream = (more: object) => media({ streams: [more] })

describe("sessionIssues", () => {
  it("gives the place of a value of another type, and nothing of the value", () => {
    fc.assert(
      fc.property(anyFault, fc.nat(), ({ path, ast }, seed) => {
        const wrong = wrongValuesOf(ast)
        const session = withValueAt(MINIMAL, path, wrong[seed % wrong.length])
        expect(isSession(session)).toBe(false)
        const issues = sessionIssues(session)
        expect(issues.map((issue) => issue.path)).toEqual([path])
        expect(JSON.stringify(issues)).not.toContain(CANARY)
        expect(structuredClone(issues)).toEqual(issues)
      }),
      { numRuns: 500 },
    )
  })

  it("gives all faults, in the order of the model, whatever the order of the keys", () => {
    const several = fc
      .uniqueArray(anyFault, { minLength: 2, maxLength: 5, selector: ({ path }) => pointer(path) })
      .filter((faults) => independent(faults.map(({ path }) => path)))
    fc.assert(
      fc.property(several, (faults) => {
        const session = faults.reduce<unknown>(
          (value, { path, ast }) => withValueAt(value, path, wrongValuesOf(ast)[0]),
          MINIMAL,
        )
        const sorted = faults
          .map(({ path }) => pointer(path))
          .toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
        expect(sessionIssues(session).map(({ path }) => pointer(path))).toEqual(sorted)
      }),
    )
  })

  it("has words for what is expected everywhere", () => {
    for (const { path, ast } of types) {
      for (const wrong of wrongValuesOf(ast)) {
        for (const { expected } of sessionIssues(withValueAt(MINIMAL, path, wrong)))
          expect(expected).toMatch(/^(an? |true or false)/)
      }
    }
  })

  it("names what is missing, in the model's order", () => {
    expect(sessionIssues({})).toEqual([
      { path: ["id"], expected: "a string that is not empty" },
      { path: ["modalities"], expected: "a list" },
      { path: ["startDateTime"], expected: "an instant such as 2026-01-01T00:00:00Z" },
      { path: ["endDateTime"], expected: "an instant such as 2026-01-01T00:00:00Z" },
    ])
    expect(sessionIssues({ ...MINIMAL, id: null, endDateTime: null }).map(({ path }) => path)).toEqual([
      ["id"],
      ["endDateTime"],
    ])
  })

  it.each([null, 5, "text", true, [], [MINIMAL]])("takes %j for no session", (value) => {
    expect(sessionIssues(value)).toEqual([{ path: [], expected: "an object" }])
  })

  it("needs an instant where a session starts and ends", () => {
    fc.assert(
      fc.property(fc.oneof(unsetInstant, fc.constantFrom("2024-02-30T00:00:00Z", "", "2024-01-01")), (text) => {
        expect(sessionIssues({ ...MINIMAL, startDateTime: text })).toMatchObject([{ path: ["startDateTime"] }])
      }),
    )
  })

  it.each([
    ["an empty id", { ...MINIMAL, id: "" }, ["id"]],
    ["a list as text", { ...MINIMAL, modalities: "audio video" }, ["modalities"]],
    ["null in a list", { ...MINIMAL, modalities: ["audio", null] }, ["modalities", 1]],
    ["null among segments", { ...MINIMAL, segments: [{}, null] }, ["segments", 1]],
    ["an object as text", { ...MINIMAL, failureInfo: "@{stage=midcall; reason=}" }, ["failureInfo"]],
    ["a list for an object", { ...MINIMAL, caller: [] }, ["caller"]],
    [
      "a date that does not exist",
      { ...MINIMAL, segments: [{ startDateTime: "2024-02-30T00:00:00Z" }] },
      ["segments", 0, "startDateTime"],
    ],
    [
      "a fraction for a whole number",
      media({ callerNetwork: { port: 1.5 } }),
      ["segments", 0, "media", 0, "callerNetwork", "port"],
    ],
    [
      "more than 32 bits",
      media({ callerNetwork: { port: 2 ** 31 } }),
      ["segments", 0, "media", 0, "callerNetwork", "port"],
    ],
    [
      "more than 64 bits as text",
      stream({ packetUtilization: "9223372036854775808" }),
      ["segments", 0, "media", 0, "streams", 0, "packetUtilization"],
    ],
    [
      "more than 64 bits",
      stream({ packetUtilization: 1e300 }),
      ["segments", 0, "media", 0, "streams", 0, "packetUtilization"],
    ],
    [
      "a text that is no number",
      stream({ averagePacketLossRate: "nan" }),
      ["segments", 0, "media", 0, "streams", 0, "averagePacketLossRate"],
    ],
    [
      "a number beyond all doubles",
      stream({ averagePacketLossRate: JSON.parse("1e400") }),
      ["segments", 0, "media", 0, "streams", 0, "averagePacketLossRate"],
    ],
    [
      "a duration of months",
      stream({ averageJitter: "P1M" }),
      ["segments", 0, "media", 0, "streams", 0, "averageJitter"],
    ],
  ])("refuses %s", (_, value, path) => expect(sessionIssues(value).map((issue) => issue.path)).toEqual([path]))

  it.each([
    ["32 bits", media({ callerNetwork: { port: -(2 ** 31), relayPort: 2 ** 31 - 1 } })],
    ["over 32 bits where 64 may be", media({ callerNetwork: { linkSpeed: 4_294_967_295 } })],
    [
      "64 bits as text",
      stream({ packetUtilization: "9223372036854775807", averageBandwidthEstimate: "-9223372036854775808" }),
    ],
    [
      "numbers that JSON cannot write",
      stream({ averagePacketLossRate: "NaN", maxPacketLossRate: "INF", averageVideoFrameRate: "-INF" }),
    ],
    ["both forms of durations", stream({ averageJitter: "PT0.016S", maxJitter: "00:00:00.0160000" })],
  ])("accepts %s", (_, value) => expect(sessionIssues(value)).toEqual([]))
})
