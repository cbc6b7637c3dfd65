import { createHmac } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { buildReport } from "#core/report/build.ts"
import { reportText } from "#core/report/report-text.ts"
import { isReport } from "#core/report/schema.ts"
import { CALLS, sessionLists } from "../aggregate/arbitrary-sessions.ts"
import { buildFacts, type TestSession } from "../aggregate/facts-builder.ts"
import { input, reportParts } from "./report-parts.ts"

const KEY = new TextEncoder().encode("a key of sixteen bytes or more")
const pseudonym = (id: string): string => createHmac("sha256", KEY).update(id).digest("hex")
const talk = (id: string, start: bigint, name?: string): TestSession => ({
  start,
  end: start + 100n,
  call: `call-${start}`,
  caller: { id, ...(name === undefined ? {} : { name }) },
})

describe("buildReport", () => {
  it("is what the schema says, and the same bytes each time", () => {
    fc.assert(
      fc.property(sessionLists(40), fc.boolean(), (list, names) => {
        const facts = buildFacts(list, CALLS)
        const report = buildReport(reportParts(facts, { names }))
        expect(isReport(report)).toBe(true)
        const text = reportText(report)
        expect(isReport(JSON.parse(text))).toBe(true)
        expect(reportText(buildReport(reportParts(facts, { names })))).toBe(text)
        expect(JSON.parse(text)).toEqual(report)
      }),
      { numRuns: 40 },
    )
  })

  it("has its keys in the order of the contract", () => {
    const report = buildReport(reportParts(buildFacts([talk("ann", 0n), talk("ann", 50n)])))
    expect(Object.keys(report)).toEqual([
      "format",
      "formatVersion",
      "tool",
      "options",
      "complete",
      "inputs",
      "archives",
      "skipped",
      "totals",
      "durations",
      "concurrency",
      "overlap",
      "modalities",
      "failures",
      "participants",
      "coverage",
      "findings",
      "rejects",
    ])
    expect(Object.keys(report.overlap.top[0] ?? {})).toEqual([
      "participant",
      "kind",
      "sessions",
      "pairs",
      "seconds",
      "maxConcurrent",
      "acrossCalls",
    ])
    expect(Object.keys(report.participants.top[0] ?? {})).toEqual([
      "participant",
      "kind",
      "sessions",
      "calls",
      "seconds",
      "unionSeconds",
    ])
    expect(reportText(report).endsWith("}\n")).toBe(true)
  })

  it("sums inputs, counts an archive's bytes once, and is complete only if all are", () => {
    const parts = reportParts(
      buildFacts([]),
      {},
      {
        inputs: [
          input("z.zip", {
            entry: "b.json",
            sizeBytes: 7,
            sessions: 5,
            accepted: 1,
            rejected: 1,
            duplicates: 1,
            superseded: 2,
          }),
          input("z.zip", { entry: "a.json", sizeBytes: 8 }),
          input("\u{1f600}.json", { sizeBytes: 10 }),
          input("\uffee.json", {
            sizeBytes: 20,
            status: "corrupt",
            error: { code: "input/corrupt", message: "no comma", offset: 4 },
          }),
        ],
        archives: [{ path: "z.zip", sizeBytes: 500, sha256: null, entries: 2 }],
      },
    )
    const report = buildReport(parts)
    expect(report.complete).toBe(false)
    expect(report.totals).toMatchObject({
      inputs: 4,
      bytes: 530,
      records: 12,
      sessions: 14,
      accepted: 10,
      rejected: 1,
      duplicates: 1,
      superseded: 2,
    })
    expect(report.inputs.map(({ path, entry }) => [path, entry])).toEqual([
      ["z.zip", "a.json"],
      ["z.zip", "b.json"],
      ["\uffee.json", undefined],
      ["\u{1f600}.json", undefined],
    ])
  })

  it("names totals of time and what was excluded", () => {
    const facts = buildFacts([
      { start: 5n, end: 1n, caller: "a" },
      { start: 0n, end: 3n, test: true },
      { start: 1n, end: 2n },
    ])
    const { totals } = buildReport(reportParts(facts))
    expect(totals).toMatchObject({
      participants: 1,
      firstStart: "1970-01-01T00:00:00.0000001Z",
      lastEnd: "1970-01-01T00:00:00.0000002Z",
      excluded: { testCalls: 1, startAfterEnd: 1, filtered: 0 },
    })
  })

  it("orders findings by severity then code, with evidence in order and without its code", () => {
    const evidence = {
      code: "session/off-model",
      message: "m",
      record: 0,
      line: 1,
      length: 2,
      offset: 3,
      input: "a",
      sha256: "s",
    } as const
    const report = buildReport(
      reportParts(
        buildFacts([]),
        {},
        {
          findings: [
            { code: "session/test-call", count: 9, examples: [] },
            { code: "session/off-model", count: 1, examples: [evidence] },
            { code: "call/off-model", count: 2, examples: [] },
            { code: "call/incomplete-pages", count: 3, examples: [] },
          ],
          ruleOf: (code) => ({
            severity: code === "call/off-model" ? "error" : code === "session/test-call" ? "note" : "warning",
            title: `about ${code}`,
          }),
          rejectCounts: new Map([
            ["session/bad-id", 2],
            ["json/malformed", 2],
            ["session/wrong-type", 0],
            ["json/too-deep", 5],
          ] as const),
        },
      ),
    )
    expect(report.findings.map(({ code, severity }) => [severity, code])).toEqual([
      ["error", "call/off-model"],
      ["warning", "call/incomplete-pages"],
      ["warning", "session/off-model"],
      ["note", "session/test-call"],
    ])
    expect(JSON.stringify(report.findings[2]?.examples)).toBe(
      '[{"input":"a","offset":3,"length":2,"line":1,"record":0,"message":"m","sha256":"s"}]',
    )
    expect(report.rejects).toEqual({
      count: 9,
      byCode: [
        { code: "json/too-deep", count: 5 },
        { code: "json/malformed", count: 2 },
        { code: "session/bad-id", count: 2 },
      ],
    })
  })

  it("holds the first 1,000 rows of a list of counts, and 100 of a top", () => {
    const list = Array.from({ length: 1500 }, (_, index) => ({
      start: 0n,
      end: 1n,
      caller: { id: `p${index}`, tenant: `t${index}` },
      failure: { stage: `s${index}`, reason: null },
    }))
    const report = buildReport(reportParts(buildFacts(list)))
    expect(report.failures.byReason).toHaveLength(1000)
    expect(report.failures.byStage).toHaveLength(1000)
    expect(report.participants.byTenant).toHaveLength(1000)
    expect(report.participants.top).toHaveLength(100)
  })
})

