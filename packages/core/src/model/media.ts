/** The media of a segment and their streams. No fact comes of these: what departs from the model here is a finding. */
import * as Schema from "effect/Schema"
import { DeviceInfo } from "./device.ts"
import { AUDIO_CODEC, MEDIA_STREAM_DIRECTION, VIDEO_CODEC } from "./enums.ts"
import { NetworkInfo } from "./network.ts"
import { DurationText, Flag, Float, Int64, list, maybe, member, OptionalInstantText, Text } from "./property.ts"

/** `mediaStream`: one direction of one medium. */
export const MediaStream = Schema.Struct({
  streamId: maybe(Text, "Decimal text, unique within its media only"),
  streamDirection: maybe(member(MEDIA_STREAM_DIRECTION), "Direction of the stream"),
  startDateTime: maybe(OptionalInstantText, "Start of the stream"),
  endDateTime: maybe(OptionalInstantText, "End of the stream"),
  audioCodec: maybe(member(AUDIO_CODEC), "Audio codec; unknown where it does not apply"),
  videoCodec: maybe(member(VIDEO_CODEC), "Video codec; unknown where it does not apply"),
  averageAudioDegradation: maybe(Float, "Points of the mean opinion score that the network cost"),
  averageJitter: maybe(DurationText, "Average interarrival jitter (RFC 3550), a duration"),
  maxJitter: maybe(DurationText, "Greatest interarrival jitter (RFC 3550), a duration"),
  averageAudioNetworkJitter: maybe(DurationText, "Average network jitter of audio, a duration"),
  maxAudioNetworkJitter: maybe(DurationText, "Greatest network jitter of audio over windows of 20 s, a duration"),
  averageRoundTripTime: maybe(DurationText, "Average round trip (RFC 3550), a duration"),
  maxRoundTripTime: maybe(DurationText, "Greatest round trip (RFC 3550), a duration"),
  averagePacketLossRate: maybe(Float, "Average packet loss, a fraction from 0 to 1"),
  maxPacketLossRate: maybe(Float, "Greatest packet loss, a fraction from 0 to 1"),
  averageVideoPacketLossRate: maybe(Float, "Average packet loss of video, a fraction from 0 to 1"),
  postForwardErrorCorrectionPacketLossRate: maybe(
    Float,
    "Packet loss of video after error correction, a fraction from 0 to 1",
  ),
  averageRatioOfConcealedSamples: maybe(Float, "Average share of concealed audio, a fraction from 0 to 1"),
  maxRatioOfConcealedSamples: maybe(Float, "Greatest share of concealed audio, a fraction from 0 to 1"),
  averageVideoFrameLossPercentage: maybe(Float, "Video frames lost, in percent from 0 to 100"),
  averageVideoFrameRate: maybe(Float, "Average rate of video, in frames per second"),
  averageReceivedFrameRate: maybe(Float, "Average rate of video received, in frames per second"),
  lowFrameRateRatio: maybe(Float, "Fraction of the time below 7.5 frames per second"),
  lowVideoProcessingCapabilityRatio: maybe(Float, "Fraction of the time below 70 percent of video processing"),
  averageFreezeDuration: maybe(DurationText, "Average length of the freezes of video, a duration"),
  rmsFreezeDuration: maybe(DurationText, "Root mean square of the lengths of the freezes of video, a duration"),
  averageBandwidthEstimate: maybe(Int64, "Average estimate of the bandwidth, in bit/s"),
  packetUtilization: maybe(Int64, "Packets, counted"),
  isAudioForwardErrorCorrectionUsed: maybe(Flag, "Whether audio was sent with error correction; null: not known"),
  wasMediaBypassed: maybe(Flag, "Whether media bypassed the mediation server; null: not known"),
}).annotate({
  identifier: "mediaStream",
  description: "microsoft.graph.callRecords.mediaStream",
  expected: "an object",
})

/** `media`: one medium of a segment. */
export const Media = Schema.Struct({
  label: maybe(Text, "Name of the medium in the negotiation, such as main-audio"),
  callerNetwork: maybe(NetworkInfo, "Network of the caller"),
  calleeNetwork: maybe(NetworkInfo, "Network of the callee"),
  callerDevice: maybe(DeviceInfo, "Devices of the caller"),
  calleeDevice: maybe(DeviceInfo, "Devices of the callee"),
  streams: maybe(list(MediaStream), "Streams of the medium"),
}).annotate({ identifier: "media", description: "microsoft.graph.callRecords.media", expected: "an object" })
