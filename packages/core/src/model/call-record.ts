/** The callRecord as Effect Schema, without its sessions' inside: these are framed and decoded one by one. */
import * as Schema from "effect/Schema"
import { IdentitySet } from "./endpoint.ts"
import { CALL_TYPE, MODALITY } from "./enums.ts"
import { InstantText, Int64, maybe, member, Text } from "./property.ts"
import { Session } from "./session.ts"

/** `administrativeUnitInfo`. */
export const AdministrativeUnitInfo = Schema.Struct({
  "@odata.type": maybe(Text, "The type, where it is written"),
  id: maybe(Text, "Administrative unit of a participant"),
}).annotate({ identifier: "administrativeUnitInfo" })

/** `participant`, `organizer`: from `participantBase`. */
export const CallParticipant = Schema.Struct({
  "@odata.type": maybe(Text, "The type, where it is written"),
  id: maybe(Text, "Id of the participant, equal to its identity's"),
  identity: maybe(IdentitySet, "Who it is, by kind"),
  administrativeUnitInfos: maybe(Schema.Array(AdministrativeUnitInfo), "Administrative units of the participant"),
}).annotate({ identifier: "participant" })

/** `callRecord`. */
export const CallRecord = Schema.Struct({
  "@odata.type": maybe(Text, "The type, where it is written"),
  id: maybe(Text, "Id of the call: a GUID"),
  version: maybe(Int64, "Grows with every rewrite of the record"),
  type: maybe(member(CALL_TYPE), "Group call or peer to peer"),
  modalities: maybe(Schema.Array(member(MODALITY)), "All modalities used in the call"),
  startDateTime: maybe(InstantText, "When the first user joined"),
  endDateTime: maybe(InstantText, "When the last user left"),
  lastModifiedDateTime: maybe(InstantText, "When this version was written"),
  joinWebUrl: maybe(Text, "URL of the meeting"),
  organizer: maybe(IdentitySet, "Who organized the call; deprecated"),
  participants: maybe(Schema.Array(IdentitySet), "At most 130 participants; deprecated"),
  organizer_v2: maybe(CallParticipant, "Who organized the call"),
  participants_v2: maybe(Schema.Array(CallParticipant), "Who took part"),
  sessions: maybe(Schema.Array(Session), "Sessions of the call"),
}).annotate({ identifier: "callRecord", description: "microsoft.graph.callRecords.callRecord" })

