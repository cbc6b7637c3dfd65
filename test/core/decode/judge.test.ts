import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { judge } from "#core/decode/judge.ts"
import type { Json } from "../../arbitraries/json.ts"
import { powerShellRecord, powerShellSession } from "../../arbitraries/powershell.ts"
import { callRecord } from "../../arbitraries/export.ts"
import { session } from "../../arbitraries/session.ts"

describe("judge", () => {
  it("takes every session for one, whatever else it holds, in both spellings", () => {
    fc.assert(
      fc.property(session, (value) => {
        expect(judge(value)).toEqual({ kind: "session" })
        expect(judge(powerShellSession(value))).toEqual({ kind: "session" })
      }),
    )
  })

  it("takes every callRecord without sessions for one, in both spellings", () => {
    fc.assert(
      fc.property(callRecord, (call) => {
        const { Sessions: _, ...head } = powerShellRecord(call)
        expect(judge(call.head)).toEqual({ kind: "callRecord" })
        expect(judge(head)).toEqual({ kind: "callRecord" })
      }),
    )
  })

  it.each<readonly [string, Json, string]>([
    ["a call of which only the id is said", { id: "A", sessions: null }, "callRecord"],
    ["a row of Data Explorer", { callid: "A", session: '[{"id":"1"}]' }, "nested"],
    ["an answer of Data Explorer", { Tables: [{ Columns: [{ ColumnName: "session" }], Rows: [] }] }, "table"],
    ["a saved error", { error: { code: "NotFound", message: "" } }, "error"],
    ["an answer of a batch that failed", { id: "2", status: 404, headers: {} }, "error"],
    ["a list", [], "not-an-object"],
    ["nothing", null, "not-an-object"],
    ["an empty object", {}, "unknown"],
  ])("knows %s", (_name, value, kind) => expect(judge(value).kind).toBe(kind))

  it.each<readonly [string, Json, RegExp]>([
    ["a row of Call Record Insights", { CallId: "A", SessionId: "B", StreamId: "648" }, /Call Record Insights/],
    [
      "its document in Cosmos DB",
      { id: "A_B_main-audio_648", CallId: "A", SessionId: "B", StreamId: "648", _rid: "x", _ts: 1 },
      /Call Record Insights/,
    ],
    [
      "a row of Log Analytics",
      { TimeGenerated: "2026-01-05T09:00:00Z", Type: "CallRecords_CL", id_g: "A" },
      /Log Analytics/,
    ],
    ["a change notification", { changeType: "updated", resourceData: { id: "A" } }, /change notifications/],
    ["a notification of old", { subscriptionId: "S", resourceData: { oDataId: "A" } }, /change notifications/],
    ["a participant", { id: "A", identity: { user: { id: "A" } } }, /participants/],
  ])("names %s, and what to export instead", (_name, value, message) => {
    const judgement = judge(value)
    expect(judgement).toMatchObject({ kind: "foreign", message: expect.stringMatching(message) })
    expect(judgement).toMatchObject({ message: expect.stringContaining("instead") })
  })
})
