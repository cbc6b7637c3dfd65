/** What PowerShell does to a session beside names and bags, and what of it can be undone. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { session } from "../../arbitraries/session.ts"
import { decodeText, type Decoded } from "./decoding.ts"

const GOOD = {
  id: "s1",
  modalities: ["audio"],
  startDateTime: "2026-01-05T09:00:00Z",
  endDateTime: "2026-01-05T09:10:00Z",
}
const decoded = (value: unknown): Promise<Decoded> => decodeText(`{"id":"A","sessions":[${JSON.stringify(value)}]}`)
const rowOf = async (value: unknown): Promise<object | undefined> => (await decoded(value)).rows[0]

describe("undone without a trace", () => {
  it("is a list with one element that is written as the element", async () => {
    await fc.assert(
      fc.asyncProperty(session, async (value) => {
        fc.pre(Array.isArray(value["segments"]) && value["segments"].length === 1)
        const lone = { ...value, segments: (value["segments"] as unknown[])[0] }
        expect(await rowOf(lone)).toEqual(await rowOf(value))
      }),
      { numRuns: 60 },
    )
  })

  it("is the wrapper of Windows PowerShell 5.1 around a list, nested ones too", async () => {
    await fc.assert(
      fc.asyncProperty(session, async (value) => {
        const wrapped: unknown = JSON.parse(
          JSON.stringify(value, (key, member: unknown) =>
            ["modalities", "segments", "media", "streams"].includes(key) && Array.isArray(member)
              ? { value: member, Count: member.length }
              : member,
          ),
        )
        expect(await rowOf(wrapped)).toEqual(await rowOf(value))
      }),
      { numRuns: 100 },
    )
  })

  it("is a date that is an object with a DisplayHint", async () => {
    const startDateTime = {
      value: "/Date(1767603600000)/",
      DisplayHint: 2,
      DateTime: "Monday, 5 January 2026 09:00:00",
    }
    expect(await rowOf({ ...GOOD, startDateTime })).toMatchObject({
      start: 17_676_036_000_000_000n,
      findings: ["session/unusual-timestamp"],
    })
  })
})

describe("a name that stands in both spellings", () => {
  it.each([
    { Id: "other", Modalities: ["video"], IsTest: true, ...GOOD },
    { ...GOOD, Id: "other", Modalities: ["video"], isTest: null, IsTest: true },
  ])("is Graph's, in whatever order: %j", async (value) => {
    const { sessionId, modalities } = (await decoded(value)).rows[0] ?? {}
    expect({ sessionId, modalities }).toEqual({ sessionId: "s1", modalities: 2 })
  })

  it("leaves the other as a property that the model does not know", async () => {
    for (const value of [
      { Id: "other", ...GOOD },
      { ...GOOD, Id: "other" },
    ]) {
      expect((await decoded(value)).rows[0]?.unknownProperties).toBe('["/Id"]')
    }
  })
})

describe("lost, and said so", () => {
  it.each([
    ["modalities", { ...GOOD, modalities: "System.Object[]" }, "/modalities"],
    ["modalities", { ...GOOD, modalities: "" }, "/modalities"],
    ["an end", { ...GOOD, caller: "@{identity=}" }, "/caller"],
    ["a user agent", { ...GOOD, Callee: { UserAgent: "Microsoft.Graph.UserAgent" } }, "/Callee/UserAgent"],
    ["failureInfo", { ...GOOD, failureInfo: "@{stage=midcall; reason=}" }, "/failureInfo"],
    ["segments", { ...GOOD, segments: ["@{id=1}", {}] }, "/segments/0"],
    [
      "the bag of an end",
      { ...GOOD, Segments: [{}, { Caller: { AdditionalProperties: "System.Collections.Hashtable" } }] },
      "/Segments/1/Caller/AdditionalProperties",
    ],
  ])("are %s cut to a text", async (_name, value, pointer) => {
    const { rows, rejects } = await decoded(value)
    expect(rows).toEqual([])
    expect(rejects).toMatchObject([{ code: "session/wrong-type", pointer: `/sessions/0${pointer}` }])
    expect(rejects[0]?.message).toContain("-Depth 100")
  })

  it("are media, of which no fact comes: the session stays", async () => {
    const { rows, findings } = await decoded({ ...GOOD, segments: [{ media: "System.Object[]" }] })
    expect(rows).toHaveLength(1)
    expect(findings).toMatchObject([{ code: "session/off-model", pointer: "/sessions/0/segments/0/media" }])
  })

  it("is no matter of depth where a number or literal belongs", async () => {
    const { rejects } = await decoded({ ...GOOD, isTest: "True" })
    expect(rejects).toMatchObject([{ code: "session/wrong-type", message: "isTest is a text; expected true or false" }])
  })

  it("is the member of an enum that is written as a number", async () => {
    for (const value of [
      { modalities: [1] },
      { failureInfo: { stage: 1 } },
      { caller: { userAgent: { platform: 1 } } },
    ]) {
      expect((await decoded({ ...GOOD, ...value })).rejects).toMatchObject([{ code: "session/wrong-type" }])
    }
  })
})
