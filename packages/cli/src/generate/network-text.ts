/** The JSON of the network and the audio device at one end of a media link. */
import { jsonText } from "./byte-text.ts"
import type { Network } from "./devices.ts"
import type { Random } from "./random.ts"
import { objectType, type Shape } from "./shape.ts"

const NETWORK = objectType([
  "ipAddress",
  "subnet",
  "linkSpeed",
  "connectionType",
  "port",
  "reflexiveIPAddress",
  "relayIPAddress",
  "relayPort",
  "macAddress",
  "wifiMicrosoftDriver",
  "wifiMicrosoftDriverVersion",
  "wifiVendorDriver",
  "wifiVendorDriverVersion",
  "wifiChannel",
  "wifiBand",
  "basicServiceSetIdentifier",
  "wifiRadioType",
  "wifiSignalStrength",
  "wifiBatteryCharge",
  "dnsSuffix",
  "sentQualityEventRatio",
  "receivedQualityEventRatio",
  "delayEventRatio",
  "bandwidthLowEventRatio",
  "networkTransportProtocol",
  "traceRouteHops",
])
const DEVICE = objectType([
  "captureDeviceName",
  "captureDeviceDriver",
  "renderDeviceName",
  "renderDeviceDriver",
  "sentSignalLevel",
  "receivedSignalLevel",
  "sentNoiseLevel",
  "receivedNoiseLevel",
  "initialSignalLevelRootMeanSquare",
  "cpuInsufficentEventRatio",
  "renderNotFunctioningEventRatio",
  "captureNotFunctioningEventRatio",
  "deviceGlitchEventRatio",
  "lowSpeechToNoiseEventRatio",
  "lowSpeechLevelEventRatio",
  "deviceClippingEventRatio",
  "howlingEventCount",
  "renderZeroVolumeEventRatio",
  "renderMuteEventRatio",
  "micGlitchRate",
  "speakerGlitchRate",
])
const LINK_SPEEDS = ["526500000", "866700000", "1000000000", "1201000000", "100000000", "4294967295"]
const RELAY_PORTS = ["3478", "3479", "3480", "3481"]

/** What is known of the network of a service. */
export function serviceNetworkText(shape: Shape): string {
  return shape.object(NETWORK, {
    ipAddress: '""',
    linkSpeed: "0",
    connectionType: '"wired"',
    port: "3481",
    reflexiveIPAddress: '""',
    wifiBand: '"unknown"',
    wifiRadioType: '"unknown"',
    networkTransportProtocol: '"udp"',
    traceRouteHops: "[]",
  })
}

/** The network of a client. Private addresses within, and those reserved for documentation (RFC 5737) without. */
export function clientNetworkText(shape: Shape, random: Random, network: Network): string {
  const subnet = random.below(4)
  const isWifi = network === "wifi"
  return shape.object(NETWORK, {
    ipAddress: `"192.168.${subnet}.${random.between(2, 250)}"`,
    subnet: `"192.168.${subnet}.0"`,
    linkSpeed: random.pick(LINK_SPEEDS),
    connectionType: jsonText(network),
    port: String(random.between(50_000, 50_059)),
    reflexiveIPAddress: random.chance(1, 2) ? '""' : `"203.0.113.${random.between(2, 250)}"`,
    relayIPAddress: '""',
    relayPort: random.pick(RELAY_PORTS),
    macAddress: '"02:00:00:00:00:00"',
    wifiMicrosoftDriver: '""',
    wifiMicrosoftDriverVersion: isWifi ? '"Microsoft:10.0.26100.4484"' : undefined,
    wifiVendorDriver: isWifi ? '"Example Wi-Fi 6E 160MHz"' : undefined,
    wifiVendorDriverVersion: isWifi ? '"Example:23.110.0.5"' : undefined,
    wifiChannel: isWifi ? String(random.between(1, 12) * 4 + 32) : undefined,
    wifiBand: isWifi ? '"frequency50GHz"' : '"unknown"',
    basicServiceSetIdentifier: '""',
    wifiRadioType: isWifi ? '"wifi80211ac"' : '"unknown"',
    wifiSignalStrength: isWifi ? String(random.between(40, 100)) : undefined,
    wifiBatteryCharge: isWifi ? String(random.between(5, 100)) : undefined,
    dnsSuffix: '""',
    networkTransportProtocol: random.chance(15, 16) ? '"udp"' : '"tcp"',
    traceRouteHops: "[]",
  })
}

/** A headset. */
export function audioDeviceText(shape: Shape, random: Random): string {
  return shape.object(DEVICE, {
    captureDeviceName: '"Headset Microphone (Example USB Audio)"',
    captureDeviceDriver: '"Example: 10.0.26100.1"',
    renderDeviceName: '"Headset Earphone (Example USB Audio)"',
    renderDeviceDriver: '"Example: 10.0.26100.1"',
    sentSignalLevel: `-${random.between(18, 40)}`,
    receivedSignalLevel: `-${random.between(18, 40)}`,
    sentNoiseLevel: `-${random.between(50, 90)}`,
    receivedNoiseLevel: `-${random.between(50, 90)}`,
    initialSignalLevelRootMeanSquare: `${random.below(200)}.${random.between(1, 9)}`,
    howlingEventCount: "0",
    micGlitchRate: String(random.below(20)),
    speakerGlitchRate: String(random.below(20)),
  })
}

/** A device of which nothing is known. */
export function unknownDeviceText(shape: Shape): string {
  return shape.object(DEVICE, {})
}
