/**
 * Sessions that are accepted: with what may be absent or null absent or null at random, people told by either form of
 * identity, services, segments, properties that the model does not know. Few people and narrow times, so that calls
 * overlap, touch and repeat.
 */
import * as fc from "fast-check"
import { graphInstantText } from "./instant.ts"
import { text, unknownProperties, withMembers, type Json, type JsonObject } from "./json.ts"

/** A session as JSON.parse gives it. */
export interface Session extends JsonObject {
  readonly id: string
  readonly modalities: readonly string[]
  readonly startDateTime: string
  readonly endDateTime: string
}

export const MODALITIES = ["audio", "video", "videoBasedScreenSharing", "data", "screenSharing"] as const
const TICKS_PER_SECOND = 10_000_000n
/** 2026-03-02T08:00:00Z. */
const FIRST_TICKS = 17_724_384_000_000_000n

/** GUIDs; small ones are frequent so that they repeat. */
export const guid: fc.Arbitrary<string> = fc.oneof(
  fc.nat({ max: 5 }).map((number) => `00000000-0000-4000-8000-00000000000${number}`),
  fc.uuid(),
)

/** Absent, null or a value. For use in `fc.record` with `requiredKeys`. */
const nullable = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null, freq: 4 })

/** Whoever takes part: six people with a GUID, two telephones, two visitors. */
interface Somebody {
  readonly kind: "user" | "phone" | "guest" | "acsUser"
  readonly id: string
}
const somebody: fc.Arbitrary<Somebody> = fc.oneof(
  fc.nat({ max: 5 }).map((number): Somebody => ({ kind: "user", id: `aaaaaaaa-0000-4000-8000-00000000000${number}` })),
  fc.constantFrom<Somebody>(
    { kind: "phone", id: "+14255550100" },
    { kind: "phone", id: "+14255550101" },
    { kind: "guest", id: "0123456789abcdef0123456789abcdef" },
    { kind: "acsUser", id: "bbbbbbbb-0000-4000-8000-000000000001" },
  ),
)

const IDENTITY_KEYS = [
  "acsUser",
  "spoolUser",
  "phone",
  "guest",
  "encrypted",
  "onPremises",
  "applicationInstance",
  "application",
  "device",
  "user",
]

function identitySet(kind: string, identity: JsonObject, isFull: boolean): JsonObject {
  const empty = isFull ? IDENTITY_KEYS.map((key): [string, Json] => [key, null]) : []
  return Object.fromEntries([...empty, [kind, identity]])
}

/** Either form of identity, or both; the same person in both. */
const identities: fc.Arbitrary<JsonObject> = fc
  .record({
    somebody,
    displayName: nullable(text),
    tenantId: nullable(fc.constantFrom("cccccccc-0000-4000-8000-000000000001", "cccccccc-0000-4000-8000-000000000002")),
    form: fc.constantFrom("identity", "associatedIdentity", "both"),
    isFull: fc.boolean(),
  })
  .map(({ somebody: { kind, id }, displayName, tenantId, form, isFull }) => {
    const identity = { id, displayName, tenantId }
    const set = { identity: identitySet(kind, identity, isFull) }
    const associated = { associatedIdentity: { ...identity, userPrincipalName: null } }
    return { ...(form === "associatedIdentity" ? {} : set), ...(form === "identity" ? {} : associated) }
  })

const clientAgent = fc.record(
  {
    "@odata.type": fc.constant("#microsoft.graph.callRecords.clientUserAgent"),
    headerValue: nullable(text),
    applicationVersion: nullable(text),
    platform: fc.constantFrom("windows", "macOS", "iOS", "android", "web", "unknown", "somethingNew"),
    productFamily: fc.constantFrom("teams", "skypeForBusiness", "lync", "unknown"),
  },
  { requiredKeys: [] },
)

const participant: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      "@odata.type": fc.constant("#microsoft.graph.callRecords.participantEndpoint"),
      userAgent: nullable(clientAgent),
      name: nullable(text),
      cpuName: nullable(text),
      cpuCoresCount: nullable(fc.nat({ max: 64 })),
      feedback: nullable(
        fc.record({
          text: nullable(text),
          rating: fc.constantFrom("notRated", "bad", "excellent"),
          tokens: unknownProperties,
        }),
      ),
    },
    { requiredKeys: [] },
  )
  .chain((endpoint) => identities.map((who) => ({ ...endpoint, ...who })))

