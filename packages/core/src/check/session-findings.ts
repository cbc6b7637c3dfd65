/**
 * The rules about one session that is kept. Gets the session as it was decoded, gives at most one finding of each code,
 * at the first place in the order of the model.
 */
import {
  CLIENT_PLATFORM,
  FAILURE_STAGE,
  lookUpMember,
  PRODUCT_FAMILY,
  SERVICE_ROLE,
  type EvolvableEnum,
} from "../model/enums.ts"
import { parseInstant, type Instant } from "../model/instant.ts"
import { pointerOf } from "../model/pointer.ts"
import { readModality } from "../model/modality.ts"
import type { Session } from "../model/session.ts"
import type { SessionFindingCode } from "./rules.ts"

/** One finding about a session. */
export interface SessionFinding {
  readonly code: SessionFindingCode
  /** JSON Pointer from the session's own root; empty: the session as a whole. */
  readonly pointer: string
  readonly message: string
}

type Path = readonly (string | number)[]

/** What the rules need beside the session. */
export interface RuleContext {
  readonly start: Instant
  readonly end: Instant
  /** In ticks. */
  readonly maxDurationTicks: bigint
  /** In ticks; null: not checked. */
  readonly asOfTicks: bigint | null
  /** The ends that hold an identity but no usable id: of the session, or of its first segment. */
  readonly unidentified: readonly Path[]
}

/** All findings about a session that come from its values. */
export function sessionFindings(session: Session, context: RuleContext): SessionFinding[] {
  const findings: SessionFinding[] = []
  const add = (code: SessionFindingCode, path: Path, message: string): void => {
    if (!findings.some((finding) => finding.code === code)) findings.push({ code, pointer: pointerOf(path), message })
  }
  checkTimes(context, add)
  checkModalities(session, add)
  if (session.isTest === true)
    add("session/test-call", ["isTest"], "a test call; it counts in no figure unless test calls are included")
  checkSpelling(session, add)
  checkSegments(session, context, add)
  for (const path of context.unidentified) add("participant/unidentified", path, UNIDENTIFIED)
  return findings
}

type Add = (code: SessionFindingCode, path: Path, message: string) => void

const UNIDENTIFIED = "this end has an identity but no id that can be used: it is masked, withheld or empty"

function checkTimes({ start, end, maxDurationTicks, asOfTicks }: RuleContext, add: Add): void {
  const duration = end.ticks - start.ticks
  if (duration < 0n) {
    add(
      "session/start-after-end",
      ["startDateTime"],
      "the session starts after it ends; it stays in the counts, in no duration, concurrency or overlap figure",
    )
  } else if (duration === 0n) add("session/zero-duration", ["endDateTime"], "the session ends when it starts")
  if (duration > maxDurationTicks) {
    add(
      "session/implausible-duration",
      ["endDateTime"],
      "the session lasts longer than the limit for plausible durations",
    )
  }
  if (asOfTicks !== null && start.ticks > asOfTicks)
    add("session/in-the-future", ["startDateTime"], "the session starts after the instant given as now")
  for (const [name, instant] of [
    ["startDateTime", start],
    ["endDateTime", end],
  ] as const) {
    if (!instant.isUtc) add("session/not-utc", [name], "the instant has an offset other than UTC and was converted")
    if (!instant.isUsual)
      add("session/unusual-timestamp", [name], "the instant is unambiguous, but not written as Graph writes it")
  }
}

/** The longest part of an unknown member that a message shows. */
const SHOWN_CHARACTERS = 40

function checkModalities({ modalities }: Session, add: Add): void {
  if (modalities.length === 0) add("session/no-modality", ["modalities"], "the list of modalities is empty")
  const unknown = modalities.findIndex((text) => !readModality(text).isKnown)
  if (unknown >= 0) {
    const message = `${shown(modalities[unknown] ?? "")} is no modality of the model; it counts as unknownFutureValue`
    add("session/unknown-modality", ["modalities", unknown], message)
  }
  const unusual = modalities.findIndex((text) => readModality(text).isUnusual)
  if (unusual >= 0) add("session/unusual-spelling", ["modalities", unusual], UNUSUAL)
}

/** The beginning of an unknown member, quoted; what a terminal or a page could take for more than text is escaped. */
function shown(text: string): string {
  const start = text.slice(0, SHOWN_CHARACTERS)
  const escaped = start.replaceAll(/[^ !#-[\]-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
  return `"${escaped}${text.length > SHOWN_CHARACTERS ? "…" : ""}"`
}

const UNUSUAL = "a member of the model in other letter case; it is read as that member"

function checkSpelling(session: Session, add: Add): void {
  checkMember(FAILURE_STAGE, session.failureInfo?.stage, ["failureInfo", "stage"], add)
  for (const side of ["caller", "callee"] as const) {
    const userAgent = session[side]?.userAgent
    if (userAgent === null || userAgent === undefined) continue
    checkMember(CLIENT_PLATFORM, userAgent.platform, [side, "userAgent", "platform"], add)
    checkMember(PRODUCT_FAMILY, userAgent.productFamily, [side, "userAgent", "productFamily"], add)
    checkMember(SERVICE_ROLE, userAgent.role, [side, "userAgent", "role"], add)
  }
}

function checkMember(of: EvolvableEnum, text: string | null | undefined, path: Path, add: Add): void {
  if (text === null || text === undefined) return
  const member = lookUpMember(of, text)
  if (member !== null && member.name !== text) add("session/unusual-spelling", path, UNUSUAL)
}

/** Segments whose dates cannot be read are off the model, which is another rule. */
function checkSegments({ segments }: Session, session: RuleContext, add: Add): void {
  segments?.forEach(({ startDateTime, endDateTime }, index) => {
    const start = parseInstant(startDateTime ?? "")
    const end = parseInstant(endDateTime ?? "")
    if (start.ok && end.ok && start.ticks > end.ticks) {
      add("segment/start-after-end", ["segments", index, "startDateTime"], "the segment starts after it ends")
    }
    const isEarly = start.ok && start.ticks < session.start.ticks
    const isLate = end.ok && end.ticks > session.end.ticks
    if (isEarly || isLate)
      add("segment/outside-session", ["segments", index], "the segment reaches outside of its session")
  })
}
