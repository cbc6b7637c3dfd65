/**
 * The session and its segments, as Effect Schema. A session needs `id`, `modalities`, `startDateTime` and `endDateTime`;
 * anything else may be absent or null. The order of the properties is the model's: faults are told in it.
 */
import * as Schema from "effect/Schema"
import { is } from "effect/SchemaParser"
import { Endpoint } from "./endpoint.ts"
import { FAILURE_STAGE, MODALITY } from "./enums.ts"
import { Media } from "./media.ts"
import { issuesFinder, type ModelIssue } from "./model-issue.ts"
import { Flag, InstantText, list, maybe, member, NonEmptyText, OptionalInstantText, Text } from "./property.ts"

/** `failureInfo`. */
export const FailureInfo = Schema.Struct({
  stage: maybe(member(FAILURE_STAGE), "When it failed"),
  reason: maybe(Text, "Why it failed, in free text; often null"),
}).annotate({
  identifier: "failureInfo",
  description: "microsoft.graph.callRecords.failureInfo",
  expected: "an object",
})

/** `segment`: one media link of a session. */
export const Segment = Schema.Struct({
  id: maybe(Text, "Id of the segment, unique within its session only"),
  startDateTime: maybe(OptionalInstantText, "When the segment started"),
  endDateTime: maybe(OptionalInstantText, "When the segment ended"),
  caller: maybe(Endpoint, "The end that started the segment"),
  callee: maybe(Endpoint, "The end that answered"),
  failureInfo: maybe(FailureInfo, "How the segment failed; null or absent where it did not"),
  media: maybe(list(Media), "Media of the segment"),
}).annotate({ identifier: "segment", description: "microsoft.graph.callRecords.segment", expected: "an object" })

/** `session`: one participant's leg of a call. */
export const Session = Schema.Struct({
  id: NonEmptyText.annotate({
    description: "Id of the session: a GUID as Graph writes it, any text that is not empty here",
  }),
  modalities: list(member(MODALITY)).annotate({ description: "Which kinds of media took place; may be empty" }),
  startDateTime: InstantText.annotate({ description: "When the session started, to 100 ns" }),
  endDateTime: InstantText.annotate({ description: "When the session ended, to 100 ns" }),
  caller: maybe(Endpoint, "The end that started the session"),
  callee: maybe(Endpoint, "The end that answered; in group calls a service"),
  failureInfo: maybe(FailureInfo, "How the session failed; null or absent where it did not"),
  isTest: maybe(Flag, "Whether it is a test call"),
  segments: maybe(list(Segment), "Media links of the session; there with $expand=segments only"),
}).annotate({ identifier: "session", description: "microsoft.graph.callRecords.session", expected: "an object" })

export type { ModelIssue } from "./model-issue.ts"

/** A session that keeps to the model. */
export interface Session extends Schema.Schema.Type<typeof Session> {}

/** Whether `value` keeps to the model of a session. Keys that the model does not know do not matter. */
export const isSession: (value: unknown) => value is Session = is(Session)

/** Every departure of `value` from the model of a session, in the model's order, depth first; empty where there is none. */
export const sessionIssues: (value: unknown) => readonly ModelIssue[] = issuesFinder(Session)

const findFirst = issuesFinder(Session, "first")

/** The first of `sessionIssues`, or null; a hostile value may have millions. */
export function firstSessionIssue(value: unknown): ModelIssue | null {
  return findFirst(value)[0] ?? null
}
