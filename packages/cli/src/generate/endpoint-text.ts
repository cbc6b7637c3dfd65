/** The JSON of the two ends of a session: people with identity, client and hardware, or a service. */
import { inOnePiece, jsonText, jsonTextIfAny } from "./byte-text.ts"
import type { Device } from "./devices.ts"
import type { IdentityKind, Person } from "./people.ts"
import { objectType, type Shape } from "./shape.ts"

/** One end of a session. */
export type End = { readonly person: Person; readonly deviceIndex: number } | ServiceRole

/** The service at the other end of a group call; `unknown` writes what Graph writes of the meeting service. */
export type ServiceRole = "unknown" | "skypeForBusinessAudioVideoMcu" | "skypeForBusinessCallQueues" | "mediationServer"

const ENDPOINT = objectType(
  [
    "@odata.type",
    "name",
    "cpuName",
    "cpuCoresCount",
    "cpuProcessorSpeedInMhz",
    "userAgent",
    "identity",
    "associatedIdentity",
    "feedback",
  ],
  ["cpuCoresCount", "userAgent", "identity", "associatedIdentity"],
)
const SERVICE_ENDPOINT = objectType(["@odata.type", "userAgent"], ["userAgent"])
const CLIENT = objectType([
  "@odata.type",
  "headerValue",
  "applicationVersion",
  "platform",
  "productFamily",
  "communicationServiceId",
  "azureADAppId",
])
const SERVICE = objectType(["@odata.type", "headerValue", "applicationVersion", "role"])
const IDENTITY_SET = objectType(
  [
    "acsUser",
    "spoolUser",
    "phone",
    "guest",
    "encrypted",
    "onPremises",
    "acsApplicationInstance",
    "spoolApplicationInstance",
    "applicationInstance",
    "application",
    "device",
    "user",
  ],
  ["acsUser", "phone", "guest", "user"],
)
const IDENTITY = objectType(["id", "displayName", "tenantId"], ["id", "displayName"])
const ASSOCIATED = objectType(
  ["@odata.type", "id", "displayName", "tenantId", "userPrincipalName"],
  ["id", "displayName"],
)
const FEEDBACK = objectType(["text", "rating", "tokens"])

const NAMESPACE = "#microsoft.graph.callRecords."
const IDENTITY_TYPES: Record<IdentityKind, string> = {
  user: "#microsoft.graph.callRecords.userIdentity",
  phone: "#microsoft.graph.communicationsPhoneIdentity",
  guest: "#microsoft.graph.communicationsGuestIdentity",
  acsUser: "#microsoft.graph.azureCommunicationServicesUserIdentity",
}

/** Writes endpoints in one shape; with uniform shapes each is made once and kept. */
export class EndpointWriter {
  private readonly shape: Shape
  private readonly isTyped: boolean
  private readonly ofPeople = new WeakMap<Person, string[]>()
  private readonly ofServices = new Map<ServiceRole, string>()

  /** `isTyped`: whether `@odata.type` is written, as by `odata.metadata=minimal`. */
  constructor(shape: Shape, isTyped: boolean) {
    this.shape = shape
    this.isTyped = isTyped
  }

  /** The endpoint as a byte text. */
  text(end: End): string {
    if (typeof end === "string") return this.serviceText(end)
    if (!this.shape.isUniform) return this.personText(end.person, end.deviceIndex)
    const texts = this.ofPeople.get(end.person) ?? []
    this.ofPeople.set(end.person, texts)
    return (texts[end.deviceIndex] ??= inOnePiece(this.personText(end.person, end.deviceIndex)))
  }

  /** The identity set of a person, as it stands in endpoints. */
  identitySet(person: Person): string {
    const identity = this.shape.object(IDENTITY, {
      id: jsonText(person.id),
      displayName: jsonTextIfAny(person.displayName),
      tenantId: jsonTextIfAny(person.tenantId),
    })
    return this.shape.object(IDENTITY_SET, { [person.kind]: identity })
  }

  private personText(person: Person, deviceIndex: number): string {
    const device = person.devices[deviceIndex] ?? person.devices[0]
    return this.shape.object(ENDPOINT, {
      "@odata.type": this.type("participantEndpoint"),
      name: jsonTextIfAny(device?.hostName ?? null),
      cpuName: jsonTextIfAny(device?.cpu?.name ?? null),
      cpuCoresCount: device?.cpu?.coreCount,
      cpuProcessorSpeedInMhz: device?.cpu?.megahertz.toString(),
      userAgent: device === undefined ? undefined : this.client(device),
      identity: this.identitySet(person),
      associatedIdentity: this.associated(person),
      feedback: this.shape.object(FEEDBACK, { rating: '"notRated"', tokens: "{}" }),
    })
  }

  private client(device: Device): string {
    return this.shape.object(CLIENT, {
      "@odata.type": this.type("clientUserAgent"),
      headerValue: jsonTextIfAny(device.headerValue),
      platform: jsonText(device.platform),
      productFamily: jsonText(device.productFamily),
    })
  }

  private associated(person: Person): string {
    return this.shape.object(ASSOCIATED, {
      "@odata.type": this.isTyped ? jsonText(IDENTITY_TYPES[person.kind]) : undefined,
      id: jsonText(person.id),
      displayName: jsonTextIfAny(person.displayName),
      tenantId: jsonTextIfAny(person.tenantId),
      userPrincipalName: jsonTextIfAny(person.userPrincipalName),
    })
  }

  private serviceText(role: ServiceRole): string {
    const kept = this.ofServices.get(role)
    if (kept !== undefined) return kept
    const text = this.shape.object(SERVICE_ENDPOINT, {
      "@odata.type": this.type("serviceEndpoint"),
      userAgent: role === "unknown" ? this.unknownService() : this.service(role),
    })
    if (this.shape.isUniform) this.ofServices.set(role, inOnePiece(text))
    return text
  }

  private unknownService(): string {
    return this.shape.object(CLIENT, {
      "@odata.type": this.type("clientUserAgent"),
      platform: '"unknown"',
      productFamily: '"unknown"',
    })
  }

  private service(role: ServiceRole): string {
    return this.shape.object(SERVICE, { "@odata.type": this.type("serviceUserAgent"), role: jsonText(role) })
  }

  private type(name: string): string | undefined {
    return this.isTyped ? jsonText(NAMESPACE + name) : undefined
  }
}
