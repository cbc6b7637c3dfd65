/** Every code, by an export that gives it and no other reject or finding. */
import { describe, expect, it } from "vitest"
import { FINDING_CODES, REJECT_CODES } from "#core/check/rules.ts"
import type { AnalyzeOptions } from "#core/options.ts"
import { parseInstant } from "#core/model/instant.ts"
import { analyzeBytes, analyzeFiles, type WholeAnalysis } from "./in-process.ts"

const ID = "00000000-0000-4000-8000-000000000001"
const CALL = "00000000-0000-4000-8000-00000000000c"
const GOOD = {
  id: ID,
  modalities: ["audio"],
  startDateTime: "2026-01-05T09:00:00Z",
  endDateTime: "2026-01-05T09:10:00Z",
}
const user = (id: string): object => ({ identity: { user: { id } } })
const session = (changes: object): string => JSON.stringify({ ...GOOD, ...changes })
const without = (name: keyof typeof GOOD): string => JSON.stringify({ ...GOOD, [name]: undefined })
const callRecord = (changes: object, ...sessions: readonly string[]): string =>
  `{"id":"${CALL}",${JSON.stringify({ version: 1, ...changes }).slice(1, -1)},"sessions":[${sessions.join(",")}]}`
const page = (sessions: readonly string[], more: object = {}): string =>
  `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('${CALL}')/sessions","value":[${sessions.join(",")}]${Object.keys(more).length > 0 ? `,${JSON.stringify(more).slice(1, -1)}` : ""}}`
const segment = (startDateTime: string, endDateTime: string): object => ({ id: "s", startDateTime, endDateTime })
const asOf = (text: string): bigint => {
  const instant = parseInstant(text)
  return instant.ok ? instant.ticks : 0n
}

/** Code, text, options. */
const REJECTED: readonly (readonly [string, string | Buffer, AnalyzeOptions?])[] = [
  ["json/too-large", `${session({})}\n${session({ text: "x".repeat(2000) })}`, { maxRecordBytes: 1024 }],
  [
    "json/invalid-utf8",
    Buffer.concat([Buffer.from(`${session({})}\n{"id":"`), Buffer.from([0xff]), Buffer.from('"}\n')]),
  ],
  ["json/too-deep", session({ deep: JSON.parse("[".repeat(200) + "]".repeat(200)) })],
  ["json/truncated", `[${session({})},{"id":"2`],
  ["json/malformed", `${session({})}\n{"id":nope}\n`],
  ["session/not-an-object", `${session({})}\n7\n`],
  ["session/missing-property", without("endDateTime")],
  ["session/missing-property", session({ modalities: null })],
  ["session/wrong-type", session({ modalities: 7 })],
  ["session/wrong-type", session({ modalities: "System.Object[]" })],
  ["session/wrong-type", session({ modalities: [null] })],
  ["session/wrong-type", session({ isTest: "no" })],
  ["session/wrong-type", session({ caller: { identity: { user: 5 } } })],
  ["session/bad-timestamp", session({ startDateTime: "2026-02-30T00:00:00Z" })],
  ["session/unset-timestamp", session({ endDateTime: "0001-01-01T00:00:00Z" })],
  ["session/bad-id", session({ id: "" })],
]