const service: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({
    userAgent: fc.record({
      headerValue: fc.constant(null),
      role: fc.constantFrom("mediaController", "skypeForBusinessCallQueues"),
    }),
  }),
  fc.constant<JsonObject>({}),
  fc.constant<JsonObject>({ userAgent: { headerValue: null, platform: "unknown", productFamily: "unknown" } }),
)

/** One end of a session: a person, a service, or nothing known. */
export const endpoint: fc.Arbitrary<JsonObject | null> = fc.oneof(
  { weight: 6, arbitrary: participant },
  { weight: 3, arbitrary: service },
  { weight: 1, arbitrary: fc.constant(null) },
)

const failureInfo = fc.record(
  {
    stage: fc.constantFrom("callSetup", "midcall", "unknown"),
    reason: nullable(fc.constantFrom("", "timeout", "lost")),
  },
  { requiredKeys: [] },
)

const stream = fc.record(
  {
    streamId: fc.nat({ max: 30_000 }).map(String),
    streamDirection: fc.constantFrom("callerToCallee", "calleeToCaller"),
    averageJitter: nullable(fc.constantFrom("PT0S", "PT0.016S", "P1DT2H", "-PT1S", "00:00:00.0160000")),
    averagePacketLossRate: nullable(fc.constantFrom<Json>(0, 0.0138, 1e-7, "NaN", "INF")),
    packetUtilization: nullable(fc.nat()),
    wasMediaBypassed: nullable(fc.boolean()),
  },
  { requiredKeys: ["streamDirection"] },
)
const media = fc.record(
  {
    label: nullable(fc.constantFrom("main-audio", "main-video", "data")),
    callerNetwork: nullable(
      fc.record({ ipAddress: nullable(fc.ipV4()), linkSpeed: nullable(fc.constantFrom(0, 4_294_967_295)) }),
    ),
    streams: nullable(fc.array(stream, { maxLength: 2 })),
  },
  { requiredKeys: [] },
)

/** A segment that lies where its session lies. */
const segment = (startDateTime: string, endDateTime: string): fc.Arbitrary<JsonObject> =>
  fc.record(
    {
      id: guid,
      startDateTime: fc.constant(startDateTime),
      endDateTime: fc.constant(endDateTime),
      failureInfo: nullable(failureInfo),
      caller: nullable(participant),
      callee: nullable(service),
      media: nullable(fc.array(media, { maxLength: 2 })),
    },
    { requiredKeys: ["id", "startDateTime", "endDateTime"] },
  )

/** Start and end in ticks, start ≤ end; whole minutes are frequent, so that sessions touch, and so are empty ones. */
export const interval: fc.Arbitrary<readonly [bigint, bigint]> = fc
  .record({
    startMinute: fc.nat({ max: 120 }),
    minutes: fc.nat({ max: 45 }),
    startTicks: fc.oneof(fc.constant(0n), fc.bigInt(0n, 60n * TICKS_PER_SECOND)),
    ticks: fc.oneof(fc.constant(0n), fc.bigInt(0n, 60n * TICKS_PER_SECOND)),
  })
  .map(({ startMinute, minutes, startTicks, ticks }) => {
    const start = FIRST_TICKS + BigInt(startMinute * 60) * TICKS_PER_SECOND + startTicks
    return [start, start + BigInt(minutes * 60) * TICKS_PER_SECOND + ticks]
  })

/** Any session that is accepted and has start ≤ end. */
export const session: fc.Arbitrary<Session> = interval.chain(([startTicks, endTicks]) => {
  const startDateTime = graphInstantText(startTicks)
  const endDateTime = graphInstantText(endTicks)
  const known = fc.record(
    {
      id: fc.oneof({ weight: 8, arbitrary: guid }, { weight: 1, arbitrary: fc.constantFrom("s1", "Sitzung Ä", "8") }),
      modalities: modalities,
      startDateTime: fc.constant(startDateTime),
      endDateTime: fc.constant(endDateTime),
      isTest: nullable(fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0)),
      failureInfo: nullable(failureInfo),
      caller: endpoint,
      callee: endpoint,
      segments: nullable(fc.array(segment(startDateTime, endDateTime), { maxLength: 2 })),
    },
    { requiredKeys: ["id", "modalities", "startDateTime", "endDateTime"] },
  )
  return fc.tuple(known, unknownProperties).map(([members, unknown]) => withMembers(members, unknown))
})

/** Sets of modalities, the empty one and members that the model does not know among them. */
const modalities: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 8, arbitrary: fc.subarray([...MODALITIES]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(["audio", "hologram"], ["unknown"], ["audio", "audio"], ["unknownFutureValue"]),
  },
)
