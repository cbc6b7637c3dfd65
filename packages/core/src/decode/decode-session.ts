/**
 * One parsed value that must be a session → what a row needs, with the findings about it; or why it is rejected.
 */
import type { SessionFinding } from "../check/session-findings.ts"
import type { RejectCode } from "../check/rules.ts"
import { isFactPath } from "../model/fact-path.ts"
import { parseInstant } from "../model/instant.ts"
import { pointerOf, SESSION_PROPERTIES, walkProperties } from "../model/known-properties.ts"
import { isSession, sessionIssues, type ModelIssue, type Session } from "../model/session.ts"
import type { DecodeLimits } from "../worker/protocol.ts"
import { accept, type DecodedSession } from "./accepted-session.ts"
import { isObject, normalizeSession } from "./normalize.ts"

/** A session of which no fact comes. */
export interface RejectedSession {
  readonly ok: false
  readonly code: RejectCode
  /** JSON Pointer from the session's own root; null: the whole. */
  readonly pointer: string | null
  readonly message: string
  readonly sessionId: string | null
}

/** What a walk over the value tells beside its decoding. */
export interface SessionWalk {
  readonly memberCount: number
  readonly session: DecodedSession | RejectedSession
}

/** Decodes a parsed value whose depth is bounded. */
export function decodeSession(parsed: unknown, limits: DecodeLimits): SessionWalk {
  const walk = walkProperties(parsed, SESSION_PROPERTIES)
  if (!isObject(parsed)) {
    const session = reject("session/not-an-object", null, "a session must be a JSON object", null)
    return { memberCount: walk.memberCount, session }
  }
  if (walk.unknown === null && isSession(parsed))
    return { memberCount: walk.memberCount, session: accept(parsed, null, [], limits) }
  return { memberCount: walk.memberCount, session: decodeOdd(parsed, walk.unknown, limits) }
}

/** Marks of PowerShell among the unknown properties. */
const POWERSHELL = /\/(AdditionalProperties|[A-Z][A-Za-z]*)$/

/** A session that has unknown properties or does not keep to the model as it stands. */
function decodeOdd(
  parsed: object,
  unknown: ReadonlySet<string> | null,
  limits: DecodeLimits,
): DecodedSession | RejectedSession {
  const isMarked = unknown !== null && [...unknown].some((pointer) => POWERSHELL.test(pointer))
  if (!isMarked && isSession(parsed)) return accept(parsed, unknown, [], limits)
  const { value, hasFlattenedList } = normalizeSession(parsed)
  const rest = isMarked ? walkProperties(value, SESSION_PROPERTIES).unknown : unknown
  const marks: SessionFinding[] = hasFlattenedList ? [FLATTENED] : []
  if (isSession(value)) return accept(value, rest, marks, limits)
  const issues = sessionIssues(value)
  const first = issues.find((issue) => isFactPath(issue.path))
  if (first !== undefined) return rejectIssue(value, first)
  return accept(value as Session, rest, [...marks, offModel(issues)], limits)
}

const FLATTENED: SessionFinding = {
  code: "session/flattened-list",
  pointer: "/modalities",
  message: "a list written as text, as PowerShell does; every word is a member, so it is read as that list",
}

function offModel(issues: readonly ModelIssue[]): SessionFinding {
  const [first] = issues
  const more = issues.length > 1 ? `; ${issues.length - 1} more in this session` : ""
  return {
    code: "session/off-model",
    pointer: pointerOf(first?.path ?? []),
    message: `expected ${first?.expected ?? "another value"}; no fact comes from it${more}`,
  }
}

function reject(code: RejectCode, pointer: string | null, message: string, sessionId: string | null): RejectedSession {
  return { ok: false, code, pointer, message, sessionId }
}

function rejectIssue(session: unknown, { path, expected }: ModelIssue): RejectedSession {
  const value = valueAt(session, path)
  const pointer = pointerOf(path)
  const id = valueAt(session, ["id"])
  const sessionId = typeof id === "string" && id !== "" ? id : null
  const name = nameOf(path)
  // Null in a list is no absence.
  if ((value === null || value === undefined) && typeof path.at(-1) !== "number") {
    return reject(
      "session/missing-property",
      pointer,
      `${name} is missing, and a session needs it; export it whole`,
      sessionId,
    )
  }
  if (typeof value !== "string")
    return reject("session/wrong-type", pointer, `${name} has another type; expected ${expected}`, sessionId)
  if (name === "id" && path.length === 1)
    return reject("session/bad-id", pointer, "id is empty; a session needs an id", null)
  if (name !== "startDateTime" && name !== "endDateTime") {
    return reject("session/wrong-type", pointer, `${name} is a text; expected ${expected}. ${CUT_BY_DEPTH}`, sessionId)
  }
  const instant = parseInstant(value)
  return instant.ok || instant.code === "session/bad-timestamp"
    ? reject(
        "session/bad-timestamp",
        pointer,
        `${name} is no instant; expected one such as 2026-01-01T00:00:00Z`,
        sessionId,
      )
    : reject("session/unset-timestamp", pointer, `${name} is the value that .NET writes for "not set"`, sessionId)
}

/** The property that a path leads to, or whose list it leads into. */
function nameOf(path: readonly (string | number)[]): string {
  const last = path.at(-1) ?? "the session"
  return typeof last === "string" ? last : `an element of ${String(path.at(-2) ?? "the list")}`
}

const CUT_BY_DEPTH =
  "PowerShell's ConvertTo-Json writes text there where -Depth is too small; export it again with -Depth 100"

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, part)
        ? (at as Record<string | number, unknown>)[part]
        : undefined,
    value,
  )
}
