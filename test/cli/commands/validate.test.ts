import { describe, expect, it } from "vitest"
import type { FindingLine, RejectLine } from "@callsift/core"
import { inputLine, problemLine } from "#cli/commands/validate.ts"
import { TRUNCATED_INPUT } from "../example-report.ts"

const plain = (_style: string, text: string): string => text
const REJECT: RejectLine = {
  code: "session/bad-timestamp",
  input: "archive/calls.ndjson",
  offset: 917,
  length: 230,
  line: 4,
  record: 3,
  pointer: "/startDateTime",
  message: "startDateTime is no instant",
  sha256: "00",
}
const FINDING: FindingLine = {
  code: "export/same-bytes",
  severity: "note",
  input: "archive/calls.zip",
  entry: "january/calls.json",
  offset: 0,
  length: 0,
  line: 1,
  record: 0,
  message: "the bytes are those of another input",
}

describe("problemLine", () => {
  it("has path and line in front, as editors and grep like it", () => {
    expect(problemLine(REJECT, plain)).toBe(
      "archive/calls.ndjson:4: reject session/bad-timestamp /startDateTime: startDateTime is no instant (offset 917, length 230)",
    )
    expect(problemLine(FINDING, plain)).toBe(
      "archive/calls.zip:january/calls.json:1: note export/same-bytes: the bytes are those of another input (offset 0, length 0)",
    )
  })

  it("is one line, whatever is in the data", () => {
    const hostile = "a\nb\r\u001b[2J\u202e"
    const line = problemLine({ ...FINDING, input: hostile, entry: hostile, pointer: hostile, message: hostile }, plain)
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe("inputLine", () => {
  it("says which input is not complete, why, and where it broke", () =>
    expect(inputLine(TRUNCATED_INPUT, plain)).toBe(
      "archive/cut.json: input input/truncated: the input ends within a value; export it again (offset 917)",
    ))
})
