import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { IDENTITY_KINDS, isGuid, participantOf, printGuid, writeGuid } from "#core/model/identity.ts"

const GUID = "0af58dc9-2a9b-4d3c-8f6e-1234567890ab"
const OTHER = "1af58dc9-2a9b-4d3c-8f6e-1234567890ab"
const NO_ONE = "00000000-0000-0000-0000-000000000000"
const kindOf = (name: (typeof IDENTITY_KINDS)[number]): number => IDENTITY_KINDS.indexOf(name)
const KEY_KINDS = IDENTITY_KINDS.slice(0, -1)

const guidText = fc.uuid().chain((guid) => fc.constantFrom(guid, guid.toUpperCase()))
const maskedId = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("", "+"),
      fc.stringMatching(/^\d{0,10}$/),
      fc.constantFrom("*", "****", "XXX", "XXXXXXXX", "xxxx"),
    )
    .map((parts) => parts.join("")),
  fc.constantFrom("+1425555****", "XXXXXX…", "+1 (425) 555-XXXX", "***"),
)
const withheldId = fc.constantFrom(
  "anonymous",
  "Anonymous",
  "Restricted",
  "RESTRICTED",
  "unavailable",
  "private",
  "withheld",
)
const unusableId = fc.oneof(
  maskedId,
  withheldId,
  fc.constantFrom(NO_ONE, `8:orgid:${NO_ONE}`, "", " ", "0", "00000000000000000000000000000000"),
  fc.constant(null),
)

