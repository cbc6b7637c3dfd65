/** What is common in real exports stays in the kernel: the reference sees none of it. */
import { describe, expect, it } from "vitest"
import { bothResults } from "./engines.ts"

const USER = {
  id: "0ab2c924-c9ef-4c16-96b9-625ae81c519f",
  displayName: "Rowan",
  tenantId: "c9836b20-acde-4944-a305-102a683b148e",
}
const AGENT = { headerValue: null, applicationVersion: null, platform: "windows", productFamily: "teams" }
const SESSION = {
  id: "48732409-1c5a-4d75-9457-6613baf7c600",
  modalities: ["audio", "video"],
  startDateTime: "2026-01-05T05:32:48.7999034Z",
  endDateTime: "2026-01-05T05:41:18.9339752Z",
  isTest: false,
  failureInfo: null,
  caller: {
    name: null,
    userAgent: AGENT,
    identity: { phone: null, user: USER },
    associatedIdentity: { ...USER, userPrincipalName: "r@example.com" },
  },
  callee: { userAgent: { ...AGENT, platform: "unknown" } },
}

/** The keys of all objects in PascalCase, as PowerShell writes them. */
function pascal(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(pascal)
  return Object.fromEntries([
    ...Object.entries(value).map(([key, child]) => [key.charAt(0).toUpperCase() + key.slice(1), pascal(child)]),
    ["AdditionalProperties", {}],
  ])
}

function nulled(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      typeof child === "object" && child !== null && !Array.isArray(child) ? nulled(child) : null,
    ]),
  )
}

const SHAPES: Readonly<Record<string, unknown>> = {
  "a session": SESSION,
  "unknown properties": {
    ...SESSION,
    newProperty: { a: [1, "x", null] },
    caller: { ...SESSION.caller, another: true },
  },
  "control information": {
    "@odata.type": "#microsoft.graph.callRecords.session",
    "segments@odata.context": "https://graph.microsoft.com/v1.0/$metadata",
    ...SESSION,
    caller: { "@odata.type": "#microsoft.graph.callRecords.participantEndpoint", ...SESSION.caller },
  },
  "null everywhere": {
    ...nulled(SESSION),
    id: "s",
    modalities: [],
    startDateTime: SESSION.startDateTime,
    endDateTime: SESSION.endDateTime,
  },
  "text that is not ASCII": { ...SESSION, caller: { ...SESSION.caller, name: "Любава’s “Zoë” 😀" } },
  "an identity alone": {
    ...SESSION,
    caller: {
      associatedIdentity: { "@odata.type": "#microsoft.graph.communicationsPhoneIdentity", id: "+14255550100" },
    },
  },
  "an identity set alone": { ...SESSION, caller: { identity: { guest: { id: "8:teamsvisitor:1a2b" } } } },
  PascalCase: pascal(SESSION),
  "a failure": { ...SESSION, failureInfo: { stage: "callSetup", reason: "timeout" } },
  "a test call": { ...SESSION, isTest: true },
  "no duration": { ...SESSION, endDateTime: SESSION.startDateTime },
  "start after end": { ...SESSION, startDateTime: "2026-02-05T05:32:48Z" },
  "another offset": { ...SESSION, startDateTime: "2026-01-05T06:32:48.7999034+01:00" },
  "no modality": { ...SESSION, modalities: [] },
  "nobody in particular": { ...SESSION, caller: { identity: { user: { id: null, displayName: "Rowan" } } } },
  "a callRecord without sessions": { id: "c1", version: 1, type: "groupCall", modalities: ["audio"], joinWebUrl: null },
  "a page of sessions": {
    "@odata.context": "https://graph.microsoft.com/v1.0/x",
    value: [SESSION, { ...SESSION, id: "s2" }],
  },
  "a page of callRecords": {
    value: [
      { id: "c1", version: 1, sessions: [SESSION] },
      { id: "c2", version: 1, sessions: [] },
    ],
  },
  "a callRecord": {
    id: "c1",
    version: 1,
    type: "groupCall",
    modalities: ["audio"],
    sessions: [SESSION, { ...SESSION, id: "s2" }],
  },
}

describe("the kernel takes", () => {
  it.each(Object.entries(SHAPES))("%s", (_name, value) => {
    const { fast, slow, handedOverCount } = bothResults(Buffer.from(`${JSON.stringify(value)}\n`))
    expect(fast).toEqual(slow)
    expect(handedOverCount).toBe(0)
  })

  it("escapes in a text, and any white space between parts", () => {
    const text = JSON.stringify(SESSION)
      .replace("Rowan", String.raw`J\u00fcrg \ud83d\ude00 \"R\" \/`)
      .replaceAll(",", " ,\t")
      .replaceAll(":{", ": {\r")
    const { fast, slow, handedOverCount } = bothResults(Buffer.from(text))
    expect(fast).toEqual(slow)
    expect(handedOverCount).toBe(0)
  })
})
