/** The callRecord, as Effect Schema. Its sessions are framed and decoded one by one, but belong to the type. */
import * as Schema from "effect/Schema"
import { is } from "effect/SchemaParser"
import { IdentitySet } from "./endpoint.ts"
import { CALL_TYPE, MODALITY } from "./enums.ts"
import { issuesFinder, type ModelIssue } from "./model-issue.ts"
import { Int64, list, maybe, member, OptionalInstantText, Text } from "./property.ts"
import { Session } from "./session.ts"

/** `administrativeUnitInfo`. */
export const AdministrativeUnitInfo = Schema.Struct({
  id: maybe(Text, "Id of an administrative unit of Microsoft Entra"),
}).annotate({
  identifier: "administrativeUnitInfo",
  description: "microsoft.graph.callRecords.administrativeUnitInfo",
  expected: "an object",
})

/** `participantBase`, and `participant` and `organizer`, which add nothing. */
export const CallParticipant = Schema.Struct({
  id: maybe(Text, "Id of the participant, equal to that of its identity"),
  identity: maybe(IdentitySet, "Who it is, by kind"),
  administrativeUnitInfos: maybe(list(AdministrativeUnitInfo), "Administrative units of the participant"),
}).annotate({
  identifier: "participant",
  description: "microsoft.graph.callRecords.participant and organizer",
  expected: "an object",
})

/** `callRecord`: a call, or one version of it. */
export const CallRecord = Schema.Struct({
  id: maybe(Text, "Id of the call: a GUID"),
  version: maybe(Int64, "Grows with every rewrite of the record"),
  type: maybe(member(CALL_TYPE), "Whether it is a group call or one between two"),
  modalities: maybe(list(member(MODALITY)), "All modalities used in the call"),
  startDateTime: maybe(OptionalInstantText, "When the first user joined"),
  endDateTime: maybe(OptionalInstantText, "When the last user left"),
  lastModifiedDateTime: maybe(OptionalInstantText, "When this version was written"),
  joinWebUrl: maybe(Text, "Address of the meeting"),
  organizer: maybe(IdentitySet, "Who organized the call; deprecated"),
  participants: maybe(list(IdentitySet), "Who took part, at most 130; deprecated"),
  organizer_v2: maybe(CallParticipant, "Who organized the call"),
  participants_v2: maybe(list(CallParticipant), "Who took part; there with $expand only"),
  sessions: maybe(list(Session), "Sessions of the call; there with $expand only"),
}).annotate({ identifier: "callRecord", description: "microsoft.graph.callRecords.callRecord", expected: "an object" })

/** A callRecord that keeps to the model. */
export interface CallRecord extends Schema.Schema.Type<typeof CallRecord> {}

/** Whether `value` keeps to the model of a callRecord, its sessions included. */
export const isCallRecord: (value: unknown) => value is CallRecord = is(CallRecord)

/** Every departure of `value` from the model of a callRecord, in the model's order, depth first; empty where there is none. */
export const callRecordIssues: (value: unknown) => readonly ModelIssue[] = issuesFinder(CallRecord)
