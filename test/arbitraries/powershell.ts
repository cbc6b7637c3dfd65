/**
 * Objects as the Graph PowerShell module turns them to JSON: names in PascalCase; what an object's declared type does
 * not know, such as all that makes an endpoint a participant, in a bag whose keys stay as they were.
 */
import type { Call } from "./export.ts"
import type { Json, JsonObject } from "./json.ts"
import type { Session } from "./session.ts"

const RECORD_NAMES = ["id", "version", "type", "modalities", "startDateTime", "endDateTime", "lastModifiedDateTime"]
const SESSION_NAMES = ["id", "modalities", "startDateTime", "endDateTime", "isTest"]
const SEGMENT_NAMES = ["id", "startDateTime", "endDateTime"]
const FAILURE_NAMES = ["stage", "reason"]
const AGENT_NAMES = ["headerValue", "applicationVersion"]

/** A callRecord with its sessions. */
export function powerShellRecord({ head, sessions }: Call): JsonObject {
  return bagged(head, RECORD_NAMES, { Sessions: sessions.map(powerShellSession) })
}

/** A session. */
export function powerShellSession(session: Session): JsonObject {
  return bagged(session, SESSION_NAMES, { ...ends(session), ...mapped(session, "segments", "Segments", segments) })
}

const segments = (value: Json): Json => (Array.isArray(value) ? value.map((each) => segment(asObject(each))) : value)

function segment(value: JsonObject): JsonObject {
  return bagged(value, SEGMENT_NAMES, { ...ends(value), ...mapped(value, "media", "Media", pascalCased) })
}

function ends(value: JsonObject): JsonObject {
  return {
    ...mapped(value, "failureInfo", "FailureInfo", (info) => bagged(asObject(info), FAILURE_NAMES, {})),
    ...mapped(value, "caller", "Caller", (end) => endpoint(asObject(end))),
    ...mapped(value, "callee", "Callee", (end) => endpoint(asObject(end))),
  }
}

function endpoint(value: JsonObject): JsonObject {
  return bagged(
    value,
    [],
    mapped(value, "userAgent", "UserAgent", (agent) => bagged(asObject(agent), AGENT_NAMES, {})),
  )
}

/** The known members under their PascalCase names, `converted` ones beside them, the rest in the bag. */
function bagged(value: JsonObject, known: readonly string[], converted: JsonObject): JsonObject {
  const isTaken = (name: string): boolean => known.includes(name) || Object.hasOwn(converted, pascalCase(name))
  const members = Object.entries(value)
  return Object.fromEntries([
    ...members.filter(([name]) => known.includes(name)).map(([name, member]) => [pascalCase(name), member] as const),
    ...Object.entries(converted),
    ["AdditionalProperties", Object.fromEntries(members.filter(([name]) => !isTaken(name)))] as const,
  ])
}

/** One member under its new name, converted unless it is null; nothing where it is absent. */
function mapped(value: JsonObject, name: string, newName: string, convert: (member: Json) => Json): JsonObject {
  const member = value[name]
  if (member === undefined) return {}
  return { [newName]: member === null ? null : convert(member) }
}

function pascalCased(value: Json): Json {
  if (value === null || typeof value !== "object") return value
  if (Array.isArray(value)) return value.map(pascalCased)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [pascalCase(name), pascalCased(member ?? null)] as const),
  )
}

const pascalCase = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1)

function asObject(value: Json): JsonObject {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError("an object was expected")
  return value as JsonObject
}
