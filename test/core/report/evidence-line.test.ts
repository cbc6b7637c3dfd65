import { describe, expect, it } from "vitest"
import { findingLine, rejectLine } from "#core/report/evidence-line.ts"

const place = {
  message: "m",
  pointer: "/id",
  sessionId: "s",
  callId: "c",
  record: 0,
  line: 1,
  length: 2,
  offset: 3,
  entry: "e",
  input: "a",
} as const

describe("lines of evidence", () => {
  it("have their keys in the order of the contract, whatever order they come in", () => {
    expect(JSON.stringify(rejectLine({ sha256: "h", ...place, code: "session/bad-id" }))).toBe(
      '{"code":"session/bad-id","input":"a","entry":"e","offset":3,"length":2,"line":1,"record":0,"callId":"c","sessionId":"s","pointer":"/id","message":"m","sha256":"h"}',
    )
    expect(JSON.stringify(findingLine({ ...place, code: "session/duplicate" }))).toBe(
      '{"code":"session/duplicate","severity":"note","input":"a","entry":"e","offset":3,"length":2,"line":1,"record":0,"callId":"c","sessionId":"s","pointer":"/id","message":"m"}',
    )
  })

  it("leave out what is not known", () => {
    const { input, offset, length, line, record, message } = place
    expect(
      rejectLine({ code: "json/malformed", input, offset, length, line, record, message, sha256: "h" }),
    ).not.toHaveProperty("entry")
  })
})
