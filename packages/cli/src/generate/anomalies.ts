/**
 * The problems that an export can be given, by the code of the reject or finding that they bring about. A session or a
 * call gets one at most. What is not here: `json/too-large` and `session/in-the-future` depend on options of the
 * reader, `json/truncated`, `export/same-bytes` and `call/several-copies` on whole files, `participant/overlapping-calls`
 * comes by itself, and `worker/failed` cannot be made by data.
 */
import type { Leg } from "./call.ts"
import type { Cpu } from "./devices.ts"
import type { End } from "./endpoint-text.ts"
import {
  instantText,
  instantTextAt,
  minuteText,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  YEAR_START_MS,
} from "./instant-text.ts"
import type { SegmentTime } from "./segment-text.ts"
import { modalityList } from "./modalities.ts"
import type { Person } from "./people.ts"
import type { Random } from "./random.ts"
import type { SessionTexts } from "./session-text.ts"

/** How a session goes wrong. */
export interface SessionFault {
  readonly code: string
  /** What it can only be made with: segments, or an earlier sound session of the same call. */
  readonly needs?: "segments" | "earlier-session"
  /** Changes the leg, before anything of its call is written. `earlier` is the sound leg before it. */
  readonly bend?: (leg: Leg, earlier: Leg | null) => void
  /** Values that take the place of the sound ones; undefined for none. */
  readonly texts?: (leg: Leg, random: Random) => SessionTexts
  /** A member to add after all others. */
  readonly extra?: (leg: Leg, random: Random) => string
  /** What stands in place of the session. */
  readonly whole?: (random: Random) => string
  /** Where the one segment lies; in place of the session's own start and end. */
  readonly segment?: (leg: Leg) => SegmentTime
}

const NESTED_TOO_DEEP = `"extension":${"[".repeat(200)}${"]".repeat(200)}`

