/**
 * One parsed value that must be a session → what a row needs, with the findings about it; or why it is rejected.
 */
import { sessionFindings, type SessionFinding } from "../check/session-findings.ts"
import type { RejectCode } from "../check/rules.ts"
import {
  CLIENT_PLATFORM,
  FAILURE_STAGE,
  lookUpMember,
  PRODUCT_FAMILY,
  SERVICE_ROLE,
  type EvolvableEnum,
} from "../model/enums.ts"
import { isFactPath } from "../model/fact-path.ts"
import { participantOf, type Participant } from "../model/identity.ts"
import { parseInstant, type Instant } from "../model/instant.ts"
import { pointerOf, SESSION_PROPERTIES, walkProperties } from "../model/known-properties.ts"
import { readModality } from "../model/modality.ts"
import { isSession, sessionIssues, type ModelIssue, type Session } from "../model/session.ts"
import { RowFlag, type DecodeLimits } from "../worker/protocol.ts"
import { isObject, normalizeSession } from "./normalize.ts"
import type { SessionFacts } from "./row-builder.ts"

/** A session that is kept. */
export interface DecodedSession {
  readonly ok: true
  readonly facts: SessionFacts
  readonly findings: readonly SessionFinding[]
}

/** A session of which no fact comes. */
export interface RejectedSession {
  readonly ok: false
  readonly code: RejectCode
  /** JSON Pointer from the session's own root; null: the whole. */
  readonly pointer: string | null
  readonly message: string
  readonly sessionId: string | null
}

/** The most pointers of unknown properties kept of one session. */
const MAX_UNKNOWN = 10_000

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

function accept(
  session: Session,
  unknown: ReadonlySet<string> | null,
  marks: readonly SessionFinding[],
  limits: DecodeLimits,
): DecodedSession {
  const start = instantOf(session.startDateTime)
  const end = instantOf(session.endDateTime)
  const caller = sideOf(session, "caller")
  const callee = sideOf(session, "callee")
  const isCallerUnidentified = caller === "unidentified"
  const isCalleeUnidentified = callee === "unidentified"
  const from = isCallerUnidentified ? null : caller
  const to = isCalleeUnidentified ? null : callee
  const { maxDurationTicks, asOfTicks } = limits
  const found = sessionFindings(session, {
    start,
    end,
    maxDurationTicks,
    asOfTicks,
    isCallerUnidentified,
    isCalleeUnidentified,
  })
  const failure = failureOf(session.failureInfo)
  return {
    ok: true,
    findings: marks.length === 0 ? found : [...marks, ...found],
    facts: {
      startTicks: start.ticks,
      endTicks: end.ticks,
      sessionId: session.id,
      callerId: from?.id ?? null,
      calleeId: to?.id ?? null,
      callerKind: from?.kind ?? 0,
      calleeKind: to?.kind ?? 0,
      callerTenant: from?.tenantId ?? null,
      calleeTenant: to?.tenantId ?? null,
      callerName: limits.withNames ? (from?.displayName ?? null) : null,
      calleeName: limits.withNames ? (to?.displayName ?? null) : null,
      modalities: session.modalities.reduce((bits, text) => bits | (1 << readModality(text).index), 0),
      flags: flagsOf(session, failure !== null, isCallerUnidentified, isCalleeUnidentified),
      failureStage: failure?.stage ?? null,
      failureReason: failure?.reason ?? null,
      endpoints: endpointsOf(session),
      unknownProperties: unknown === null ? null : unknownText(unknown),
    },
  }
}

function instantOf(text: string): Instant {
  const instant = parseInstant(text)
  if (!instant.ok) throw new Error("the schema accepted an instant that cannot be read")
  return instant
}

/** Who is at one side: on the session, else on its first segment. A service is nobody, whatever else is said of it. */
function sideOf(session: Session, side: "caller" | "callee"): Participant | "unidentified" | null {
  const own = participantOf(session[side])
  if (own !== null && own !== "unidentified") return own
  const onSegment = participantOf(session.segments?.[0]?.[side])
  if (onSegment !== null && onSegment !== "unidentified") return onSegment
  if (own === null && onSegment === null) return null
  return textOf(session[side]?.userAgent?.role) === null ? "unidentified" : null
}

function flagsOf(
  session: Session,
  isFailed: boolean,
  isCallerUnidentified: boolean,
  isCalleeUnidentified: boolean,
): number {
  const hasFailedSegment =
    !isFailed && session.segments?.some((segment) => failureOf(segment.failureInfo) !== null) === true
  return (
    (session.isTest === true ? RowFlag.test : 0) |
    (isFailed ? RowFlag.failed : 0) |
    (hasFailedSegment ? RowFlag.segmentFailed : 0) |
    (isCallerUnidentified ? RowFlag.callerUnidentified : 0) |
    (isCalleeUnidentified ? RowFlag.calleeUnidentified : 0)
  )
}

function failureOf(
  info: Session["failureInfo"],
): { readonly stage: string | null; readonly reason: string | null } | null {
  const stage = canonical(FAILURE_STAGE, info?.stage)
  const reason = textOf(info?.reason)
  return stage === null && reason === null ? null : { stage, reason }
}

function endpointsOf({ caller, callee }: Session): string {
  const from = caller?.userAgent
  const to = callee?.userAgent
  return JSON.stringify([
    canonical(CLIENT_PLATFORM, from?.platform),
    canonical(CLIENT_PLATFORM, to?.platform),
    canonical(PRODUCT_FAMILY, from?.productFamily),
    canonical(PRODUCT_FAMILY, to?.productFamily),
    canonical(SERVICE_ROLE, from?.role),
    canonical(SERVICE_ROLE, to?.role),
  ])
}

/** A member in the model's spelling; a member that the model does not know counts under its own text. */
function canonical(of: EvolvableEnum, text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === "") return null
  return lookUpMember(of, text)?.name ?? text
}

function textOf(text: string | null | undefined): string | null {
  return text === undefined || text === "" ? null : text
}

/** The smallest pointers in byte order, as JSON. */
function unknownText(unknown: ReadonlySet<string>): string | null {
  if (unknown.size === 0) return null
  const sorted = [...unknown].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return JSON.stringify(sorted.slice(0, MAX_UNKNOWN))
}
