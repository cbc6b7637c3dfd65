/**
 * The two ends of a session or segment: who is there, and with what software.
 *
 * Graph derives types from `identity`, `endpoint` and `userAgent`, told apart by `@odata.type`, which exports often
 * leave out. So each schema holds the properties of its whole family side by side, and who or what an end is, is
 * decided by content (see identity.ts). Control information (`@…`) belongs to the format and is no property.
 */
import * as Schema from "effect/Schema"
import { CLIENT_PLATFORM, ENDPOINT_TYPE, PRODUCT_FAMILY, SERVICE_ROLE, USER_FEEDBACK_RATING } from "./enums.ts"
import { Flag, Int32, maybe, member, Text } from "./property.ts"

/** What an open type may hold beside its properties: any key, any value. */
const OPEN = [Schema.Record(Schema.String, Schema.Unknown)] as const

/** `identity` and the types derived from it. Open. */
export const Identity = Schema.StructWithRest(
  Schema.Struct({
    id: maybe(
      Text,
      "Id of the identity: an object id of Microsoft Entra, a telephone number, or an id of the kind's own form",
    ),
    displayName: maybe(Text, "Name as shown; never a key"),
    tenantId: maybe(Text, "Microsoft Entra tenant; null, or other than the organizer's, for somebody external"),
    userPrincipalName: maybe(Text, "userIdentity: user principal name"),
    email: maybe(Text, "communicationsGuestIdentity: e-mail address"),
    ipAddress: maybe(Text, "microsoft.graph.userIdentity: IP address"),
    applicationType: maybe(Text, "communicationsApplicationIdentity: type of the application"),
    hidden: maybe(
      Flag,
      "communicationsApplicationIdentity, communicationsApplicationInstanceIdentity: whether it is left out of the roster",
    ),
    azureCommunicationServicesResourceId: maybe(Text, "azureCommunicationServicesUserIdentity: resource of the user"),
  }),
  OPEN,
).annotate({
  identifier: "identity",
  description: "microsoft.graph.identity and the types derived from it; open",
  expected: "an object",
})

/** `identitySet`, `communicationsIdentitySet`, and the kinds written but not declared. Real ones carry every key with null, and one filled. Open. */
export const IdentitySet = Schema.StructWithRest(
  Schema.Struct({
    user: maybe(Identity, "A user of Microsoft Entra"),
    guest: maybe(Identity, "Somebody who joined without an account"),
    onPremises: maybe(Identity, "A user of an on-premises server"),
    encrypted: maybe(Identity, "A user whose identity is encrypted"),
    azureCommunicationServicesUser: maybe(Identity, "A user of Azure Communication Services"),
    acsUser: maybe(Identity, "A user of Azure Communication Services (written, not declared)"),
    spoolUser: maybe(Identity, "A user of Spool (written, not declared)"),
    phone: maybe(Identity, "A telephone"),
    applicationInstance: maybe(Identity, "An instance of an application, such as a call queue"),
    acsApplicationInstance: maybe(
      Identity,
      "An application instance of Azure Communication Services (written, not declared)",
    ),
    spoolApplicationInstance: maybe(Identity, "An application instance of Spool (written, not declared)"),
    azureApplicationInstance: maybe(Identity, "An application instance, as written in 2020 (not declared)"),
    application: maybe(Identity, "An application"),
    conversation: maybe(Identity, "A conversation"),
    device: maybe(Identity, "A device"),
    assertedIdentity: maybe(Identity, "What the participant wishes to be shown as; never a key"),
    conversationIdentityType: maybe(Text, "Type of the conversation"),
    endpointType: maybe(member(ENDPOINT_TYPE), "Type of endpoint that the participant uses"),
  }),
  OPEN,
).annotate({
  identifier: "identitySet",
  description: "microsoft.graph.identitySet and microsoft.graph.communicationsIdentitySet; open",
  expected: "an object",
})

/** `userAgent`, `clientUserAgent`, `serviceUserAgent`. */
export const UserAgent = Schema.Struct({
  headerValue: maybe(Text, "User-agent header; names call queues and auto attendants"),
  applicationVersion: maybe(Text, "Version of the client"),
  platform: maybe(member(CLIENT_PLATFORM), "clientUserAgent: operating system or class of device"),
  productFamily: maybe(member(PRODUCT_FAMILY), "clientUserAgent: product family"),
  azureADAppId: maybe(Text, "clientUserAgent: application id in Microsoft Entra"),
  communicationServiceId: maybe(Text, "clientUserAgent: resource id in Azure Communication Services"),
  role: maybe(member(SERVICE_ROLE), "serviceUserAgent: which service it is"),
}).annotate({
  identifier: "userAgent",
  description: "microsoft.graph.callRecords.userAgent and the types derived from it",
  expected: "an object",
})

/** `feedbackTokenSet`: an open type without declared properties. Its keys are data and change at will. */
export const FeedbackTokenSet = Schema.Record(Schema.String, Schema.Unknown).annotate({
  identifier: "feedbackTokenSet",
  description: "microsoft.graph.callRecords.feedbackTokenSet: problems that could be ticked, each true or false; open",
  expected: "an object",
})

/** `userFeedback`. */
export const UserFeedback = Schema.Struct({
  rating: maybe(member(USER_FEEDBACK_RATING), "The user's rating; notRated in most records"),
  text: maybe(Text, "What the user wrote"),
  tokens: maybe(FeedbackTokenSet, "Problems that the user ticked"),
}).annotate({
  identifier: "userFeedback",
  description: "microsoft.graph.callRecords.userFeedback",
  expected: "an object",
})

/** `endpoint`, `participantEndpoint`, `serviceEndpoint`. */
export const Endpoint = Schema.Struct({
  userAgent: maybe(UserAgent, "Software at this end"),
  associatedIdentity: maybe(Identity, "participantEndpoint: who is at this end; the current property"),
  identity: maybe(IdentitySet, "participantEndpoint: who is at this end, by kind; deprecated"),
  feedback: maybe(UserFeedback, "participantEndpoint: the user's rating"),
  name: maybe(Text, "participantEndpoint: host name of the device"),
  cpuName: maybe(Text, "participantEndpoint: processor"),
  cpuCoresCount: maybe(Int32, "participantEndpoint: processor cores"),
  cpuProcessorSpeedInMhz: maybe(Int32, "participantEndpoint: speed of the processor, in MHz"),
}).annotate({
  identifier: "endpoint",
  description: "microsoft.graph.callRecords.endpoint and the types derived from it",
  expected: "an object",
})

/** One end of a session or segment that keeps to the model. */
export interface Endpoint extends Schema.Schema.Type<typeof Endpoint> {}
