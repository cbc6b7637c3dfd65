/**
 * What stands around sessions: a callRecord's own properties, and a page's control information. Both give their
 * sessions a call; what is wrong in them costs no session.
 */
import { ListKey } from "../framing/block.ts"
import { CALL_TYPE, lookUpMember } from "../model/enums.ts"
import { parseInstant } from "../model/instant.ts"
import type { EnvelopeFact } from "./envelope-builder.ts"
import { isObject } from "./normalize.ts"

/** What an object says as an envelope, or as a callRecord without sessions. */
export type EnvelopeContent = Pick<
  EnvelopeFact,
  | "kind"
  | "callId"
  | "version"
  | "type"
  | "startTicks"
  | "endTicks"
  | "lastModifiedTicks"
  | "hasNextLink"
  | "declaredCount"
>

/** An envelope's content, and the first of its own properties that cannot be read. */
export interface ReadEnvelope {
  readonly content: EnvelopeContent
  readonly fault: { readonly pointer: string; readonly message: string } | null
}

type Properties = Readonly<Record<string, unknown>>

/** Reads a parsed envelope. `listKey` as in `ItemField`; -1 for a callRecord that was not framed by its sessions. */
export function readEnvelope(value: unknown, listKey: number): ReadEnvelope {
  const properties = isObject(value) ? value : {}
  if (listKey === ListKey.sessions || listKey < 0) return readCallRecord(properties)
  const links = nextLinks(properties)
  const callId = callIdOfPage(properties, links)
  const kind = callId !== null ? "sessionsPage" : isCallsPage(properties) ? "callsPage" : "wrapper"
  const content = {
    ...NOTHING,
    kind,
    callId,
    hasNextLink: links.length > 0,
    declaredCount: countOf(properties, [""]),
  } as const
  return { content, fault: null }
}

const NOTHING: EnvelopeContent = {
  kind: "wrapper",
  callId: null,
  version: null,
  type: null,
  startTicks: null,
  endTicks: null,
  lastModifiedTicks: null,
  hasNextLink: false,
  declaredCount: null,
}

// ---- callRecords

function readCallRecord(properties: Properties): ReadEnvelope {
  const reader = new PropertyReader(properties)
  const content: EnvelopeContent = {
    kind: "callRecord",
    callId: reader.read(["id", "Id", "callid", "CallId", "callId"], "a text that is not empty", callIdOf),
    version: reader.read(["version", "Version"], "a whole number, as text where it passes 2^53", versionOf),
    type: reader.read(["type", "Type"], "a text", typeOf),
    startTicks: reader.read(["startDateTime", "StartDateTime"], "an instant", ticksOf),
    endTicks: reader.read(["endDateTime", "EndDateTime"], "an instant", ticksOf),
    lastModifiedTicks: reader.read(["lastModifiedDateTime", "LastModifiedDateTime"], "an instant", ticksOf),
    hasNextLink: nextLinks(properties).length > 0,
    declaredCount: countOf(properties, ["", "sessions", "Sessions", "session"]),
  }
  return { content, fault: reader.fault }
}

/** What a property says: null where it says that nothing is set, undefined where it cannot be read. */
type Reading<Value> = Value | null | undefined

/** Reads properties one by one and keeps the first that cannot be read. */
class PropertyReader {
  fault: ReadEnvelope["fault"] = null
  readonly #properties: Properties

  constructor(properties: Properties) {
    this.#properties = properties
  }

  /** The first of `names` that is there; null where it is absent, null or unreadable. */
  read<Value>(names: readonly string[], expected: string, parse: (value: unknown) => Reading<Value>): Value | null {
    const name = names.find((each) => Object.hasOwn(this.#properties, each) && this.#properties[each] !== null)
    if (name === undefined) return null
    const value = parse(this.#properties[name])
    if (value !== undefined) return value
    this.fault ??= { pointer: `/${name}`, message: `${name} of the callRecord is not ${expected}; its sessions stay` }
    return null
  }
}

function callIdOf(id: unknown): Reading<string> {
  return typeof id === "string" && id !== "" ? id : undefined
}

/** A member in the model's spelling; one that the model does not know as it is. */
function typeOf(type: unknown): Reading<string> {
  if (typeof type !== "string") return undefined
  return type === "" ? null : (lookUpMember(CALL_TYPE, type)?.name ?? type)
}

/** As a number it has lost digits beyond 2^53, so that two versions could not be told apart. */
function versionOf(version: unknown): Reading<bigint> {
  if (typeof version === "number") return Number.isSafeInteger(version) ? BigInt(version) : undefined
  return typeof version === "string" && /^\d{1,19}$/.test(version) ? BigInt(version) : undefined
}

/** The values by which .NET says "not set" are as good as null here. */
function ticksOf(value: unknown): Reading<bigint> {
  const text = isObject(value) && typeof value["value"] === "string" ? value["value"] : value
  if (typeof text !== "string") return undefined
  const instant = parseInstant(text)
  if (instant.ok) return instant.ticks
  return instant.code === "session/unset-timestamp" ? null : undefined
}

// ---- pages

/**
 * `…/callRecords('A')/sessions`, also with `%27` for the quotes, and `…/callRecords/A/sessions`. Ids are GUIDs; their
 * length is bounded so that a long text is gone through once.
 */
const CALL_OF_PAGE = /\/callRecords(?:\((?:'|%27)([^']{1,200}?)(?:'|%27)\)|\/([^/?#()]{1,200}))\/sessions/i

function callIdOfPage(properties: Properties, links: readonly string[]): string | null {
  for (const text of [...textsOf(properties, "context"), ...links]) {
    const match = CALL_OF_PAGE.exec(text)
    const id = match?.[1] ?? match?.[2]
    if (id !== undefined) return decoded(id)
  }
  return null
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    // No valid percent encoding, so it is none.
    return id
  }
}

function isCallsPage(properties: Properties): boolean {
  return textsOf(properties, "context").some(
    (context) => /#communications\/callRecords(?:$|\()/i.test(context) && !context.endsWith("/$entity"),
  )
}

/** Texts of the control information with that name: `@odata.context`, `sessions@odata.context`, `@context`, in any letter case. */
function textsOf(properties: Properties, name: string): string[] {
  return Object.entries(properties).flatMap(([key, value]) =>
    isControl(key, name) && typeof value === "string" && value !== "" ? [value] : [],
  )
}

function nextLinks(properties: Properties): string[] {
  return textsOf(properties, "nextlink")
}

/** The count of the list itself: a callRecord may also count its participants. */
function countOf(properties: Properties, lists: readonly string[]): number | null {
  for (const [key, value] of Object.entries(properties)) {
    const isOfList = isControl(key, "count") && lists.includes(key.slice(0, key.indexOf("@")))
    const isNumber = typeof value === "number" || (typeof value === "string" && /^\d{1,15}$/.test(value))
    if (isOfList && isNumber && Number.isSafeInteger(Number(value))) return Number(value)
  }
  return null
}

function isControl(key: string, name: string): boolean {
  const at = key.indexOf("@")
  if (at < 0) return false
  const control = key.slice(at + 1).toLowerCase()
  return control === name || control === `odata.${name}`
}
