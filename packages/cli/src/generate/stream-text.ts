/** The JSON of media streams. Fractions and durations come from tables, so that no arithmetic on fractions is done. */
import type { Random } from "./random.ts"
import { objectType, type Shape, type Values } from "./shape.ts"

const STREAM = objectType([
  "streamId",
  "startDateTime",
  "endDateTime",
  "streamDirection",
  "averageAudioDegradation",
  "averageJitter",
  "maxJitter",
  "averagePacketLossRate",
  "maxPacketLossRate",
  "averageRatioOfConcealedSamples",
  "maxRatioOfConcealedSamples",
  "averageRoundTripTime",
  "maxRoundTripTime",
  "packetUtilization",
  "averageBandwidthEstimate",
  "wasMediaBypassed",
  "postForwardErrorCorrectionPacketLossRate",
  "averageVideoFrameLossPercentage",
  "averageReceivedFrameRate",
  "lowFrameRateRatio",
  "averageVideoPacketLossRate",
  "averageVideoFrameRate",
  "lowVideoProcessingCapabilityRatio",
  "averageAudioNetworkJitter",
  "maxAudioNetworkJitter",
  "audioCodec",
  "videoCodec",
  "rmsFreezeDuration",
  "averageFreezeDuration",
  "isAudioForwardErrorCorrectionUsed",
])

/** 0 to 0.0999 by ten-thousandths; 0 to 999 ms as durations. */
const RATIOS = Array.from({ length: 1000 }, (_, count) => (count === 0 ? "0" : `0.${`${count}`.padStart(4, "0")}`))
const MILLISECONDS = Array.from({ length: 1000 }, (_, ms) =>
  ms === 0 ? '"PT0S"' : `"PT0.${trimmed(`${ms}`.padStart(3, "0"))}S"`,
)
type StreamValues = Values<(typeof STREAM.properties)[number]["name"]>

/** A stream of the media called `label`; `streamDirection` is JSON. */
export function streamText(shape: Shape, random: Random, label: string, streamDirection: string): string {
  const averageMs = random.between(8, 60)
  const common = {
    streamId: `"${random.between(1000, 30_000)}"`,
    streamDirection,
    packetUtilization: String(random.below(200_000)),
  }
  if (label === "data") return shape.object(STREAM, { ...common, audioCodec: '"unknown"', videoCodec: '"unknown"' })
  const network = {
    averageJitter: MILLISECONDS[random.below(16)],
    maxJitter: MILLISECONDS[16 + random.below(60)],
    averagePacketLossRate: RATIOS[random.below(40)],
    maxPacketLossRate: RATIOS[40 + random.below(400)],
    averageRoundTripTime: MILLISECONDS[averageMs],
    maxRoundTripTime: MILLISECONDS[averageMs + random.below(300)],
    averageBandwidthEstimate: String(random.between(200_000, 2_000_000)),
  }
  const codec = label === "main-audio" ? audioValues(random) : videoValues(random)
  return shape.object(STREAM, { ...common, ...network, ...codec })
}

function audioValues(random: Random): StreamValues {
  return {
    averageAudioDegradation: RATIOS[random.below(1000)],
    averageRatioOfConcealedSamples: RATIOS[random.below(100)],
    maxRatioOfConcealedSamples: RATIOS[100 + random.below(500)],
    averageAudioNetworkJitter: MILLISECONDS[random.below(20)],
    maxAudioNetworkJitter: MILLISECONDS[20 + random.below(200)],
    audioCodec: random.chance(3, 4) ? '"satin"' : '"opus"',
    videoCodec: '"unknown"',
    isAudioForwardErrorCorrectionUsed: random.chance(1, 2) ? "true" : "false",
  }
}

function videoValues(random: Random): StreamValues {
  return {
    postForwardErrorCorrectionPacketLossRate: RATIOS[random.below(100)],
    averageVideoFrameLossPercentage: `${random.below(12)}.${random.between(1, 9)}`,
    averageReceivedFrameRate: `${random.between(7, 30)}.${random.between(1, 9)}`,
    lowFrameRateRatio: RATIOS[random.below(900)],
    averageVideoPacketLossRate: RATIOS[random.below(100)],
    averageVideoFrameRate: `${random.between(7, 30)}.${random.between(1, 9)}`,
    audioCodec: '"unknown"',
    videoCodec: random.chance(3, 4) ? '"h264"' : '"av1"',
    averageFreezeDuration: MILLISECONDS[random.below(400)],
  }
}

function trimmed(digits: string): string {
  return digits.replace(/0+$/, "")
}
