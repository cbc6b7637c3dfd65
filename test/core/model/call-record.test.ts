import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CallRecord, callRecordIssues, isCallRecord } from "#core/model/call-record.ts"
import { typesByPath, valueOf, withValueAt, wrongValuesOf } from "./model-values.ts"

describe("CallRecord", () => {
  it("accepts whatever the model allows, and nothing else in its place", () => {
    fc.assert(
      fc.property(valueOf(CallRecord.ast), (record) => isCallRecord(record)),
      { numRuns: 50 },
    )
    for (const { path, ast } of typesByPath(CallRecord.ast)) {
      // What stands in sessions is for the tests of sessions.
      if (path[0] === "sessions" && path.length > 2) continue
      for (const wrong of wrongValuesOf(ast))
        expect(callRecordIssues(withValueAt({}, path, wrong)).map((issue) => issue.path)).toEqual([path])
    }
  })

  it("needs nothing: any property may be absent or null", () => {
    expect(isCallRecord({})).toBe(true)
    expect(isCallRecord({ id: null, version: null, organizer_v2: null, sessions: null })).toBe(true)
    expect(
      isCallRecord({
        version: "12",
        participants_v2: [{ id: "+5564981205182", identity: { phone: { id: "+5564981205182" } } }],
      }),
    ).toBe(true)
  })
})
