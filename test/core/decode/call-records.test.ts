/** What stands around sessions: callRecords with and without them, pages, and what is wrong in these. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { callRecord } from "../../arbitraries/export.ts"
import { powerShellRecord } from "../../arbitraries/powershell.ts"
import { decodeText, type Decoded } from "./decoding.ts"

const SESSION =
  '{"id":"s1","modalities":["audio"],"startDateTime":"2026-01-05T09:00:00Z","endDateTime":"2026-01-05T09:10:00Z"}'
const CALL = "dddddddd-0000-4000-8000-000000000001"
const withSessions = (own: string): string => `{"id":"${CALL}",${own},"sessions":[${SESSION}]}`
const withoutSessions = (own: string): string => `{"id":"${CALL}","lastModifiedDateTime":null,${own}}`
const found = ({ findings }: Decoded): (string | null)[][] => findings.map(({ code, pointer }) => [code, pointer])

describe("a callRecord", () => {
  it("says the same with sessions, without, and as PowerShell writes it", async () => {
    await fc.assert(
      fc.asyncProperty(callRecord, async (call) => {
        const { head, sessions } = call
        const texts = [head, { ...head, sessions }, powerShellRecord(call)].map((value) => JSON.stringify(value))
        const results = await Promise.all(texts.map((text) => decodeText(text)))
        const own = results.map(({ envelopes }) =>
          envelopes.map((each) => [
            each.callId,
            each.version,
            each.type,
            each.startTicks,
            each.endTicks,
            each.lastModifiedTicks,
          ]),
        )
        expect(own[0]?.[0]?.slice(0, 3)).toEqual([head.id, String(head.version), head.type])
        expect(own).toEqual([own[0], own[0], own[0]])
        const ofCalls = results.flatMap(({ findings }) => findings.filter(({ row }) => row < 0))
        expect(ofCalls).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    ["version", '"version":"first"', { version: null }],
    ["version", '"version":1.5', { version: null }],
    // Its last digits are lost already, so that two versions could not be told apart.
    ["version", '"version":9007199254740993', { version: null }],
    ["type", '"type":1', { type: null }],
    ["startDateTime", '"startDateTime":"yesterday"', { startTicks: null }],
    ["lastModifiedDateTime", '"lastModifiedDateTime":5', { lastModifiedTicks: null }],
  ])("whose %s cannot be read keeps its sessions: %s", async (name, own, content) => {
    for (const text of [withSessions(own), withoutSessions(own)]) {
      const decoded = await decodeText(text)
      expect(decoded.rejects).toEqual([])
      expect(decoded.rows).toHaveLength(text.includes("sessions") ? 1 : 0)
      expect(decoded.envelopes).toMatchObject([{ callId: CALL, ...content }])
      // Of a repeated key the last counts, which in the second text is the faulty one.
      expect(found(decoded)).toContainEqual(["call/off-model", `/${name}`])
    }
  })

  it.each([
    ['"version":"9007199254740993"', { version: "9007199254740993" }],
    ['"version":null,"type":""', { version: null, type: null }],
    ['"type":"PeerToPeer"', { type: "peerToPeer" }],
    ['"type":"townHall"', { type: "townHall" }],
    ['"startDateTime":"0001-01-01T00:00:00Z"', { startTicks: null }],
  ])("is read without a finding: %s", async (own, content) => {
    const decoded = await decodeText(withSessions(own))
    expect(decoded.envelopes).toMatchObject([content])
    expect(found(decoded)).toEqual([])
  })

  it("without a usable id is of no known call", async () => {
    for (const id of ['""', "5"]) {
      const decoded = await decodeText(`{"id":${id},"version":1,"sessions":[${SESSION}]}`)
      expect(decoded.envelopes).toMatchObject([{ callId: null, version: "1" }])
      expect(found(decoded)).toEqual([["call/off-model", "/id"]])
      expect(decoded.rows).toHaveLength(1)
    }
  })

  it("that repeats one of its keys has a finding, before its sessions, behind them, and without any", async () => {
    for (const text of [
      `{"version":1,"version":2,"id":"A","sessions":[${SESSION}]}`,
      `{"version":1,"id":"A","sessions":[${SESSION}],"version":2}`,
      '{"version":1,"id":"A","version":2}',
    ]) {
      const decoded = await decodeText(text)
      expect(decoded.envelopes).toMatchObject([{ version: "2" }])
      expect(found(decoded)).toEqual([["session/duplicate-key", "/version"]])
    }
    const unknown = await decodeText(`{"id":"A","version":1,"note":1,"note":2,"sessions":[${SESSION}]}`)
    expect(found(unknown)).toEqual([])
  })

  it("of which some properties were selected is no session", async () => {
    const { rows, envelopes } = await decodeText(SESSION.replace("}", ',"type":"groupCall"}'))
    expect(rows).toEqual([])
    expect(envelopes).toMatchObject([{ kind: "callRecord", callId: "s1", type: "groupCall" }])
  })

  it.each(['"System.Object[]"', '"@{id=1}"', '""', "5", "true"])(
    "whose sessions are %s says that they are lost",
    async (sessions) => {
      for (const own of [',"version":1', ""]) {
        const { rejects, envelopes } = await decodeText(`{"id":"A"${own},"sessions":${sessions}}`)
        expect(rejects).toMatchObject([{ code: "session/wrong-type", pointer: "/sessions" }])
        expect(envelopes).toMatchObject([{ callId: "A" }])
      }
    },
  )

  it("that lies in as many lists as are framed, or in more, loses no session in silence", async () => {
    const within = (lists: number): string =>
      `${'{"value":['.repeat(lists)}{"id":"A","version":1,"sessions":[${SESSION}]}${"]}".repeat(lists)}`
    for (const lists of [7, 8]) expect((await decodeText(within(lists))).rows).toHaveLength(1)
    const { rows, foreign } = await decodeText(within(9))
    expect(rows).toEqual([])
    expect(foreign).toMatchObject([{ shape: "unknown", reject: { code: "session/missing-property" } }])
  })
})

describe("a session without ends", () => {
  it.each([
    '"error":{"code":"x"}',
    '"status":404',
    '"TimeGenerated":"x","Type":"y"',
    '"Tables":[]',
    '"type":"session"',
  ])("stays one with the unknown %s", async (unknown) => {
    const { rows, rejects, findings } = await decodeText(SESSION.replace("{", `{${unknown},`))
    expect([rows.length, rejects, findings]).toEqual([1, [], []])
  })
})

describe("the count of a list", () => {
  const counted = async (text: string): Promise<number | null | undefined> =>
    (await decodeText(text)).envelopes[0]?.declaredCount

  it.each([
    ["@odata.count", "3", 3],
    ["@count", '"3"', 3],
    ["@odata.count", "true", null],
    ["@odata.count", '""', null],
    ["@odata.count", "[]", null],
    ["participants@odata.count", "3", null],
  ])("%s of a page: %s is %s", async (name, value, count) => {
    expect(await counted(`{"${name}":${value},"value":[${SESSION}]}`)).toBe(count)
  })

  it("of a callRecord is that of its sessions, not of its participants", async () => {
    expect(await counted(withSessions('"sessions@odata.count":1'))).toBe(1)
    expect(await counted(withSessions('"participants_v2@odata.count":7'))).toBe(null)
    expect(await counted(withSessions('"participants_v2@odata.count":7,"Sessions@odata.count":1'))).toBe(1)
  })
})

describe("the call of a page", () => {
  const page = async (control: object): Promise<unknown> =>
    (await decodeText(`${JSON.stringify(control).slice(0, -1)},"value":[]}`)).envelopes[0]
  const GRAPH = "https://graph.microsoft.com"

  it.each([
    [{ "@odata.context": `${GRAPH}/v1.0/$metadata#communications/callRecords('A')/sessions` }, false],
    [{ "@odata.context": `${GRAPH}/beta/$metadata#communications/callRecords(%27A%27)/sessions(segments())` }, false],
    [{ "@context": "https://dod-graph.microsoft.us/$metadata#communications/callRecords/A/sessions" }, false],
    [{ "@odata.nextLink": `${GRAPH}/v1.0/communications/callRecords/A/sessions?$skiptoken=x` }, true],
    [{ "@odata.nextlink": `${GRAPH}/v1.0/communications/callRecords('A')/sessions?$skiptoken=x` }, true],
  ])("is told by %j", async (control, hasNextLink) => {
    expect(await page(control)).toMatchObject({ kind: "sessionsPage", callId: "A", hasNextLink })
  })

  it.each([
    [{ "@odata.context": `${GRAPH}/v1.0/$metadata#communications/callRecords` }, "callsPage"],
    [
      { "@odata.context": `${GRAPH}/v1.0/$metadata#communications/callRecords(sessions(segments()))/$entity` },
      "wrapper",
    ],
    [{ "@odata.nextLink": null }, "wrapper"],
    [{ value2: 1 }, "wrapper"],
  ])("is not told by %j", async (control, kind) => {
    expect(await page(control)).toMatchObject({ kind, callId: null, hasNextLink: false })
  })

  it("is not looked for without end in a long text", async () => {
    const context = "/callRecords(%27a".repeat(50_000)
    expect(await page({ "@odata.context": context })).toMatchObject({ kind: "wrapper", callId: null })
  })
})

describe("what stands around sessions and is no JSON", () => {
  const LIMITS = { maxRecordBytes: 4096, maxDepth: 16 }
  const broken: readonly (readonly [string, string | Buffer])[] = [
    ["json/malformed", `{"id":"A",nope,"sessions":[${SESSION}]}`],
    ["json/malformed", `{"id":"A","sessions":[${SESSION}],"version":01}`],
    ["json/too-deep", `{"id":"A","note":${"[".repeat(20)}${"]".repeat(20)},"sessions":[${SESSION}]}`],
    [
      "json/invalid-utf8",
      Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff]), Buffer.from(`","sessions":[${SESSION}]}`)]),
    ],
  ]
  const line = (text: string | Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${SESSION}\n`), Buffer.from(text as string), Buffer.from(`\n${SESSION}\n`)])

  it.each(broken)("costs its line in NDJSON: %s", async (code, text) => {
    const { rows, rejects, envelopes } = await decodeText(line(text), LIMITS)
    expect(rows).toHaveLength(2)
    expect(envelopes).toEqual([])
    const byteOffset = SESSION.length + 1
    expect(rejects).toMatchObject([{ code, byteOffset, byteLength: Buffer.from(text as string).length, line: 1 }])
  })

  it.each(broken)("costs no session in a document: %s", async (_code, text) => {
    const decoded = await decodeText(Buffer.from(text as string), LIMITS)
    expect([decoded.rows.length, decoded.rejects.length, decoded.envelopes.length]).toEqual([1, 0, 1])
  })
})
