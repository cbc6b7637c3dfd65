import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  CALL_RECORD_PROPERTIES,
  isControlInformation,
  SESSION_PROPERTIES,
  walkProperties,
  type KnownProperties,
} from "#core/model/known-properties.ts"
import { pointerOf } from "#core/model/pointer.ts"
import { Session } from "#core/model/session.ts"
import { valueOf } from "./model-values.ts"

/** Members at all depths, by the text: what JSON.stringify puts a colon behind. */
function memberCount(value: unknown): number {
  return (
    JSON.stringify(value)
      ?.replaceAll(/"(?:[^"\\]|\\.)*"/g, "")
      .split(":").length - 1
  )
}

interface Site {
  readonly object: Record<string, unknown>
  readonly pointer: string
}

/** The objects in a session that are no dictionaries, with the pointers of their places. */
function sitesOf(value: unknown, node: KnownProperties, pointer = ""): Site[] {
  if (Array.isArray(value)) return value.flatMap((element) => sitesOf(element, node, `${pointer}/*`))
  if (typeof value !== "object" || value === null || node.isDictionary) return []
  const object = value as Record<string, unknown>
  const below = Object.entries(object).flatMap(([key, member]) => {
    const child = node.properties.get(key)
    return child === undefined || child === null ? [] : sitesOf(member, child, `${pointer}/${key}`)
  })
  return [{ object, pointer }, ...below]
}

const unknownKey = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "a/b", "m~n", "", "ID", "é"),
  fc.stringMatching(/^new[a-z]{1,3}$/),
)
const modelSession = valueOf(Session.ast)

describe("walkProperties", () => {
  it("counts the members of the whole value", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          modelSession,
          fc.json().map((text): unknown => JSON.parse(text)),
        ),
        (value) => {
          expect(walkProperties(value, SESSION_PROPERTIES).memberCount).toBe(memberCount(value))
        },
      ),
    )
  })

  it("finds exactly the properties that the model does not know, each once", () => {
    const additions = fc.array(fc.tuple(fc.nat(), unknownKey, fc.jsonValue()), { maxLength: 6 })
    fc.assert(
      fc.property(modelSession, additions, (made, added) => {
        const session: unknown = JSON.parse(JSON.stringify(made))
        const sites = sitesOf(session, SESSION_PROPERTIES)
        const expected = added.map(([seed, key, value]) => {
          const { object, pointer } = sites[seed % sites.length] as Site
          Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
          return `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`
        })
        const { unknown, memberCount: counted } = walkProperties(session, SESSION_PROPERTIES)
        expect([...(unknown ?? [])].toSorted()).toEqual([...new Set(expected)].toSorted())
        expect(counted).toBe(memberCount(session))
      }),
    )
  })

  it("takes control information for known, whatever it is about", () => {
    const control = [
      "@odata.type",
      "@odata.nextLink",
      "@nextLink",
      "segments@odata.context",
      "caller@name",
      "@odata.nextlink",
    ]
    expect(control.every(isControlInformation)).toBe(true)
    const value = { ...Object.fromEntries(control.map((key) => [key, {}])), caller: { "@odata.type": "x" } }
    expect(walkProperties(value, SESSION_PROPERTIES)).toEqual({ memberCount: 8, unknown: null })
  })

  it("takes the keys of a feedbackTokenSet for data, those of identities for properties", () => {
    const value = {
      caller: {
        feedback: { tokens: { EchoHeard: true, NoSound: { deep: 1 } } },
        identity: { hologram: { id: "x" }, user: { nick: 1 } },
      },
    }
    const { unknown, memberCount: counted } = walkProperties(value, SESSION_PROPERTIES)
    expect([...(unknown ?? [])]).toEqual(["/caller/identity/hologram", "/caller/identity/user/nick"])
    expect(counted).toBe(11)
  })

  it("does not descend where a list or an object stands in place of the other", () => {
    expect(
      walkProperties({ segments: { a: 1 }, caller: [{ b: 2 }], modalities: [{ c: 3 }] }, SESSION_PROPERTIES),
    ).toEqual({ memberCount: 6, unknown: null })
    expect(walkProperties([{ id: 1 }], SESSION_PROPERTIES)).toEqual({ memberCount: 1, unknown: null })
    expect(walkProperties({ segments: [[{ d: 4 }]] }, SESSION_PROPERTIES)).toEqual({ memberCount: 2, unknown: null })
  })

  it("gives one pointer for all elements of a list", () => {
    const value = { segments: [{ x: 1 }, { x: 2, media: [{ streams: [{ y: 1 }, { y: 2 }] }] }] }
    expect([...(walkProperties(value, SESSION_PROPERTIES).unknown ?? [])]).toEqual([
      "/segments/*/x",
      "/segments/*/media/*/streams/*/y",
    ])
  })

  it("is unharmed by 50,000 unknown keys and by depth up to the limit", () => {
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, index]))
    expect(walkProperties(wide, SESSION_PROPERTIES).unknown?.size).toBe(50_000)
    const deep = JSON.parse(`${'{"x":'.repeat(128)}1${"}".repeat(128)}`) as unknown
    expect(walkProperties(deep, SESSION_PROPERTIES)).toEqual({ memberCount: 128, unknown: new Set(["/x"]) })
  })
})

