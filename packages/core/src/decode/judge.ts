/**
 * What a value of an input's sequence is, by its properties and never by a file's name. Shapes that are not read are
 * known too, so that their user is told what to export instead.
 */
import { CALL_TYPE, lookUpMember } from "../model/enums.ts"
import { isObject } from "./normalize.ts"

/** What a value is taken for. */
export type Judgement =
  | { readonly kind: "session" | "callRecord" | "error" | "unknown" | "not-an-object" }
  /** Sessions that the framer did not find, in the property named: in a JSON text, or in lists too many. */
  | { readonly kind: "nested"; readonly property: string }
  /** A callRecord that has something else where its sessions should be. */
  | { readonly kind: "no-list"; readonly property: string }
  | { readonly kind: "table" }
  /** A known shape that is not read. */
  | { readonly kind: "foreign"; readonly message: string }

/** What only sessions have. */
const END_MARKS = ["caller", "callee", "segments", "isTest", "failureInfo"]
/** What a session needs; callRecords have them too. */
const COMMON_MARKS = ["modalities", "startDateTime", "endDateTime"]
const CALL_MARKS = [
  "version",
  "lastModifiedDateTime",
  "joinWebUrl",
  "organizer",
  "organizer_v2",
  "participants",
  "participants_v2",
  "sessions",
  "sessions@odata.context",
]
/** Where a callRecord, or a row of Data Explorer, has its sessions. */
const LIST_NAMES = ["sessions", "Sessions", "session", "Session"]

/** Judges a parsed value. What is a session without doubt stays one, whatever else it holds. */
export function judge(value: unknown): Judgement {
  if (!isObject(value)) return { kind: "not-an-object" }
  const has = (name: string): boolean => Object.hasOwn(value, name) || Object.hasOwn(value, pascal(name))
  if (END_MARKS.some(has)) return { kind: "session" }
  const property = LIST_NAMES.find((name) => Object.hasOwn(value, name) && value[name] !== null)
  if (property !== undefined && holdsList(value[property])) return { kind: "nested", property }
  const isCommon = COMMON_MARKS.every(has)
  const foreign = isCommon ? undefined : FOREIGN_SHAPES.find((shape) => shape.isIt(has))
  if (foreign !== undefined) return { kind: "foreign", message: foreign.message }
  if (CALL_MARKS.some(has) || isCallType(value["type"]) || isCallType(value["Type"])) return call(property)
  if (isCommon) return { kind: "session" }
  if (isErrorBody(value)) return { kind: "error" }
  if (Array.isArray(value["Tables"])) return { kind: "table" }
  if (COMMON_MARKS.some(has)) return { kind: "session" }
  // An event that says of a call no more than its id, or a row whose list of sessions is null.
  return (has("id") || has("callid")) && has("session") ? call(property) : { kind: "unknown" }
}

function call(property: string | undefined): Judgement {
  return property === undefined ? { kind: "callRecord" } : { kind: "no-list", property }
}

/** Sessions have no type, so a member of the enum tells a callRecord. */
function isCallType(type: unknown): boolean {
  return typeof type === "string" && lookUpMember(CALL_TYPE, type) !== null
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** A saved error, or an answer of a batch that failed without a body. */
function isErrorBody({ error, status, id }: Readonly<Record<string, unknown>>): boolean {
  if (typeof status === "number" && status >= 400 && id !== undefined) return true
  return isObject(error) && typeof error["code"] === "string"
}

/** A cheap look: whether a text is valid JSON is for the parser to say. */
function holdsList(value: unknown): boolean {
  return typeof value === "string" ? /^\s*[[{]/.test(value) : typeof value === "object"
}

interface ForeignShape {
  readonly message: string
  readonly isIt: (has: (name: string) => boolean) => boolean
}

const INSTEAD = "export callRecords with their sessions, or the pages of List sessions, from Microsoft Graph instead"

const FOREIGN_SHAPES: readonly ForeignShape[] = [
  {
    message: `these are rows of Call Record Insights, one for each media stream, and hold no whole session; ${INSTEAD}`,
    isIt: (has) => has("CallId") && has("SessionId") && has("StreamId"),
  },
  {
    message: `these are rows of Log Analytics, whose nested data are cut text; ${INSTEAD}`,
    isIt: (has) => has("TimeGenerated") && has("Type"),
  },
  {
    message: `these are change notifications, which name calls and hold no record; ${INSTEAD}`,
    isIt: (has) => has("resourceData") && (has("subscriptionId") || has("changeType")),
  },
  {
    message: `these are participants of a call, which hold no session; ${INSTEAD}`,
    isIt: (has) => has("identity") && has("id") && !COMMON_MARKS.some(has) && !CALL_MARKS.some(has),
  },
]
