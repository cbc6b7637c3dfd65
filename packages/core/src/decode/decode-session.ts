/**
 * One parsed value that must be a session → what a row needs, with the findings about it; or why it is rejected.
 */
import type { SessionFinding } from "../check/session-findings.ts"
import type { RejectCode } from "../check/rules.ts"
import { isFactPath } from "../model/fact-path.ts"
import { parseInstant } from "../model/instant.ts"
import { SESSION_PROPERTIES, walkProperties } from "../model/known-properties.ts"
import { pointerOf } from "../model/pointer.ts"
import { firstSessionIssue, isSession, type ModelIssue, type Session } from "../model/session.ts"
import type { DecodeLimits } from "../worker/protocol.ts"
import { accept, type DecodedSession } from "./accepted-session.ts"
import { factPart } from "./fact-part.ts"
import { isObject, normalizeSession } from "./normalize.ts"
import { sourcePointer } from "./source-pointer.ts"

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
  return inSource(parsed, decodeNormalized(value, rest, marks, limits))
}

function decodeNormalized(
  value: unknown,
  unknown: ReadonlySet<string> | null,
  marks: readonly SessionFinding[],
  limits: DecodeLimits,
): DecodedSession | RejectedSession {
  // The first issue alone: a hostile record of a few megabytes has millions.
  const departure = isSession(value) ? null : firstSessionIssue(value)
  const issue = departure === null ? null : firstSessionIssue(factPart(value))
  if (issue !== null) return rejectIssue(value, issue)
  const cut = cutBag(value, unknown)
  if (cut !== null)
    return reject("session/wrong-type", cut, `the properties in this bag are a text. ${CUT_BY_DEPTH}`, idOf(value))
  return accept(value as Session, unknown, departure === null ? marks : [...marks, offModel(departure)], limits)
}

/** With pointers into what stands in the input. */
function inSource(parsed: object, session: DecodedSession | RejectedSession): DecodedSession | RejectedSession {
  if (session.ok)
    return {
      ...session,
      findings: session.findings.map((finding) => ({ ...finding, pointer: sourcePointer(parsed, finding.pointer) })),
    }
  return session.pointer === null ? session : { ...session, pointer: sourcePointer(parsed, session.pointer) }
}

const FLATTENED: SessionFinding = {
  code: "session/flattened-list",
  pointer: "/modalities",
  message: "a list written as text, as PowerShell does; every word is a member, so it is read as that list",
}

function offModel({ path, expected }: ModelIssue): SessionFinding {
  const message = `expected ${expected}; no fact comes from it, so the session stays`
  return { code: "session/off-model", pointer: pointerOf(path), message }
}

/** The pointer to a bag of PowerShell's that is cut to a text and would have held properties of which facts come. */
function cutBag(session: unknown, unknown: ReadonlySet<string> | null): string | null {
  for (const pointer of unknown ?? []) {
    const tokens = pointer.split("/").slice(1)
    const path =
      pointer.endsWith("/AdditionalProperties") && isFactPath(tokens.slice(0, -1)) ? firstText(session, tokens) : null
    if (path !== null) return pointerOf(path)
  }
  return null
}

/** The path of the first text at a pointer with `*` for list indices. */
function firstText(value: unknown, [token, ...below]: readonly string[]): readonly (string | number)[] | null {
  if (token === undefined) return typeof value === "string" ? [] : null
  const members = token === "*" && Array.isArray(value) ? [...value.keys()] : [token]
  for (const key of members) {
    const path = firstText(valueAt(value, [key]), below)
    if (path !== null) return [key, ...path]
  }
  return null
}

function reject(code: RejectCode, pointer: string | null, message: string, sessionId: string | null): RejectedSession {
  return { ok: false, code, pointer, message, sessionId }
}

function rejectIssue(session: unknown, { path, expected }: ModelIssue): RejectedSession {
  const value = valueAt(session, path)
  const name = nameOf(path)
  const rejected = (code: RejectCode, message: string): RejectedSession =>
    reject(code, pointerOf(path), message, idOf(session))
  // Null in a list is no absence.
  if ((value === null || value === undefined) && typeof path.at(-1) !== "number")
    return rejected("session/missing-property", `${name} is missing, and a session needs it; export it whole`)
  if (typeof value !== "string") return rejected("session/wrong-type", `${name} has another type; expected ${expected}`)
  if (name === "id" && path.length === 1) return rejected("session/bad-id", "id is empty; a session needs an id")
  if (name !== "startDateTime" && name !== "endDateTime") {
    const advice = expected === "a list" || expected === "an object" ? `. ${CUT_BY_DEPTH}` : ""
    return rejected("session/wrong-type", `${name} is a text; expected ${expected}${advice}`)
  }
  const instant = parseInstant(value)
  if (instant.ok) throw new Error("the schema refused an instant that can be read")
  return rejected(instant.code, `${name} ${instant.reason}; expected an instant such as 2026-01-01T00:00:00Z`)
}

/** The id of a session that is not kept, where it has one. */
function idOf(session: unknown): string | null {
  const id = valueAt(session, ["id"])
  return typeof id === "string" && id !== "" ? id : null
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
