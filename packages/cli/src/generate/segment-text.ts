/** The JSON of segments: one media link with its media, as Graph writes them, with most properties null. */
import { inOnePiece } from "./byte-text.ts"
import type { Leg } from "./call.ts"
import type { End } from "./endpoint-text.ts"
import { guid } from "./guid.ts"
import { instantText } from "./instant-text.ts"
import { MODALITY } from "./modalities.ts"
import { audioDeviceText, clientNetworkText, serviceNetworkText, unknownDeviceText } from "./network-text.ts"
import type { Random } from "./random.ts"
import { objectType, type Shape } from "./shape.ts"
import { streamText } from "./stream-text.ts"

const SEGMENT = objectType(
  ["id", "startDateTime", "endDateTime", "failureInfo", "caller", "callee", "media"],
  ["id", "startDateTime", "endDateTime", "failureInfo", "caller", "callee", "media"],
)
const MEDIA = objectType(
  ["label", "callerNetwork", "calleeNetwork", "callerDevice", "calleeDevice", "streams"],
  ["callerNetwork", "calleeNetwork", "callerDevice", "calleeDevice", "streams"],
)
/** How many different texts there are of a stream, device or network of each kind: each takes about 1 kB. */
const DRAWS = 1024
const DIRECTIONS = ['"callerToCallee"', '"calleeToCaller"']

/** When a segment began and ended, in ticks. */
export interface SegmentTime {
  readonly startTicks: number
  readonly endTicks: number
}

interface SharedTexts {
  readonly caller: string
  readonly callee: string
  readonly failureInfo: string | undefined
}

/** Writes segments in one shape. */
export class SegmentWriter {
  private readonly shape: Shape
  private readonly random: Random
  private readonly drawn = new Map<string, string[]>()

  constructor(shape: Shape, random: Random) {
    this.shape = shape
    this.random = random
  }

  /** The list with the one segment of a session, with the texts of what it shares with the session. */
  list(leg: Leg, { startTicks, endTicks }: SegmentTime, shared: SharedTexts): string {
    const segment = this.shape.object(SEGMENT, {
      id: `"${this.random.chance(1, 2) ? leg.id : guid(this.random)}"`,
      startDateTime: `"${instantText(startTicks)}"`,
      endDateTime: `"${instantText(endTicks)}"`,
      ...shared,
      media: `[${this.mediaOf(leg).join(",")}]`,
    })
    return `[${segment}]`
  }

  /** Nothing was negotiated in a call that failed while it was set up. */
  private mediaOf(leg: Leg): string[] {
    if (leg.failure?.stage === "callSetup") return []
    const media = [this.media(leg, "main-audio", 2)]
    if ((leg.modalities & MODALITY.video) !== 0) media.push(this.media(leg, "main-video", 2))
    const shared = MODALITY.videoBasedScreenSharing | MODALITY.screenSharing
    if ((leg.modalities & shared) !== 0) media.push(this.media(leg, "applicationsharing-video", 1))
    if ((leg.modalities & MODALITY.data) !== 0) media.push(this.media(leg, "data", 2))
    return media
  }

  private media(leg: Leg, label: string, streamCount: number): string {
    const streams = DIRECTIONS.slice(0, streamCount).map((direction) =>
      this.draw(label + direction, () => streamText(this.shape, this.random, label, direction)),
    )
    return this.shape.object(MEDIA, {
      label: `"${label}"`,
      callerNetwork: this.network(leg.caller),
      calleeNetwork: this.network(leg.callee),
      callerDevice: this.device(leg.caller, label),
      calleeDevice: this.device(leg.callee, label),
      streams: `[${streams.join(",")}]`,
    })
  }

  /** Computers tell of their headsets; handhelds, telephones and services do not. */
  private device(end: End, label: string): string {
    const cpu = typeof end === "string" ? null : (end.person.devices[end.deviceIndex]?.cpu ?? null)
    return cpu !== null && label === "main-audio"
      ? this.draw("device", () => audioDeviceText(this.shape, this.random))
      : this.draw("no device", () => unknownDeviceText(this.shape))
  }

  private network(end: End): string {
    const network = typeof end === "string" ? null : (end.person.devices[end.deviceIndex]?.network ?? null)
    return network === null
      ? this.draw("service network", () => serviceNetworkText(this.shape))
      : this.draw(network, () => clientNetworkText(this.shape, this.random, network))
  }

  /** One of `DRAWS` texts of that name, each made when it is first drawn. Varied shapes make a new one each time. */
  private draw(name: string, make: () => string): string {
    if (!this.shape.isUniform) return make()
    const texts = this.drawn.get(name) ?? []
    this.drawn.set(name, texts)
    return (texts[this.random.below(DRAWS)] ??= inOnePiece(make()))
  }
}
