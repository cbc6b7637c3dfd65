/** The JSON of callRecords around their sessions. */
import { jsonText } from "./byte-text.ts"
import type { CallFaultCode } from "./anomalies.ts"
import type { Call, Leg } from "./call.ts"
import type { EndpointWriter } from "./endpoint-text.ts"
import { instantText, TICKS_PER_MINUTE } from "./instant-text.ts"
import { modalityList } from "./modalities.ts"
import { objectType, type Shape, type Values } from "./shape.ts"

const HEAD_NAMES = [
  "id",
  "version",
  "type",
  "modalities",
  "lastModifiedDateTime",
  "startDateTime",
  "endDateTime",
  "joinWebUrl",
  "organizer",
  "organizer_v2",
] as const
const RECORD = objectType(
  [...HEAD_NAMES, "sessions@odata.nextLink", "sessions"],
  [...HEAD_NAMES, "sessions@odata.nextLink", "sessions"],
)
const RECORD_WITHOUT_SESSIONS = objectType(HEAD_NAMES, HEAD_NAMES)
const ORGANIZER = objectType(["id", "identity", "administrativeUnitInfos"], ["id", "identity"])

/** Stands where the sessions go; no JSON text holds it. */
const SESSIONS_PLACE = "\0"

/** One writing of a call into an export. */
export interface CallCopy {
  readonly call: Call
  readonly legs: readonly Leg[]
  /** Versions of one call differ in it. */
  readonly version: number
  readonly fault: CallFaultCode | null
}

/** Where a call's sessions begin and end, in ticks, and what they use. */
export interface Extent {
  readonly startTicks: number
  readonly endTicks: number
  readonly modalities: number
}

/** What the sessions cover together; of no sessions, nothing. */
export function extentOf(legs: readonly Leg[]): Extent {
  let extent: Extent = { startTicks: Number.POSITIVE_INFINITY, endTicks: 0, modalities: 0 }
  for (const leg of legs) extent = extentWith(extent, leg)
  return extent
}

/** The extent, enlarged to hold another. */
export function extentWith(extent: Extent, { startTicks, endTicks, modalities }: Extent): Extent {
  return {
    startTicks: Math.min(extent.startTicks, startTicks, endTicks),
    endTicks: Math.max(extent.endTicks, startTicks, endTicks),
    modalities: extent.modalities | modalities,
  }
}

/** Writes callRecords in one shape. */
export class CallRecordWriter {
  private readonly shape: Shape
  private readonly endpoints: EndpointWriter

  constructor(shape: Shape, endpoints: EndpointWriter) {
    this.shape = shape
    this.endpoints = endpoints
  }

  /** What stands before and after the sessions of a callRecord. */
  around(copy: CallCopy): { readonly before: string; readonly after: string } {
    const nextLink = copy.fault === "call/incomplete-pages" ? jsonText(nextLinkOf(copy.call.id, 1)) : undefined
    const text = this.shape.object(RECORD, {
      ...this.head(copy, extentOf(copy.legs)),
      "sessions@odata.nextLink": nextLink,
      sessions: `[${SESSIONS_PLACE}]`,
    })
    const place = text.indexOf(SESSIONS_PLACE)
    return { before: text.slice(0, place), after: text.slice(place + SESSIONS_PLACE.length) }
  }

  /** A callRecord without sessions, for those that lie elsewhere and cover `extent`. */
  alone(copy: CallCopy, extent: Extent = extentOf(copy.legs)): string {
    return this.shape.object(RECORD_WITHOUT_SESSIONS, this.head(copy, extent))
  }

  private head(copy: CallCopy, extent: Extent): Values<(typeof HEAD_NAMES)[number]> {
    const { call, fault, version } = copy
    // One tick, so that the session that ends last is the only one outside.
    const endTicks = extent.endTicks - (fault === "call/session-outside-call" ? 1 : 0)
    const lastModifiedTicks = extent.endTicks + version * 20 * TICKS_PER_MINUTE
    return {
      id: `"${call.id}"`,
      version: fault === "call/off-model" ? '"first"' : String(version),
      type: `"${call.type}"`,
      modalities: modalityList(extent.modalities),
      lastModifiedDateTime: `"${instantText(lastModifiedTicks)}"`,
      startDateTime: `"${instantText(extent.startTicks)}"`,
      endDateTime: `"${instantText(endTicks)}"`,
      joinWebUrl: call.type === "groupCall" ? jsonText(joinWebUrl(call)) : undefined,
      organizer: this.endpoints.identitySet(call.organizer),
      organizer_v2: this.organizer(call),
    }
  }

  private organizer(call: Call): string {
    const { organizer } = call
    const identity = this.endpoints.identitySet(organizer)
    return this.shape.object(ORGANIZER, { id: jsonText(organizer.id), identity, administrativeUnitInfos: "[]" })
  }
}

/** The link to page `pageIndex` of a call's sessions. */
export function nextLinkOf(callId: string, pageIndex: number): string {
  const service = "https://graph.microsoft.com/v1.0/communications/callRecords"
  return `${service}/${callId}/sessions?$skiptoken=${String(pageIndex).padStart(8, "0")}`
}

function joinWebUrl({ id, tenantId, organizer }: Call): string {
  const context = `%7b%22Tid%22%3a%22${tenantId}%22%2c%22Oid%22%3a%22${organizer.id}%22%7d`
  return `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${id.replaceAll("-", "")}%40thread.v2/0?context=${context}`
}