const SESSION_FAULTS = [
  {
    code: "json/malformed",
    extra: (_, random) => random.pick(['"count":01', '"isTest":TRUE', '"note":"tab\there"', '"list":[1,]']),
  },
  {
    code: "json/invalid-utf8",
    extra: (_, random) => random.pick(['"note":"caf\xe9"', '"note":"\xc0\xaf"', '"note":"\xed\xa0\x80"']),
  },
  { code: "json/too-deep", extra: () => NESTED_TOO_DEEP },
  { code: "session/not-an-object", whole: (random) => random.pick(["null", "42", '"session"', "true"]) },
  {
    code: "session/missing-property",
    texts: (_, random) => ({ [random.pick(["id", "modalities", "startDateTime", "endDateTime"])]: undefined }),
  },
  {
    code: "session/wrong-type",
    texts: (leg, random) =>
      random.pick<SessionTexts>([
        { startDateTime: String(YEAR_START_MS + Math.floor(leg.startTicks / 10_000)) },
        { isTest: '"no"' },
        { caller: "[]" },
        { modalities: '{"audio":true}' },
      ]),
  },
  {
    code: "session/bad-timestamp",
    texts: (_, random) =>
      random.pick<SessionTexts>([
        { startDateTime: '"2026-02-30T10:00:00Z"' },
        { endDateTime: '"2026-03-02T24:00:00Z"' },
        { startDateTime: '"03/02/2026 10:00"' },
        { endDateTime: '"2026-03-02"' },
      ]),
  },
  {
    code: "session/unset-timestamp",
    texts: (_, random) =>
      random.pick<SessionTexts>([
        { startDateTime: '"0001-01-01T00:00:00Z"' },
        { endDateTime: '"9999-12-31T23:59:59.9999999Z"' },
      ]),
  },
  { code: "session/bad-id", texts: () => ({ id: '""' }) },
  {
    code: "session/start-after-end",
    bend: (leg) => {
      const { startTicks, endTicks } = leg
      leg.startTicks = endTicks
      leg.endTicks = startTicks
    },
    texts: () => ({ segments: undefined }),
  },
  {
    code: "session/repeated-id",
    needs: "earlier-session",
    bend: (leg, earlier) => {
      leg.id = earlier?.id ?? leg.id
    },
  },
  { code: "session/duplicate", needs: "earlier-session" },
  { code: "session/duplicate-key", extra: (leg) => `"endDateTime":"${instantText(leg.endTicks)}"` },
  {
    code: "session/off-model",
    bend: (leg) => {
      const cpu: Cpu = { name: "Example CPU", coreCount: '"eight"', megahertz: 2400 }
      bendPerson(leg, (person) => ({ ...person, devices: person.devices.map((device) => ({ ...device, cpu })) }))
    },
  },
  {
    code: "session/implausible-duration",
    bend: (leg) => {
      leg.endTicks = leg.startTicks + 30 * TICKS_PER_HOUR
    },
  },
  { code: "session/unknown-modality", texts: () => ({ modalities: '["audio","immersiveSpace"]' }) },
  { code: "session/no-modality", texts: () => ({ modalities: "[]" }) },
  {
    code: "session/zero-duration",
    bend: (leg) => {
      leg.endTicks = leg.startTicks
    },
  },
  { code: "session/test-call", texts: () => ({ isTest: "true" }) },
  {
    code: "session/lone-surrogate",
    bend: (leg) =>
      bendPerson(leg, (person) => ({ ...person, displayName: `${person.displayName ?? "Someone"} \ud83d` })),
  },
  { code: "session/flattened-list", texts: (leg) => ({ modalities: flattened(modalityList(leg.modalities)) }) },
  { code: "session/unusual-spelling", texts: () => ({ modalities: '["Audio"]' }) },
  {
    code: "session/not-utc",
    texts: ({ startTicks, endTicks }) => ({
      startDateTime: `"${instantTextAt(startTicks, 2)}"`,
      endDateTime: `"${instantTextAt(endTicks, 2)}"`,
    }),
  },
  {
    code: "session/unusual-timestamp",
    bend: (leg) => {
      leg.startTicks -= leg.startTicks % TICKS_PER_MINUTE
    },
    texts: ({ startTicks }, random) => ({
      startDateTime: random.pick([
        `"${minuteText(startTicks)}"`,
        `"\\/Date(${YEAR_START_MS + Math.floor(startTicks / 10_000)})\\/"`,
      ]),
    }),
  },
  {
    code: "segment/start-after-end",
    needs: "segments",
    segment: ({ startTicks, endTicks }) => ({ startTicks: endTicks, endTicks: startTicks }),
  },
  {
    code: "segment/outside-session",
    needs: "segments",
    segment: ({ startTicks, endTicks }) => ({ startTicks: startTicks - TICKS_PER_MINUTE, endTicks }),
  },
  { code: "participant/unidentified", bend: (leg) => bendPerson(leg, (person) => ({ ...person, id: "" })) },
] as const satisfies readonly SessionFault[]

/** Problems of calls and pages. They fall on calls whose sessions are all sound. */
export const CALL_FAULT_CODES = [
  "call/off-model",
  "call/session-outside-call",
  "call/incomplete-pages",
  "session/superseded",
  "export/error-response",
  "export/count-mismatch",
] as const
export type CallFaultCode = (typeof CALL_FAULT_CODES)[number]

/** Code of a reject or finding that `generateExport` can bring about. */
export type AnomalyCode = (typeof SESSION_FAULTS)[number]["code"] | CallFaultCode

/** One problem that was written into an export. */
export interface Anomaly {
  readonly code: AnomalyCode
  /** Which session of the export, from 0; null where it is about a call or a page. */
  readonly sessionIndex: number | null
}

/** What can go wrong with sessions that have segments or not. */
export function sessionFaults(hasSegments: boolean): readonly (SessionFault & { readonly code: AnomalyCode })[] {
  const faults: readonly (SessionFault & { readonly code: AnomalyCode })[] = SESSION_FAULTS
  return faults.filter(({ needs }) => hasSegments || needs !== "segments")
}

/** Changes whoever calls, or who is called by a service. */
function bendPerson(leg: Leg, change: (person: Person) => Person): void {
  const bend = (end: End): End => (typeof end === "string" ? end : { ...end, person: change(end.person) })
  if (typeof leg.caller === "string") leg.callee = bend(leg.callee)
  else leg.caller = bend(leg.caller)
}

/** `["audio","video"]` as `"audio video"`. */
function flattened(list: string): string {
  return `"${list.replaceAll(/[[\]"]/g, "").replaceAll(",", " ")}"`
}
