/** The audio devices at one end of a medium. */
import * as Schema from "effect/Schema"
import { Float, Int32, maybe, Text } from "./property.ts"

/** `deviceInfo`. `cpuInsufficentEventRatio` is how Graph spells it. */
export const DeviceInfo = Schema.Struct({
  captureDeviceName: maybe(Text, "Name of the capture device"),
  captureDeviceDriver: maybe(Text, "Driver of the capture device"),
  renderDeviceName: maybe(Text, "Name of the render device"),
  renderDeviceDriver: maybe(Text, "Driver of the render device"),
  captureNotFunctioningEventRatio: maybe(Float, "Fraction of the call in which the capture device did not work"),
  renderNotFunctioningEventRatio: maybe(Float, "Fraction of the call in which the render device did not work"),
  cpuInsufficentEventRatio: maybe(Float, "Fraction of the call in which the processor was too slow"),
  deviceClippingEventRatio: maybe(Float, "Fraction of the call in which the capture device clipped"),
  deviceGlitchEventRatio: maybe(Float, "Fraction of the call with glitches of the devices"),
  lowSpeechLevelEventRatio: maybe(Float, "Fraction of the call in which speech was too low"),
  lowSpeechToNoiseEventRatio: maybe(Float, "Fraction of the call in which speech was low against the noise"),
  renderMuteEventRatio: maybe(Float, "Fraction of the call in which the render device was muted"),
  renderZeroVolumeEventRatio: maybe(Float, "Fraction of the call in which the render device had no volume"),
  initialSignalLevelRootMeanSquare: maybe(Float, "Root mean square of the incoming signal in the first 30 s"),
  micGlitchRate: maybe(Float, "Glitches of the microphone in 5 minutes"),
  speakerGlitchRate: maybe(Float, "Glitches of the speaker in 5 minutes"),
  howlingEventCount: maybe(Int32, "Times that howling was heard"),
  receivedNoiseLevel: maybe(Int32, "Average energy of the noise received, in dB"),
  receivedSignalLevel: maybe(Int32, "Average energy of the signal received, in dB"),
  sentNoiseLevel: maybe(Int32, "Average energy of the noise sent, in dB"),
  sentSignalLevel: maybe(Int32, "Average energy of the signal sent, in dB"),
}).annotate({ identifier: "deviceInfo", description: "microsoft.graph.callRecords.deviceInfo", expected: "an object" })
