/**
 * Who took part. Graph names people and machines in several places and forms; a participant's key is the first id that
 * can be used, by a fixed order of kinds: Graph defines none, so people come before machines.
 */

/** The keys of an identity set in order of precedence, then what remains. */
export const IDENTITY_KINDS = [
  "user",
  "guest",
  "onPremises",
  "encrypted",
  "azureCommunicationServicesUser",
  "acsUser",
  "spoolUser",
  "phone",
  "applicationInstance",
  "acsApplicationInstance",
  "spoolApplicationInstance",
  "application",
  "conversation",
  "device",
  "unknown",
] as const
export type IdentityKind = (typeof IDENTITY_KINDS)[number]

/** The names in an identity set that may give a key. `assertedIdentity` is what somebody wishes to be shown as, never a key. */
const SET_KINDS = IDENTITY_KINDS.slice(0, -1)

/** An identity as it stands in JSON. */
export interface IdentityLike {
  readonly id?: unknown
  readonly displayName?: unknown
  readonly tenantId?: unknown
  readonly "@odata.type"?: unknown
}

/** One end of a session or segment, as far as it names somebody. */
export interface EndpointLike {
  readonly associatedIdentity?: IdentityLike | null | undefined
  readonly identity?: { readonly [key: string]: unknown } | null | undefined
}

/** Somebody who took part. */
export interface Participant {
  /** As shown: a GUID in lower case, any other id as written. */
  readonly id: string
  /** Index in `IDENTITY_KINDS`. */
  readonly kind: number
  /** As shown: a GUID in lower case, any other text as written. */
  readonly tenantId: string | null
  readonly displayName: string | null
}

/**
 * Who is at an end: somebody, somebody without an id that can be used ("unidentified"), or nobody, as at a service (null).
 * The current property goes before the deprecated one, and an id that is no one's is passed over.
 */
export function participantOf(endpoint: EndpointLike | null | undefined): Participant | "unidentified" | null {
  if (endpoint === null || endpoint === undefined) return null
  const flat = asIdentity(endpoint.associatedIdentity)
  const set = isObject(endpoint.identity) ? endpoint.identity : null
  const flatId = flat === null ? null : participantKey(flat.id)
  if (flat !== null && flatId !== null) return participant(flatId, kindOfFlat(flat, set, flatId), flat)
  const named = set === null ? null : firstOfSet(set)
  return named ?? (flat === null ? null : "unidentified")
}

/** The first of a set that has an id that can be used; "unidentified" where somebody is named, but none has. */
function firstOfSet(set: { readonly [key: string]: unknown }): Participant | "unidentified" | null {
  for (let kind = 0; kind < SET_KINDS.length; kind++) {
    const member = asIdentity(set[SET_KINDS[kind] ?? ""])
    const id = member === null ? null : participantKey(member.id)
    if (member !== null && id !== null) return participant(id, kind, member)
  }
  // Kinds that are not in the order, and new ones, name somebody too.
  return Object.entries(set).some(([key, member]) => !key.includes("@") && asIdentity(member) !== null)
    ? "unidentified"
    : null
}

function participant(id: string, kind: number, { tenantId, displayName }: IdentityLike): Participant {
  const tenant = textOf(tenantId)
  return {
    id,
    kind,
    tenantId: tenant === null ? null : shownTenant(tenant),
    displayName: textOf(displayName),
  }
}

/** A tenant as shown: a GUID in lower case, any other text as written. */
export function shownTenant(tenant: string): string {
  return isGuid(tenant) ? tenant.toLowerCase() : tenant
}

/** The kind of an identity outside of a set: by its type, else by what the set beside it fills, else by the form of its id. */
function kindOfFlat(flat: IdentityLike, set: { readonly [key: string]: unknown } | null, id: string): number {
  const type = textOf(flat["@odata.type"])
  const byType = type === null ? null : kindOfTypeName(type)
  if (byType !== null) return byType
  const filled = set === null ? -1 : SET_KINDS.findIndex((kind) => asIdentity(set[kind]) !== null)
  return filled >= 0 ? filled : IDENTITY_KINDS.indexOf(kindOfForm(id))
}

/** The last part of a type's name, in lower case: re-serializers change the case. */
const KIND_BY_TYPE: ReadonlyMap<string, IdentityKind> = new Map([
  ["useridentity", "user"],
  ["communicationsuseridentity", "user"],
  ["communicationsguestidentity", "guest"],
  ["communicationsencryptedidentity", "encrypted"],
  ["azurecommunicationservicesuseridentity", "azureCommunicationServicesUser"],
  ["communicationsphoneidentity", "phone"],
  ["communicationsapplicationinstanceidentity", "applicationInstance"],
  ["communicationsapplicationidentity", "application"],
  ["teamworkconversationidentity", "conversation"],
])