const FOUND: readonly (readonly [string, string, AnalyzeOptions?])[] = [
  ["session/start-after-end", session({ endDateTime: "2026-01-05T08:00:00Z" })],
  ["session/duplicate-key", session({}).replace("{", '{"id":"first",')],
  ["session/off-model", session({ segments: [{ media: [{ callerNetwork: { port: "x" } }] }] })],
  ["session/implausible-duration", session({ endDateTime: "2026-01-07T09:00:00Z" })],
  ["session/in-the-future", session({}), { asOf: asOf("2026-01-01T00:00:00Z") }],
  ["session/unknown-modality", session({ modalities: ["hologram"] })],
  ["session/no-modality", session({ modalities: [] })],
  ["session/zero-duration", session({ endDateTime: GOOD.startDateTime })],
  ["session/test-call", session({ isTest: true })],
  ["session/lone-surrogate", session({ note: "\ud83d" })],
  ["session/flattened-list", session({ modalities: "audio video" })],
  ["session/unusual-spelling", session({ modalities: ["Audio"] })],
  ["session/not-utc", session({ startDateTime: "2026-01-05T10:00:00+01:00" })],
  ["session/unusual-timestamp", session({ startDateTime: "/Date(1767603600000)/" })],
  ["segment/start-after-end", session({ segments: [segment("2026-01-05T09:08:00Z", "2026-01-05T09:02:00Z")] })],
  ["segment/outside-session", session({ segments: [segment("2026-01-05T08:59:00Z", "2026-01-05T09:02:00Z")] })],
  ["participant/unidentified", session({ caller: user("+1425555****") })],
  ["session/repeated-id", callRecord({}, session({}), session({ endDateTime: "2026-01-05T09:11:00Z" }))],
  ["session/duplicate", callRecord({}, session({}), session({}))],
  ["session/superseded", `${callRecord({ version: 1 }, session({}))}\n${callRecord({ version: 2 }, session({}))}`],
  ["call/off-model", callRecord({ version: "first" }, session({}))],
  [
    "call/session-outside-call",
    callRecord({ startDateTime: "2026-01-05T09:05:00Z", endDateTime: "2026-01-05T09:10:00Z" }, session({})),
  ],
  [
    "call/incomplete-pages",
    page([session({})], { "@odata.nextLink": "https://graph.microsoft.com/v1.0/x?$skiptoken=a" }),
  ],
  ["call/several-copies", `${page([session({})])}\n${page([session({ id: "2" })])}`],
  ["export/error-response", `${session({})}\n{"error":{"code":"NotFound"}}`],
  ["export/count-mismatch", page([session({})], { "@odata.count": 2 })],
  ["participant/overlapping-calls", `${session({ caller: user("u1") })}\n${session({ id: "2", caller: user("u1") })}`],
]

/** Rows that name their test and keep the types of its data. */
const named = <Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]): (readonly [string, Row])[] =>
  rows.map((row) => [row[0], row])
const found = ({ report }: WholeAnalysis): string[] => report.findings.map(({ code }) => code)

describe("rejects", () => {
  it.each(named(REJECTED))("%s", async (code, [, text, options = {}]) => {
    const { rejects } = await analyzeBytes(typeof text === "string" ? Buffer.from(text) : text, options)
    expect(rejects.map((reject) => reject.code)).toEqual([code])
  })

  it("all have an example, but for the one that needs a failing worker", () => {
    const shown = new Set([...REJECTED.map(([code]) => code), "worker/failed"])
    expect([...shown].toSorted()).toEqual([...REJECT_CODES].toSorted())
  })
})

describe("findings", () => {
  it.each(named(FOUND))("%s", async (code, [, text, options = {}]) => {
    const analysis = await analyzeBytes(Buffer.from(text), options)
    expect(analysis.rejects).toEqual([])
    expect(found(analysis)).toEqual([code])
  })

  it("export/same-bytes", async () => {
    const bytes = Buffer.from(session({}))
    const analysis = await analyzeFiles([
      { name: "a.json", bytes },
      { name: "b.json", bytes },
    ])
    expect(found(analysis)).toEqual(["export/same-bytes", "session/duplicate"])
  })

  it("all have an example", () => {
    const shown = new Set([...FOUND.map(([code]) => code), "export/same-bytes"])
    expect([...shown].toSorted()).toEqual([...FINDING_CODES].toSorted())
  })
})

describe("shapes that are not read", () => {
  it.each([
    [
      "rows of Call Record Insights",
      '{"CallId":"A","SessionId":"B","MediaLabel":"main-audio","StreamId":"648"}',
      "input/unsupported-shape",
    ],
    [
      "Log Analytics",
      '{"TimeGenerated":"2026-01-05T09:00:00Z","Type":"CallRecords_CL","id_g":"A"}',
      "input/unsupported-shape",
    ],
    [
      "change notifications",
      '{"value":[{"changeType":"updated","resourceData":{"id":"A"}}]}',
      "input/unsupported-shape",
    ],
    ["participants", `{"value":[{"id":"A","identity":{"user":{"id":"A"}}}]}`, "input/unsupported-shape"],
    ["a saved error", '{"error":{"code":"NotFound","message":""}}', "input/graph-error"],
    ["anything else", '{"hello":"world"}', "input/unsupported-shape"],
  ])("%s are named", async (_name, text, code) => {
    for (const bytes of [Buffer.from(text), Buffer.from(`${text}\n`)]) {
      const { report, rejects } = await analyzeBytes(bytes)
      expect(report.inputs).toMatchObject([{ status: "unsupported", error: { code } }])
      expect(report.totals).toMatchObject({ sessions: 0, calls: 0 })
      expect(rejects).toEqual([])
    }
  })
})
