/** A session that is kept → what a row takes from it, and what the rules find. */
import { sessionFindings, type SessionFinding } from "../check/session-findings.ts"
import { compareUtf8 } from "../facts/byte-order.ts"
import {
  CLIENT_PLATFORM,
  FAILURE_STAGE,
  lookUpMember,
  PRODUCT_FAMILY,
  SERVICE_ROLE,
  type EvolvableEnum,
} from "../model/enums.ts"
import { participantOf, type Participant } from "../model/identity.ts"
import { parseInstant, type Instant } from "../model/instant.ts"
import { readModality } from "../model/modality.ts"
import type { Session } from "../model/session.ts"
import { RowFlag, type DecodeLimits } from "../worker/protocol.ts"
import type { SessionFacts } from "./row-builder.ts"

/** A session that is kept. */
export interface DecodedSession {
  readonly ok: true
  readonly facts: SessionFacts
  readonly findings: readonly SessionFinding[]
}

/** The most pointers of unknown properties kept of one session. */
const MAX_UNKNOWN = 10_000

/** Reads the facts of a session that keeps to the model wherever facts come from. `marks` were found on the way. */
export function accept(
  session: Session,
  unknown: ReadonlySet<string> | null,
  marks: readonly SessionFinding[],
  limits: DecodeLimits,
): DecodedSession {
  const start = instantOf(session.startDateTime)
  const end = instantOf(session.endDateTime)
  const caller = sideOf(session, "caller")
  const callee = sideOf(session, "callee")
  const unidentified = [caller, callee].filter(isPath)
  const from = isPath(caller) ? null : caller
  const to = isPath(callee) ? null : callee
  const { maxDurationTicks, asOfTicks } = limits
  const found = sessionFindings(session, { start, end, maxDurationTicks, asOfTicks, unidentified })
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
      flags: flagsOf(session, failure !== null, isPath(caller), isPath(callee)),
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

/** Somebody, nobody, or the property that holds an identity without an id that can be used. */
type SideOfSession = Participant | readonly (string | number)[] | null

/** Who is at one side: on the session, else on its first segment. A service is nobody, whatever else is said of it. */
function sideOf(session: Session, side: "caller" | "callee"): SideOfSession {
  const own = participantOf(session[side])
  if (own !== null && own !== "unidentified") return own
  const segment = session.segments?.[0]?.[side]
  const onSegment = participantOf(segment)
  if (onSegment !== null && onSegment !== "unidentified") return onSegment
  if (isService(session[side]) || (own === null && isService(segment))) return null
  if (own !== null) return [side]
  return onSegment === null ? null : ["segments", 0, side]
}

/** The role of a segment's user agent is no fact, so it may be anything. */
function isService(endpoint: Session["caller"]): boolean {
  const role: unknown = endpoint?.userAgent?.role
  return typeof role === "string" && role !== ""
}

function isPath(side: SideOfSession): side is readonly (string | number)[] {
  return Array.isArray(side)
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
  const sorted = [...unknown].toSorted(compareUtf8)
  return JSON.stringify(sorted.slice(0, MAX_UNKNOWN))
}
