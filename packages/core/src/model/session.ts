/**
 * The session, and all that is reachable from it, as Effect Schema: written once, for decoding, types and JSON Schema.
 * A session needs `id`, `modalities`, `startDateTime`, `endDateTime`; anything else may be absent or null.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { makeFormatterStandardSchemaV1 } from "effect/SchemaIssue"
import { decodeUnknownResult } from "effect/SchemaParser"
import { Endpoint } from "./endpoint.ts"
import { FAILURE_STAGE, MODALITY } from "./enums.ts"
import { Media } from "./media.ts"
import { Flag, InstantText, maybe, member, Text } from "./property.ts"

/** `failureInfo`. */
export const FailureInfo = Schema.Struct({
  "@odata.type": maybe(Text, "The type, where it is written"),
  stage: maybe(member(FAILURE_STAGE), "When the session failed"),
  reason: maybe(Text, "Why, in free text; often null"),
}).annotate({ identifier: "failureInfo" })

/** `segment`: one media link of a session. */
export const Segment = Schema.Struct({
  "@odata.type": maybe(Text, "The type, where it is written"),
  id: maybe(Text, "Id of the segment; unique within its session"),
  startDateTime: maybe(InstantText, "Start of the segment"),
  endDateTime: maybe(InstantText, "End of the segment"),
  caller: maybe(Endpoint, "The end that started the segment"),
  callee: maybe(Endpoint, "The end that answered"),
  failureInfo: maybe(FailureInfo, "Null or absent where it did not fail"),
  media: maybe(Schema.Array(Media), "Media of the segment"),
}).annotate({ identifier: "segment" })

/** `session`: one participant's leg of a call. */
export const Session = Schema.Struct({
  id: Schema.String.check(Schema.makeFilter((id) => id !== "" || "Expected an id that is not empty")).annotate({
    description: "Id of the session: any text that is not empty, a GUID from Graph",
  }),
  modalities: Schema.Array(member(MODALITY)).annotate({ description: "What kinds of media took part; may be empty" }),
  startDateTime: InstantText.annotate({ description: "When the session started: an instant with an offset from UTC" }),
  endDateTime: InstantText.annotate({ description: "When the session ended" }),
  "@odata.type": maybe(Text, "The type, where it is written"),
  caller: maybe(Endpoint, "The end that started the session"),
  callee: maybe(Endpoint, "The end that answered"),
  failureInfo: maybe(FailureInfo, "Null or absent where it did not fail"),
  isTest: maybe(Flag, "Whether it is a test call"),
  segments: maybe(Schema.Array(Segment), "Media links of the session"),
}).annotate({ identifier: "session", description: "microsoft.graph.callRecords.session" })

/** A session that keeps to the model. */
export interface Session extends Schema.Schema.Type<typeof Session> {}

const decode = decodeUnknownResult(Session)
const decodeAll = decodeUnknownResult(Session, { errors: "all" })
const format = makeFormatterStandardSchemaV1()

/** Where a value departs from the model, and what belongs there. Says nothing of what is there. */
export interface ModelIssue {
  readonly path: readonly (string | number)[]
  readonly expected: string
}

/** Whether `value` keeps to the model of a session. */
export function isSession(value: unknown): value is Session {
  return Result.isSuccess(decode(value))
}

/** Every departure from the model, in its order, depth first; empty where there is none. */
export function sessionIssues(value: unknown): ModelIssue[] {
  const result = decodeAll(value)
  if (Result.isSuccess(result)) return []
  return format(result.failure).issues.map(({ path = [], message }) => ({
    path: path.map((part) => (typeof part === "number" ? part : String(typeof part === "object" ? part.key : part))),
    expected: message.startsWith("Expected ") ? message.slice("Expected ".length) : "a value",
  }))
}
