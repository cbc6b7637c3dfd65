/** The network at one end of a medium. */
import * as Schema from "effect/Schema"
import { NETWORK_CONNECTION_TYPE, NETWORK_TRANSPORT_PROTOCOL, WIFI_BAND, WIFI_RADIO_TYPE } from "./enums.ts"
import { DurationText, Float, Int32, Int64, list, maybe, member, Text } from "./property.ts"

/** `traceRouteHop`. */
export const TraceRouteHop = Schema.Struct({
  hopCount: maybe(Int32, "Number of the hop"),
  ipAddress: maybe(Text, "Address of the hop"),
  roundTripTime: maybe(DurationText, "Time to this hop and back, a duration"),
}).annotate({
  identifier: "traceRouteHop",
  description: "microsoft.graph.callRecords.traceRouteHop",
  expected: "an object",
})

/** `networkInfo`. */
export const NetworkInfo = Schema.Struct({
  connectionType: maybe(member(NETWORK_CONNECTION_TYPE), "Kind of network"),
  networkTransportProtocol: maybe(member(NETWORK_TRANSPORT_PROTOCOL), "Transport protocol"),
  wifiBand: maybe(member(WIFI_BAND), "Wi-Fi band; unknown where it does not apply"),
  wifiRadioType: maybe(member(WIFI_RADIO_TYPE), "Wi-Fi radio; unknown where it does not apply"),
  ipAddress: maybe(Text, "Local address"),
  reflexiveIPAddress: maybe(Text, "Public address, as the media relay saw it"),
  relayIPAddress: maybe(Text, "Address of the media relay"),
  subnet: maybe(Text, "Local subnet"),
  port: maybe(Int32, "Local port"),
  relayPort: maybe(Int32, "Port at the media relay"),
  linkSpeed: maybe(Int64, "Speed of the link, in bit/s"),
  macAddress: maybe(Text, "MAC address of the adapter"),
  basicServiceSetIdentifier: maybe(Text, "Wi-Fi access point"),
  dnsSuffix: maybe(Text, "DNS suffix of the adapter"),
  wifiChannel: maybe(Int32, "Wi-Fi channel"),
  wifiSignalStrength: maybe(Int32, "Strength of the Wi-Fi signal, in percent"),
  wifiBatteryCharge: maybe(Int32, "Charge of the battery, in percent"),
  wifiMicrosoftDriver: maybe(Text, "Name of Microsoft's Wi-Fi driver"),
  wifiMicrosoftDriverVersion: maybe(Text, "Version of Microsoft's Wi-Fi driver"),
  wifiVendorDriver: maybe(Text, "Name of the vendor's Wi-Fi driver"),
  wifiVendorDriverVersion: maybe(Text, "Version of the vendor's Wi-Fi driver"),
  bandwidthLowEventRatio: maybe(Float, "Fraction of the call with too little bandwidth"),
  delayEventRatio: maybe(Float, "Fraction of the call with too much delay"),
  receivedQualityEventRatio: maybe(Float, "Fraction of the call with bad quality received"),
  sentQualityEventRatio: maybe(Float, "Fraction of the call with bad quality sent"),
  traceRouteHops: maybe(list(TraceRouteHop), "Hops to the media relay; empty unless Microsoft switched it on"),
}).annotate({
  identifier: "networkInfo",
  description: "microsoft.graph.callRecords.networkInfo",
  expected: "an object",
})
