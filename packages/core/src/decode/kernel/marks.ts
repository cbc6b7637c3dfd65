/** What the kernel found in a session → findings. The words come from the rules; what needs the session's text is left. */
import { RowMark } from "@callsift/kernel"
import { SESSION_FINDING_CODES, type SessionFindingCode } from "../../check/rules.ts"
import { sessionFindings, type SessionFinding } from "../../check/session-findings.ts"

const CODE_OF_MARK: readonly (readonly [number, SessionFindingCode])[] = [
  [RowMark.backward, "session/start-after-end"],
  [RowMark.long, "session/implausible-duration"],
  [RowMark.future, "session/in-the-future"],
  [RowMark.unknownModality, "session/unknown-modality"],
  [RowMark.noModality, "session/no-modality"],
  [RowMark.empty, "session/zero-duration"],
  [RowMark.test, "session/test-call"],
  [RowMark.spelling, "session/unusual-spelling"],
  [RowMark.startOffset | RowMark.endOffset, "session/not-utc"],
  [RowMark.startForm | RowMark.endForm, "session/unusual-timestamp"],
  [RowMark.backwardSegment, "segment/start-after-end"],
  [RowMark.outsideSegment, "segment/outside-session"],
  [RowMark.callerOwn | RowMark.callerSegment | RowMark.calleeOwn | RowMark.calleeSegment, "participant/unidentified"],
]

/** Bits as in `SESSION_FINDING_CODES`. */
export function findingBits(marks: number): number {
  let bits = 0
  for (const [mark, code] of CODE_OF_MARK) if ((marks & mark) !== 0) bits |= 1 << SESSION_FINDING_CODES.indexOf(code)
  return bits
}

/** Marks whose finding names a place in the session or quotes it; and keys in another spelling, which pointers follow. */
const NEEDS_THE_SESSION =
  RowMark.unknownModality | RowMark.spelling | RowMark.backwardSegment | RowMark.outsideSegment | RowMark.respelled

/** The findings that `marks` stand for, or null where only the session itself tells them. */
export function findingsOfMarks(
  marks: number,
  startTicks: bigint,
  endTicks: bigint,
  limits: { readonly maxDurationTicks: bigint; readonly asOfTicks: bigint | null },
): readonly SessionFinding[] | null {
  if ((marks & NEEDS_THE_SESSION) !== 0) return null
  const is = (mark: number): boolean => (marks & mark) !== 0
  // The same rules as for a session that was read: what they look at is all here.
  const session = {
    id: "",
    modalities: is(RowMark.noModality) ? [] : ["audio"],
    startDateTime: "",
    endDateTime: "",
    isTest: is(RowMark.test),
  }
  const instant = (ticks: bigint, offset: number, form: number) => ({
    ok: true as const,
    ticks,
    isUtc: !is(offset),
    isUsual: !is(form),
  })
  return sessionFindings(session, {
    start: instant(startTicks, RowMark.startOffset, RowMark.startForm),
    end: instant(endTicks, RowMark.endOffset, RowMark.endForm),
    maxDurationTicks: limits.maxDurationTicks,
    asOfTicks: limits.asOfTicks,
    unidentified: UNIDENTIFIED.filter(([mark]) => is(mark)).map(([, path]) => path),
  })
}

const UNIDENTIFIED: readonly (readonly [number, readonly (string | number)[]])[] = [
  [RowMark.callerOwn, ["caller"]],
  [RowMark.callerSegment, ["segments", 0, "caller"]],
  [RowMark.calleeOwn, ["callee"]],
  [RowMark.calleeSegment, ["segments", 0, "callee"]],
]
