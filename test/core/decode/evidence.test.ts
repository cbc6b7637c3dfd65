/** Where in a session a reject or finding points to. That each code has an example is shown elsewhere. */
import { describe, expect, it } from "vitest"
import { decodeText, LIMITS } from "./decoding.ts"

const GOOD = {
  id: "00000000-0000-4000-8000-000000000001",
  modalities: ["audio"],
  startDateTime: "2026-01-05T09:00:00Z",
  endDateTime: "2026-01-05T09:10:00Z",
}
const json = (changes: object): string => JSON.stringify({ ...GOOD, ...changes })
const dates = (startDateTime: string, endDateTime: string): object => ({ startDateTime, endDateTime })

describe.each([
  ["alone", (text: string) => `${text}\n`, ""],
  ["in a callRecord", (text: string) => `{"id":"A","sessions":[${json({ id: "first" })},${text}]}`, "/sessions/1"],
])("of a session %s", (_name, layout, place) => {
  it.each([
    ["json/too-deep", `{"x":${"[".repeat(200)}${"]".repeat(200)}}`, null],
    ["json/malformed", '{"id":"1","caller":{"name":tru}}', "/caller/name"],
    ["session/missing-property", json({ modalities: undefined }), "/modalities"],
    ["session/missing-property", json({ startDateTime: null }), "/startDateTime"],
    ["session/wrong-type", json({ modalities: ["audio", 7] }), "/modalities/1"],
    ["session/wrong-type", json({ callee: { identity: { user: 5 } } }), "/callee/identity/user"],
    ["session/bad-timestamp", json({ endDateTime: "2026-02-30T00:00:00Z" }), "/endDateTime"],
    ["session/unset-timestamp", json({ startDateTime: "0001-01-01T00:00:00Z" }), "/startDateTime"],
    ["session/bad-id", json({ id: "" }), "/id"],
  ])("%s", async (code, text, pointer) => {
    const { rejects, findings } = await decodeText(layout(text))
    expect(findings).toEqual([])
    const whole = pointer === null && place === "" ? null : `${place}${pointer ?? ""}`
    expect(rejects).toMatchObject([{ code, pointer: whole, byteLength: Buffer.byteLength(text) }])
    expect(layout(text).slice(rejects[0]?.byteOffset).startsWith(text)).toBe(true)
  })

  it.each([
    ["session/start-after-end", json({ endDateTime: "2026-01-05T08:00:00Z" }), "/startDateTime"],
    ["session/duplicate-key", json({}).replace("{", '{"modalities":[],'), "/modalities"],
    ["session/off-model", json({ segments: [{ id: 7 }] }), "/segments/0/id"],
    ["session/implausible-duration", json({ endDateTime: "2026-01-07T09:00:00Z" }), "/endDateTime"],
    ["session/unknown-modality", json({ modalities: ["audio", "hologram"] }), "/modalities/1"],
    ["session/no-modality", json({ modalities: [] }), "/modalities"],
    ["session/zero-duration", json({ endDateTime: GOOD.startDateTime }), "/endDateTime"],
    ["session/test-call", json({ isTest: true }), "/isTest"],
    ["session/lone-surrogate", json({ note: { text: "\ud83d" } }), "/note/text"],
    ["session/flattened-list", json({ modalities: "audio video" }), "/modalities"],
    [
      "session/unusual-spelling",
      json({ caller: { userAgent: { platform: "WINDOWS" } } }),
      "/caller/userAgent/platform",
    ],
    ["session/not-utc", json({ startDateTime: "2026-01-05T10:00:00+01:00" }), "/startDateTime"],
    ["session/unusual-timestamp", json({ startDateTime: "/Date(1767603600000)/" }), "/startDateTime"],
    [
      "segment/start-after-end",
      json({ segments: [dates("2026-01-05T09:08:00Z", "2026-01-05T09:02:00Z")] }),
      "/segments/0/startDateTime",
    ],
    [
      "segment/outside-session",
      json({ segments: [dates("2026-01-05T08:59:00Z", "2026-01-05T09:02:00Z")] }),
      "/segments/0",
    ],
    ["participant/unidentified", json({ callee: { identity: { user: { id: "+1425555****" } } } }), "/callee"],
  ])("%s", async (code, text, pointer) => {
    const { rows, rejects, findings } = await decodeText(layout(text))
    expect(rejects).toEqual([])
    expect(rows.at(-1)?.findings).toEqual([code])
    expect(findings).toMatchObject([{ code, pointer: `${place}${pointer}`, row: rows.length - 1 }])
  })
})

it("session/in-the-future is a matter of what counts as now", async () => {
  const { rows } = await decodeText(`${json({})}\n`)
  const start = rows[0]?.start ?? 0n
  expect((await decodeText(`${json({})}\n`, { asOfTicks: start })).rows[0]?.findings).toEqual([])
  const early = await decodeText(`${json({})}\n`, { asOfTicks: start - 1n })
  expect(early.rows[0]?.findings).toEqual(["session/in-the-future"])
})

it("a session as long as is plausible is, and one tick longer is not", async () => {
  const text = `${json({ endDateTime: "2026-01-06T09:00:00Z" })}\n`
  expect((await decodeText(text)).rows[0]?.findings).toEqual([])
  const stricter = await decodeText(text, { maxDurationTicks: LIMITS.maxDurationTicks - 1n })
  expect(stricter.rows[0]?.findings).toEqual(["session/implausible-duration"])
})
