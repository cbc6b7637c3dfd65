/**
 * What a value of an input's sequence is, by its properties and never by a file's name. Shapes that are not read are
 * known too, so that their user is told what to export instead.
 */
import { isObject } from "./normalize.ts"

/** What a value is taken for. */
export type Judgement =
  | { readonly kind: "session" | "callRecord" | "error" | "unknown" | "not-an-object" }
  /** Sessions that stand in a JSON text, in the property named. */
  | { readonly kind: "nested"; readonly property: string }
  | { readonly kind: "table" }
  /** A known shape that is not read. */
  | { readonly kind: "foreign"; readonly message: string }

const SESSION_MARKS = [
  "modalities",
  "startDateTime",
  "endDateTime",
  "caller",
  "callee",
  "segments",
  "isTest",
  "failureInfo",
]
const CALL_MARKS = [
  "version",
  "lastModifiedDateTime",
  "joinWebUrl",
  "organizer",
  "organizer_v2",
  "participants",
  "participants_v2",
  "sessions@odata.context",
]

/** Judges a parsed value. */
export function judge(value: unknown): Judgement {
  if (!isObject(value)) return { kind: "not-an-object" }
  const has = (name: string): boolean => Object.hasOwn(value, name) || Object.hasOwn(value, pascal(name))
  if (isErrorBody(value)) return { kind: "error" }
  const nested = ["session", "sessions", "Session", "Sessions"].find((name) => typeof value[name] === "string")
  if (nested !== undefined && isJsonList(value[nested])) return { kind: "nested", property: nested }
  if (Array.isArray(value["Tables"])) return { kind: "table" }
  const foreign = FOREIGN_SHAPES.find((shape) => shape.isIt(has, value))
  if (foreign !== undefined) return { kind: "foreign", message: foreign.message }
  const isEnd = has("caller") || has("callee") || has("segments") || has("isTest") || has("failureInfo")
  if (CALL_MARKS.some(has) && !isEnd) return { kind: "callRecord" }
  if (SESSION_MARKS.some(has)) return { kind: "session" }
  // An event that says of a call no more than its id, or a row whose list of sessions is null.
  const isBareCall = (has("id") || has("callid")) && (has("sessions") || has("session"))
  return { kind: isBareCall || (has("type") && has("id")) ? "callRecord" : "unknown" }
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** A saved error, or an answer of a batch that failed without a body. */
function isErrorBody({ error, status, id }: Readonly<Record<string, unknown>>): boolean {
  if (typeof status === "number" && status >= 400 && id !== undefined) return true
  return isObject(error) && typeof error["code"] === "string"
}

/** A cheap look: whether it is valid is for the parser to say. */
function isJsonList(text: unknown): boolean {
  return typeof text === "string" && /^\s*[[{]/.test(text)
}

interface ForeignShape {
  readonly message: string
  readonly isIt: (has: (name: string) => boolean, value: Readonly<Record<string, unknown>>) => boolean
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
    isIt: (has) => has("identity") && has("id") && !SESSION_MARKS.some(has) && !CALL_MARKS.some(has),
  },
]