describe("the tree", () => {
  it("is read from the schema", () => {
    expect([...SESSION_PROPERTIES.properties.keys()]).toEqual([
      "id",
      "modalities",
      "startDateTime",
      "endDateTime",
      "caller",
      "callee",
      "failureInfo",
      "isTest",
      "segments",
    ])
    const segment = SESSION_PROPERTIES.properties.get("segments")
    expect(segment).toMatchObject({ isList: true, isDictionary: false })
    expect(segment?.properties.get("media")?.properties.get("streams")?.properties.has("averageJitter")).toBe(true)
    expect(segment?.properties.get("startDateTime")).toBeNull()
    expect(
      SESSION_PROPERTIES.properties.get("caller")?.properties.get("feedback")?.properties.get("tokens"),
    ).toMatchObject({ isDictionary: true })
    expect([...(CALL_RECORD_PROPERTIES.properties.get("sessions")?.properties.keys() ?? [])]).toEqual([
      ...SESSION_PROPERTIES.properties.keys(),
    ])
  })

  it.each([
    [SESSION_PROPERTIES, "StartDateTime", "startDateTime"],
    [SESSION_PROPERTIES, "IsTest", "isTest"],
    [CALL_RECORD_PROPERTIES, "OrganizerV2", "organizer_v2"],
    [CALL_RECORD_PROPERTIES, "Organizer_v2", "organizer_v2"],
    [SESSION_PROPERTIES.properties.get("caller")?.properties.get("userAgent"), "AzureAdAppId", "azureADAppId"],
    [SESSION_PROPERTIES.properties.get("caller")?.properties.get("userAgent"), "AzureADAppId", "azureADAppId"],
    [
      SESSION_PROPERTIES.properties.get("segments")?.properties.get("media")?.properties.get("callerNetwork"),
      "IPAddress",
      "ipAddress",
    ],
    [
      SESSION_PROPERTIES.properties.get("segments")?.properties.get("media")?.properties.get("callerNetwork"),
      "ReflexiveIPAddress",
      "reflexiveIPAddress",
    ],
  ])("knows PowerShell's spelling: %#", (node, spelling, name) => expect(node?.pascalCase.get(spelling)).toBe(name))

  it.each(["startDateTime", "STARTDATETIME", "Constructor", "__proto__", "AdditionalProperties"])(
    "takes %s for no PascalCase name",
    (key) => {
      expect(SESSION_PROPERTIES.pascalCase.has(key)).toBe(false)
    },
  )
})

describe("pointerOf", () => {
  it("escapes as RFC 6901 says", () => {
    expect(pointerOf([])).toBe("")
    expect(pointerOf(["a/b", "m~n", 0, "", "~1"])).toBe("/a~1b/m~0n/0//~01")
  })
})
