import { stripVTControlCharacters } from "node:util"
import fc from "fast-check"
import { afterEach, describe, expect, it, vi } from "vitest"
import { FINDING_CODES, findingRule, REJECT_CODES, type Report } from "@callsift/core"
import { hintLines } from "#cli/render/hints.ts"
import { columnsOf, paintFor, type TextLayout } from "#cli/render/style.ts"
import { summaryLines } from "#cli/render/summary.ts"
import { EMPTY_REPORT, FULL_REPORT, TRUNCATED_INPUT } from "../example-report.ts"

afterEach(() => vi.unstubAllEnvs())

const plain = (width: number): TextLayout => ({ paint: (_style, text) => text, width })
const screen = (report: Report, width: number): string[] => [
  ...summaryLines(report, plain(width)),
  ...hintLines(report, null, plain(width)),
]
const lineWith = (report: Report, label: string): string =>
  summaryLines(report, plain(100)).find((line) => line.startsWith(label)) ?? "no such line"

describe("summaryLines", () => {
  it("says how many sessions there are, of which calls and when", () =>
    expect(summaryLines(FULL_REPORT, plain(100))[0]).toBe(
      "1,005 sessions in 200 calls · 2026-01-05 09:00 to 2026-01-06 17:30 UTC",
    ))

  it.each([
    ["sessions", "1,000 accepted · 2 rejected · 1 duplicate · 2 superseded"],
    ["inputs", "2, 1.2 MB; 1 test call left out, 4 filtered out, 3 without a usable duration"],
    ["rejected", "2  json/invalid-utf8              Not valid UTF-8"],
    ["durations", "median 28m 52s · mean 32m 33s · p95 1h 26m · max 2h 02m · total 10d 19h"],
    ["  under 1 min", "92  ███████████▎"],
    ["  5 to 30 min", `600  ${"█".repeat(73)}`],
    ["  over 4 h", "0"],
    ["modalities", `audio             75.0 %  ${"█".repeat(43)}▌`],
    ["at once", "31 at 2026-01-05 11:04 UTC · busy hour 2026-01-05 11:00, 17.2 erlangs"],
    ["starts by hour", "0          █             ▂ 24 UTC"],
    ["participants", "321"],
    ["in two calls", "9 participants, 10 pairs, 3h 47m"],
    ["failed", "17 sessions (1.7 %): callSetup 10, no stage 7"],
    ["findings", "3  error    session/start-after-end        Sessions that start after they end"],
  ])("has the line %s", (label, text) =>
    expect(lineWith(FULL_REPORT, label).slice(label.length).trimStart()).toBe(text),
  )

  it("names inputs that are not complete, with the reason", () =>
    expect(summaryLines(FULL_REPORT, plain(100)).join("\n")).toContain(
      "truncated archive/cut.json: the input ends within a value; export it again",
    ))

  it("of an archive of no sessions has no figures that would mean nothing", () => {
    const text = summaryLines(EMPTY_REPORT, plain(100)).join("\n")
    expect(text).toContain("0 sessions in 0 calls")
    expect(text).not.toMatch(/durations|modalities|starts by hour|NaN|null|undefined|Infinity/)
    expect(text).toMatch(/findings +none/)
  })

  it("of sessions that name no call does not say that there is none", () => {
    const report = { ...FULL_REPORT, totals: { ...FULL_REPORT.totals, calls: 0 } }
    expect(summaryLines(report, plain(100))[0]).toMatch(/^1,005 sessions of calls that are not named/)
  })

  it("paints only where it is told to, and the text is the same", () => {
    vi.stubEnv("NO_COLOR", undefined)
    vi.stubEnv("FORCE_COLOR", "1")
    const painted = summaryLines(FULL_REPORT, { paint: paintFor({}, true), width: 80 })
    expect(painted.join("\n")).toContain("\u001b[")
    expect(painted.map((line) => stripVTControlCharacters(line))).toEqual(summaryLines(FULL_REPORT, plain(80)))
  })
})

// ---- whatever is in the report

const HOSTILE = "\u001b[2J\u202e\r\n日本語".repeat(20)
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constant(HOSTILE))
const amount = fc.oneof(fc.nat(), fc.nat(1e12))

const reports: fc.Arbitrary<Report> = fc
  .record({
    inputs: fc.array(fc.record({ path: text, message: text, isEntry: fc.boolean(), entry: text }), { maxLength: 8 }),
    rejects: fc.subarray([...REJECT_CODES]),
    findings: fc.subarray([...FINDING_CODES]),
    stages: fc.array(fc.option(text), { maxLength: 5 }),
    counts: amount,
  })
  .map(({ inputs, rejects, findings, stages, counts }) => ({
    ...FULL_REPORT,
    inputs: inputs.map(({ path, message, isEntry, entry }) => ({
      ...TRUNCATED_INPUT,
      path,
      ...(isEntry ? { entry } : {}),
      error: { code: "input/truncated", message },
    })),
    totals: { ...FULL_REPORT.totals, sessions: counts, accepted: counts, rejected: counts, participants: counts },
    rejects: { count: rejects.length, byCode: rejects.map((code) => ({ code, count: counts })) },
    findings: findings.map((code) => {
      const { severity, title } = findingRule(code)
      return { code, severity, title, count: counts, examples: [] }
    }),
    failures: { ...FULL_REPORT.failures, byStage: stages.map((stage) => ({ stage, sessions: counts })) },
  }))

describe("the screen", () => {
  it("is never wider than it may be, and fits a terminal of 80 by 40", () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 60, max: 100 }), (report, width) => {
        for (const line of screen(report, width)) expect(columnsOf(line)).toBeLessThanOrEqual(width)
        if (width >= 80) expect(screen(report, width).length).toBeLessThanOrEqual(40)
      }),
    )
  })

  it("shows nothing of the data that a terminal would obey", () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 60, max: 100 }), (report, width) => {
        for (const line of screen(report, width)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })

  it("counts what it does not list", () => {
    const inputs = Array.from({ length: 7 }, () => TRUNCATED_INPUT)
    const lines = screen({ ...FULL_REPORT, inputs }, 100)
    expect(lines.filter((line) => line.includes("archive/cut.json"))).toHaveLength(2)
    expect(lines.join("\n")).toContain("and 5 more inputs")
  })
})

describe("hintLines", () => {
  it("name what is there", () => {
    expect(hintLines(EMPTY_REPORT, null, plain(100))).toEqual(["", "-o FOLDER keeps the report"])
    expect(hintLines(FULL_REPORT, null, plain(100))[1]).toContain("callsift validate")
    expect(hintLines(EMPTY_REPORT, "out", plain(100))).toEqual(["", "report.json and tables are in out"])
    expect(hintLines(FULL_REPORT, "out", plain(60))).toEqual([
      "",
      "report.json and tables are in out",
      "rejects.ndjson says where each reject lies",
      "findings.ndjson where each finding lies",
    ])
  })

  it("escape the folder", () => expect(hintLines(EMPTY_REPORT, "a\u001b", plain(100))[1]).toMatch(/in a\\u\{1b\}$/))
})