describe("privacy", () => {
  it("shows the latest name only where it is asked for", () => {
    const facts = buildFacts([talk("ann", 0n, "Old"), talk("ann", 50n, "New"), talk("ben", 0n)])
    const { participants, overlap } = buildReport(reportParts(facts, { names: true }))
    expect(participants.top.map(({ participant, displayName }) => [participant, displayName])).toEqual([
      ["ann", "New"],
      ["ben", undefined],
    ])
    expect(overlap.top[0]?.displayName).toBe("New")
    expect(reportText(buildReport(reportParts(facts)))).not.toContain("New")
  })

  it("replaces every id by its pseudonym, in the options too, and changes nothing else", () => {
    fc.assert(
      fc.property(sessionLists(40), (list) => {
        const facts = buildFacts(list, CALLS)
        const open = reportText(buildReport(reportParts(facts, { participant: "ann" })))
        const hidden = reportText(buildReport(reportParts(facts, { participant: "ann", pseudonymKey: KEY })))
        const renamed = open
          .replaceAll(/"participant": "(ann|ben|cat)"/g, (_, id: string) => `"participant": "${pseudonym(id)}"`)
          .replace('"pseudonyms": false', '"pseudonyms": true')
        expect(hidden).toBe(renamed)
      }),
      { numRuns: 40 },
    )
  })

  it("never has names together with pseudonyms", () => {
    expect(() => buildReport(reportParts(buildFacts([]), { names: true, pseudonymKey: KEY }))).toThrow(RangeError)
  })
})