describe("participantOf", () => {
  it("takes the first kind, in the order of the model, that has an id that can be used", () => {
    const member = fc.oneof(
      fc.constant(null),
      guidText.map((id) => ({ id })),
      unusableId.map((id) => ({ id })),
    )
    const set = fc.dictionary(fc.constantFrom(...KEY_KINDS, "assertedIdentity", "azureApplicationInstance"), member)
    fc.assert(
      fc.property(set, (identity) => {
        const kind = KEY_KINDS.findIndex((name) => isGuid(identity[name]?.id ?? "") && identity[name]?.id !== NO_ONE)
        const isNamed = Object.values(identity).some((value) => value !== null)
        const expected =
          kind < 0
            ? isNamed
              ? "unidentified"
              : null
            : { id: identity[KEY_KINDS[kind] ?? ""]?.id?.toLowerCase(), kind, tenantId: null, displayName: null }
        expect(participantOf({ identity })).toEqual(expected)
      }),
    )
  })

  it("takes no id that stands for nobody in particular", () => {
    fc.assert(
      fc.property(unusableId, fc.constantFrom(...KEY_KINDS), (id, kind) => {
        expect(participantOf({ associatedIdentity: { id } })).toBe("unidentified")
        expect(participantOf({ identity: { [kind]: { id, displayName: "N" } } })).toBe("unidentified")
        expect(participantOf({ associatedIdentity: { id }, identity: { [kind]: { id: GUID } } })).toMatchObject({
          id: GUID,
        })
      }),
    )
  })

  it("shows a GUID in lower case, without the prefix of an organization's user", () => {
    fc.assert(
      fc.property(guidText, fc.constantFrom("", "8:orgid:"), (guid, prefix) => {
        fc.pre(guid !== NO_ONE)
        expect(participantOf({ associatedIdentity: { id: prefix + guid } })).toMatchObject({ id: guid.toLowerCase() })
      }),
    )
  })

  it.each([
    "+5564981205182",
    "1234",
    "teamsvisitor:94A5",
    "8:live:Somebody",
    "8:orgid:somebody",
    "xx",
    "anonymous2",
    "AB12*",
    "XXX Ltd",
  ])("shows %s as written", (id) => {
    expect(participantOf({ identity: { user: { id } } })).toMatchObject({ id })
  })

  it("goes by the current property before the deprecated one", () => {
    const endpoint = {
      associatedIdentity: { id: GUID, displayName: "A", tenantId: OTHER.toUpperCase() },
      identity: { guest: { id: OTHER, displayName: "B" } },
    }
    expect(participantOf(endpoint)).toEqual({ id: GUID, kind: kindOf("guest"), tenantId: OTHER, displayName: "A" })
  })

  it.each([
    [
      "its type",
      { id: GUID, "@odata.type": "#microsoft.graph.communicationsPhoneIdentity" },
      { user: { id: GUID } },
      "phone",
    ],
    [
      "its type, without # and in other case",
      { id: GUID, "@odata.type": "Microsoft.Graph.CallRecords.UserIdentity" },
      { guest: { id: GUID } },
      "user",
    ],
    [
      "its type, of an application",
      { id: GUID, "@odata.type": "#microsoft.graph.communicationsApplicationInstanceIdentity" },
      null,
      "applicationInstance",
    ],
    [
      "the set beside it, as the base type says nothing",
      { id: GUID, "@odata.type": "#microsoft.graph.identity" },
      { user: null, encrypted: { id: OTHER } },
      "encrypted",
    ],
    ["the set beside it", { id: "+4930123456" }, { acsUser: null, onPremises: { id: null } }, "onPremises"],
    ["the form: GUID", { id: GUID }, null, "user"],
    ["the form: number", { id: "+5564981205182" }, { user: null }, "phone"],
    ["the form: short number", { id: "1234" }, null, "phone"],
    [
      "the form: Azure Communication Services",
      { id: `8:acs:${GUID}_${OTHER}` },
      null,
      "azureCommunicationServicesUser",
    ],
    ["the form: its tail", { id: `${GUID}_${OTHER}` }, null, "azureCommunicationServicesUser"],
    ["the form: visitor", { id: "teamsvisitor:94a5" }, null, "user"],
    ["the form: 32 digits", { id: GUID.replaceAll("-", "") }, null, "guest"],
    ["the form: application", { id: `28:${GUID}` }, null, "application"],
    ["nothing", { id: "somebody" }, null, "unknown"],
  ] as const)("tells the kind of an identity outside of a set by %s", (_, associatedIdentity, identity, kind) => {
    expect(participantOf({ associatedIdentity, identity })).toMatchObject({ kind: kindOf(kind) })
  })

  it.each([
    ["nothing", null],
    ["nothing", undefined],
    ["a service", { userAgent: { role: "mediaController" } }],
    ["a service as written without types", { userAgent: { headerValue: null, platform: "unknown" } }],
    ["an empty set", { identity: {} }],
    ["a set of nulls", { identity: { "@odata.type": "#microsoft.graph.identitySet", user: null, phone: null } }],
    ["objects without members", { associatedIdentity: {}, identity: { user: {} } }],
    ["text in place of identities", { associatedIdentity: "@{id=}", identity: { user: "System.Object" } }],
    ["own keys that are a prototype's", JSON.parse('{"__proto__":{"associatedIdentity":{"id":"x"}}}')],
  ] as const)("finds nobody in %s", (_, endpoint) => expect(participantOf(endpoint)).toBeNull())

  it.each([
    ["a name alone", { associatedIdentity: { id: null, displayName: "Anonymous" } }],
    ["a type alone", { associatedIdentity: { "@odata.type": "#microsoft.graph.communicationsGuestIdentity" } }],
    ["a kind that has no place in the order", { identity: { azureApplicationInstance: { id: GUID } } }],
    ["a kind of the future", { identity: { hologram: { id: GUID } } }],
    ["a wish alone", { identity: { assertedIdentity: { id: GUID } } }],
    ["an id of another type", { identity: { user: { id: 5 } } }],
  ] as const)("finds somebody unidentified in %s", (_, endpoint) =>
    expect(participantOf(endpoint)).toBe("unidentified"),
  )

  it("is not slow on long ids", () => {
    for (const id of [
      "*".repeat(1e6) + "!",
      " ".repeat(1e6) + "!",
      "X".repeat(1e6) + "!",
      "0".repeat(1e6) + "!",
      "1".repeat(1e6) + "!",
    ]) {
      expect(participantOf({ identity: { user: { id } } })).toMatchObject({ kind: kindOf("user") })
    }
  })
})

describe("GUIDs", () => {
  it("are 16 bytes in the order of their text, and printed in lower case", () => {
    fc.assert(
      fc.property(guidText, fc.nat(9), (guid, at) => {
        const bytes = new Uint8Array(32)
        expect(writeGuid(guid, bytes, at)).toBe(true)
        expect(Buffer.from(bytes.subarray(at, at + 16)).toString("hex")).toBe(guid.replaceAll("-", "").toLowerCase())
        expect(printGuid(bytes, at)).toBe(guid.toLowerCase())
        expect(bytes.filter((byte, index) => (index < at || index >= at + 16) && byte !== 0)).toHaveLength(0)
      }),
    )
  })

  it("are told from every other text, and nothing is written of one", () => {
    const near = fc
      .tuple(guidText, fc.nat(36), fc.string({ maxLength: 1 }), fc.nat(1))
      .map(([guid, at, character, removed]) => guid.slice(0, at) + character + guid.slice(at + removed))
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        const bytes = new Uint8Array(16)
        const isOne = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text) && text.length === 36
        expect(isGuid(text)).toBe(isOne)
        expect(writeGuid(text, bytes, 0)).toBe(isOne)
        expect(isOne || bytes.every((byte) => byte === 0)).toBe(true)
      }),
    )
  })
})
