/**
 * The enums of Graph's call records, in value order. They are evolvable: a member that is not here may come at any
 * time and is no error. Source: microsoftgraph/msgraph-metadata, v1.0, and the pages of the reference.
 */
export interface EvolvableEnum<Member extends string = string> {
  readonly name: string
  readonly members: readonly Member[]
  /** By the spelling of the model, and by that in lower case. */
  readonly bySpelling: ReadonlyMap<string, { readonly name: Member; readonly index: number }>
}

function evolvableEnum<const Member extends string>(
  name: string,
  ...members: readonly Member[]
): EvolvableEnum<Member> {
  const entries = members.map((member, index) => ({ name: member, index }))
  const bySpelling = new Map(
    entries.flatMap((entry) => [[entry.name.toLowerCase(), entry] as const, [entry.name, entry] as const]),
  )
  return { name, members, bySpelling }
}

/** Only ASCII letters change case: of other scripts, the Kelvin sign would fall together with a `k`. */
const ASCII = /^[\x20-\x7e]*$/

/**
 * The member that `text` means in any letter case (re-serializers change it), or null. It is written in an unusual way
 * where its name is not `text`.
 */
export function lookUpMember<Member extends string>(
  of: EvolvableEnum<Member>,
  text: string,
): { readonly name: Member; readonly index: number } | null {
  return of.bySpelling.get(text) ?? (ASCII.test(text) ? of.bySpelling.get(text.toLowerCase()) : undefined) ?? null
}

export const CALL_TYPE = evolvableEnum("callType", "unknown", "groupCall", "peerToPeer", "unknownFutureValue")
export const MODALITY = evolvableEnum(
  "modality",
  "unknown",
  "audio",
  "video",
  "videoBasedScreenSharing",
  "data",
  "screenSharing",
  "unknownFutureValue",
)
export const FAILURE_STAGE = evolvableEnum("failureStage", "unknown", "callSetup", "midcall", "unknownFutureValue")
export const CLIENT_PLATFORM = evolvableEnum(
  "clientPlatform",
  "unknown",
  "windows",
  "macOS",
  "iOS",
  "android",
  "web",
  "ipPhone",
  "roomSystem",
  "surfaceHub",
  "holoLens",
  "unknownFutureValue",
)
export const PRODUCT_FAMILY = evolvableEnum(
  "productFamily",
  "unknown",
  "teams",
  "skypeForBusiness",
  "lync",
  "unknownFutureValue",
  "azureCommunicationServices",
)
export const SERVICE_ROLE = evolvableEnum(
  "serviceRole",
  "unknown",
  "customBot",
  "skypeForBusinessMicrosoftTeamsGateway",
  "skypeForBusinessAudioVideoMcu",
  "skypeForBusinessApplicationSharingMcu",
  "skypeForBusinessCallQueues",
  "skypeForBusinessAutoAttendant",
  "mediationServer",
  "mediationServerCloudConnectorEdition",
  "exchangeUnifiedMessagingService",
  "mediaController",
  "conferencingAnnouncementService",
  "conferencingAttendant",
  "audioTeleconferencerController",
  "skypeForBusinessUnifiedCommunicationApplicationPlatform",
  "responseGroupServiceAnnouncementService",
  "gateway",
  "skypeTranslator",
  "skypeForBusinessAttendant",
  "responseGroupService",
  "voicemail",
  "unknownFutureValue",
)
export const NETWORK_CONNECTION_TYPE = evolvableEnum(
  "networkConnectionType",
  "unknown",
  "wired",
  "wifi",
  "mobile",
  "tunnel",
  "unknownFutureValue",
)
export const NETWORK_TRANSPORT_PROTOCOL = evolvableEnum(
  "networkTransportProtocol",
  "unknown",
  "udp",
  "tcp",
  "unknownFutureValue",
)
export const WIFI_BAND = evolvableEnum(
  "wifiBand",
  "unknown",
  "frequency24GHz",
  "frequency50GHz",
  "frequency60GHz",
  "unknownFutureValue",
)
export const WIFI_RADIO_TYPE = evolvableEnum(
  "wifiRadioType",
  "unknown",
  "wifi80211a",
  "wifi80211b",
  "wifi80211g",
  "wifi80211n",
  "wifi80211ac",
  "wifi80211ax",
  "unknownFutureValue",
)
export const AUDIO_CODEC = evolvableEnum(
  "audioCodec",
  "unknown",
  "invalid",
  "cn",
  "pcma",
  "pcmu",
  "amrWide",
  "g722",
  "g7221",
  "g7221c",
  "g729",
  "multiChannelAudio",
  "muchv2",
  "opus",
  "satin",
  "satinFullband",
  "rtAudio8",
  "rtAudio16",
  "silk",
  "silkNarrow",
  "silkWide",
  "siren",
  "xmsRta",
  "unknownFutureValue",
)
export const VIDEO_CODEC = evolvableEnum(
  "videoCodec",
  "unknown",
  "invalid",
  "av1",
  "h263",
  "h264",
  "h264s",
  "h264uc",
  "h265",
  "rtvc1",
  "rtVideo",
  "xrtvc1",
  "unknownFutureValue",
)
export const MEDIA_STREAM_DIRECTION = evolvableEnum("mediaStreamDirection", "callerToCallee", "calleeToCaller")
export const USER_FEEDBACK_RATING = evolvableEnum(
  "userFeedbackRating",
  "notRated",
  "bad",
  "poor",
  "fair",
  "good",
  "excellent",
  "unknownFutureValue",
)
export const ENDPOINT_TYPE = evolvableEnum(
  "endpointType",
  "default",
  "voicemail",
  "skypeForBusiness",
  "skypeForBusinessVoipPhone",
  "unknownFutureValue",
)