/** The kind that the name of an identity's type tells; null for the base type, which says nothing, and for types that the model does not know. */
export function kindOfTypeName(type: string): number | null {
  const kind = KIND_BY_TYPE.get(type.slice(type.lastIndexOf(".") + 1).toLowerCase())
  return kind === undefined ? null : IDENTITY_KINDS.indexOf(kind)
}

/** E.164 allows 15 digits; a shorter number is one of a private exchange. */
const TELEPHONE = /^\+?\d{1,15}$/
const COMMUNICATION_SERVICES = /^(?:8:acs:|[0-9a-f-]{36}_[0-9a-f-]{36}$)/i
const ANONYMOUS_JOINER = /^[0-9a-f]{32}$/i

/** The kind that the form of an id tells: Graph puts `teamsvisitor:…` among the users. */
function kindOfForm(id: string): IdentityKind {
  if (isGuid(id) || id.startsWith("teamsvisitor:") || id.startsWith("8:live:")) return "user"
  if (TELEPHONE.test(id)) return "phone"
  if (COMMUNICATION_SERVICES.test(id)) return "azureCommunicationServicesUser"
  if (id.startsWith("28:")) return "application"
  return ANONYMOUS_JOINER.test(id) ? "guest" : "unknown"
}

/** A value as an identity; null where there is none. An object without a single member says as little as null. */
function asIdentity(value: unknown): IdentityLike | null {
  return isObject(value) && Object.keys(value).length > 0 ? value : null
}

/** The GUID of no one, any run of zeros in its place, and white space. */
const NO_ONE = /^[\s0-]*$/
/** What stands before the GUID of a user in ids of Teams itself. */
export const ORGANIZATION_USER = "8:orgid:"
const GUID_CHARACTERS = 36

/** What an id tells: the key, and the kind that its form says; null where it stands for nobody in particular. */
export function identityKey(id: string): { readonly id: string; readonly kind: number } | null {
  const key = participantKey(id)
  return key === null ? null : { id: key, kind: IDENTITY_KINDS.indexOf(kindOfForm(key)) }
}

/**
 * The key that an id stands for, in whatever form it is written: without `8:orgid:` before a GUID, a GUID in lower case.
 * Null where it stands for nobody in particular: empty, all zeros, masked, withheld, no text.
 */
export function participantKey(id: unknown): string | null {
  if (typeof id !== "string") return null
  const isPrefixed = id.length === ORGANIZATION_USER.length + GUID_CHARACTERS && id.startsWith(ORGANIZATION_USER)
  const bare = isPrefixed ? id.slice(ORGANIZATION_USER.length) : id
  if (NO_ONE.test(bare)) return null
  if (isGuid(bare)) return bare.toLowerCase()
  return MASKED.test(id) || WITHHELD.test(id) ? null : id
}

/** `+1425555****`, `XXXXXX…`, `+1 425 555 XXXX`: nothing but what a number is written with, and what hides its digits. */
const MASKED = /^\+?[\d\s().-]*(?:\*|…|[Xx]{3})[\dXx*…\s().-]*$/
/** What stands in place of a number whose caller withholds it, or of which the network says nothing. */
const WITHHELD = /^(?:anonymous|restricted|withheld|private|unavailable)$/i

/** Whether `text` is a GUID in the form 8-4-4-4-12, in any letter case. */
export function isGuid(text: string): boolean {
  if (text.length !== 36) return false
  for (let at = 0; at < 36; at++) {
    const code = text.charCodeAt(at)
    if (at === 8 || at === 13 || at === 18 || at === 23 ? code !== 0x2d : hexValue(code) < 0) return false
  }
  return true
}

/** Writes the 16 bytes of a GUID, in the order of its text, to `into` from `at` on. False where the text is no GUID. */
export function writeGuid(text: string, into: Uint8Array, at: number): boolean {
  if (!isGuid(text)) return false
  for (let index = 0, byte = 0; byte < 16; byte++) {
    if (text.charCodeAt(index) === 0x2d) index += 1
    into[at + byte] = (hexValue(text.charCodeAt(index)) << 4) | hexValue(text.charCodeAt(index + 1))
    index += 2
  }
  return true
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

/** The text, in lower case, of the GUID whose 16 bytes begin at `at`. */
export function printGuid(bytes: Uint8Array, at: number): string {
  let text = ""
  for (let byte = 0; byte < 16; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text += "-"
    text += HEX_OF_BYTE[bytes[at + byte] ?? 0]
  }
  return text
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
