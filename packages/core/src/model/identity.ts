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
  readonly tenantId: string | null
  readonly displayName: string | null
}

/** Who is at an end: somebody, somebody without a usable id, or nobody (a service). */
export function participantOf(endpoint: EndpointLike | null | undefined): Participant | "unidentified" | null {
  if (endpoint === null || endpoint === undefined) return null
  const { associatedIdentity, identity } = endpoint
  let isNamed = false
  if (isObject(associatedIdentity)) {
    const id = usableId(associatedIdentity.id)
    if (id !== null) return participant(id, kindOfFlat(associatedIdentity, identity, id), associatedIdentity)
    isNamed = hasContent(associatedIdentity)
  }
  if (!isObject(identity)) return isNamed ? "unidentified" : null
  for (let kind = 0; kind < SET_KINDS.length; kind++) {
    const member = ownIdentity(identity, SET_KINDS[kind] ?? "")
    if (member === null) continue
    const id = usableId(member.id)
    if (id !== null) return participant(id, kind, member)
    isNamed ||= hasContent(member)
  }
  return isNamed ? "unidentified" : null
}

function participant(id: string, kind: number, from: IdentityLike): Participant {
  return { id, kind, tenantId: textOf(from.tenantId), displayName: textOf(from.displayName) }
}

/** The kind of an identity that stands outside of a set: by its type, else by what the set beside it fills, else by the id's form. */
function kindOfFlat(flat: IdentityLike, set: EndpointLike["identity"], id: string): number {
  const byType = kindOfType(textOf(flat["@odata.type"]))
  if (byType !== null) return byType
  if (isObject(set)) {
    const filled = SET_KINDS.findIndex((kind) => ownIdentity(set, kind) !== null)
    if (filled >= 0) return filled
  }
  return IDENTITY_KINDS.indexOf(kindOfForm(id))
}

const KIND_BY_TYPE: ReadonlyMap<string, IdentityKind> = new Map([
  ["useridentity", "user"],
  ["communicationsuseridentity", "user"],
  ["communicationsguestidentity", "guest"],
  ["communicationsapplicationidentity", "application"],
  ["communicationsapplicationinstanceidentity", "applicationInstance"],
  ["azurecommunicationservicesuseridentity", "azureCommunicationServicesUser"],
  ["communicationsphoneidentity", "phone"],
  ["communicationsencryptedidentity", "encrypted"],
])

function kindOfType(type: string | null): number | null {
  if (type === null) return null
  const kind = KIND_BY_TYPE.get(type.slice(type.lastIndexOf(".") + 1).toLowerCase())
  return kind === undefined ? null : IDENTITY_KINDS.indexOf(kind)
}

function kindOfForm(id: string): IdentityKind {
  if (isGuid(id)) return "user"
  if (/^\+?\d{3,15}$/.test(id)) return "phone"
  if (id.startsWith("8:acs:")) return "azureCommunicationServicesUser"
  if (id.startsWith("28:")) return "application"
  return /^[0-9a-f]{32}$/i.test(id) || id.startsWith("teamsvisitor:") ? "guest" : "unknown"
}

function ownIdentity(set: { readonly [key: string]: unknown }, kind: string): IdentityLike | null {
  const member = set[kind]
  return isObject(member) ? member : null
}

/** An identity of nulls alone says nothing. */
function hasContent(identity: IdentityLike): boolean {
  return Object.entries(identity).some(([key, value]) => value !== null && !key.includes("@"))
}

const NO_ONE = "00000000-0000-0000-0000-000000000000"
const ORG_ID = "8:orgid:"

/** The id as a key, or null where it does not stand for one participant: masked, withheld, all zeros, empty. */
function usableId(id: unknown): string | null {
  if (typeof id !== "string" || id === "") return null
  const bare = id.length === ORG_ID.length + 36 && id.startsWith(ORG_ID) ? id.slice(ORG_ID.length) : id
  if (isGuid(bare)) return bare === NO_ONE ? null : bare.toLowerCase()
  return /^\s*$|\*{2,}|^[xX*]{3,}|[xX]{4,}$|^(anonymous|restricted|unavailable|private|withheld)$/i.test(id) ? null : id
}

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
