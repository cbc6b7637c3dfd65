/** The JSON of sessions, lean (without segments) or full. */
import { jsonText, jsonTextIfAny } from "./byte-text.ts"
import type { Failure, Leg } from "./call.ts"
import type { EndpointWriter } from "./endpoint-text.ts"
import { instantText } from "./instant-text.ts"
import type { SegmentTime, SegmentWriter } from "./segment-text.ts"
import { modalityList } from "./modalities.ts"
import { objectType, type Shape, type Values } from "./shape.ts"

const LEAN_NAMES = [
  "id",
  "modalities",
  "startDateTime",
  "endDateTime",
  "isTest",
  "failureInfo",
  "caller",
  "callee",
] as const
const LEAN_SESSION = objectType(LEAN_NAMES, LEAN_NAMES)
const FULL_SESSION = objectType([...LEAN_NAMES, "segments"], [...LEAN_NAMES, "segments"])
const FAILURE = objectType(["stage", "reason"], ["stage", "reason"])

/** JSON values of a session's properties, as byte texts. */
export type SessionTexts = Values<(typeof LEAN_NAMES)[number] | "segments">

/** Writes sessions of one profile in one shape. */
export class SessionWriter {
  private readonly shape: Shape
  private readonly endpoints: EndpointWriter
  private readonly segments: SegmentWriter | null

  /** `segments` is null for the lean profile. */
  constructor(shape: Shape, endpoints: EndpointWriter, segments: SegmentWriter | null) {
    this.shape = shape
    this.endpoints = endpoints
    this.segments = segments
  }

  /** The session as one JSON object. */
  text(leg: Leg): string {
    return this.object(this.texts(leg))
  }

  /** The property values that `text` writes; the segment can have instants of its own. */
  texts(leg: Leg, segmentTime: SegmentTime = leg): SessionTexts {
    const failureInfo = this.failure(leg.failure)
    const caller = this.endpoints.text(leg.caller)
    const callee = this.endpoints.text(leg.callee)
    return {
      id: `"${leg.id}"`,
      modalities: modalityList(leg.modalities),
      startDateTime: `"${instantText(leg.startTicks)}"`,
      endDateTime: `"${instantText(leg.endTicks)}"`,
      isTest: "false",
      failureInfo,
      caller,
      callee,
      segments: this.segments?.list(leg, segmentTime, { caller, callee, failureInfo }),
    }
  }

  /** The object that has these property values. */
  object(texts: SessionTexts): string {
    return this.segments === null ? this.shape.object(LEAN_SESSION, texts) : this.shape.object(FULL_SESSION, texts)
  }

  private failure(failure: Failure | null): string | undefined {
    if (failure === null) return undefined
    return this.shape.object(FAILURE, { stage: jsonText(failure.stage), reason: jsonTextIfAny(failure.reason) })
  }
}
