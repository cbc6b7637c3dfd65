/**
 * The people of an export: members of one organization in teams of twelve, people of three others, phones, and
 * visitors that have a new id at each call. No one of them is real: names are made up, mail domains are the ones
 * reserved for examples (RFC 2606), phone numbers those reserved for fiction (+1 … 555 01xx).
 */
import { DEVICES, MOBILE_DEVICES, type Device } from "./devices.ts"
import { guid } from "./guid.ts"
import { FAMILY_NAMES, GIVEN_NAMES } from "./names.ts"
import type { Random } from "./random.ts"

/** Which key of an identity set a person stands under. */
export type IdentityKind = "user" | "phone" | "guest" | "acsUser"

/** Someone who takes part in calls. */
export interface Person {
  readonly kind: IdentityKind
  readonly id: string
  readonly displayName: string | null
  readonly tenantId: string | null
  readonly userPrincipalName: string | null
  /** What they call with: the first as a rule, the others now and then. At least one. */
  readonly devices: readonly Device[]
}

const TEAM_SIZE = 12
const AREA_CODES = ["202", "303", "404", "425", "512", "617", "713", "808"]
const PHONE_DEVICE: Device = {
  platform: "unknown",
  productFamily: "unknown",
  headerValue: null,
  hostName: null,
  cpu: null,
  network: null,
}

/** All who can be drawn for a call. Drawing depends on the seed and the number of people alone. */
export class Population {
  readonly homeTenantId: string
  private readonly partnerTenantIds: readonly string[]
  private readonly members: readonly Person[]
  private readonly partners: readonly Person[]
  private readonly phones: readonly Person[]
  /** For each member the end of their last call, in ticks. */
  private readonly busyUntilTicks: Float64Array
  private readonly indexOfMember: ReadonlyMap<Person, number>

  constructor(random: Random, memberCount: number) {
    this.homeTenantId = guid(random)
    this.partnerTenantIds = [guid(random), guid(random), guid(random)]
    this.members = Array.from({ length: memberCount }, (_, index) => homeMember(random, index, this.homeTenantId))
    const partnerCount = Math.ceil(memberCount / 10)
    this.partners = Array.from({ length: partnerCount }, () => partner(random, random.pick(this.partnerTenantIds)))
    this.phones = Array.from({ length: Math.min(partnerCount, AREA_CODES.length * 100) }, (_, index) => phone(index))
    this.busyUntilTicks = new Float64Array(memberCount)
    this.indexOfMember = new Map(this.members.map((member, index) => [member, index]))
  }

  /** A member of the organization, seldom one who is in another call at that instant. */
  member(random: Random, atTicks: number): Person {
    return this.free(random, atTicks, () => random.below(this.members.length))
  }

  /** A colleague: three times in four of the same team. */
  colleague(random: Random, of: Person, atTicks: number): Person {
    const index = this.indexOfMember.get(of)
    if (index === undefined) return this.member(random, atTicks)
    const teamStart = index - (index % TEAM_SIZE)
    const teamSize = Math.min(TEAM_SIZE, this.members.length - teamStart)
    return this.free(random, atTicks, () =>
      random.chance(3, 4) ? teamStart + random.below(teamSize) : random.below(this.members.length),
    )
  }

  /** Someone of another organization. */
  partner(random: Random): Person {
    return random.pick(this.partners)
  }

  /** Someone who calls by telephone. */
  phone(random: Random): Person {
    return random.pick(this.phones)
  }

  /** Someone who joins without an account, or by an application built on Azure Communication Services. */
  visitor(random: Random): Person {
    const devices = [random.pick(DEVICES)]
    const shared = { tenantId: null, userPrincipalName: null, devices }
    if (random.chance(1, 5)) return { ...shared, kind: "acsUser", id: guid(random), displayName: null }
    return {
      ...shared,
      kind: "guest",
      id: guid(random).replaceAll("-", ""),
      displayName: `${random.pick(GIVEN_NAMES)} (Guest)`,
    }
  }

  /** Notes that a person is in a call until then, so that the next draws pass them over. */
  occupy(person: Person, untilTicks: number): void {
    const index = this.indexOfMember.get(person)
    if (index === undefined) return
    this.busyUntilTicks[index] = Math.max(this.busyUntilTicks[index] ?? 0, untilTicks)
  }

  private free(random: Random, atTicks: number, draw: () => number): Person {
    let index = draw()
    for (let attempt = 0; attempt < 4 && (this.busyUntilTicks[index] ?? 0) > atTicks; attempt++) {
      if (random.chance(1, 24)) break
      index = draw()
    }
    const person = this.members[index]
    if (person === undefined) throw new RangeError("a population has at least one member")
    return person
  }
}

function homeMember(random: Random, index: number, tenantId: string): Person {
  const given = random.pick(GIVEN_NAMES)
  const family = random.pick(FAMILY_NAMES)
  const device = random.pick(DEVICES)
  return {
    kind: "user",
    id: guid(random),
    displayName: `${given} ${family}`,
    tenantId,
    userPrincipalName: `user${index + 1}@example.com`,
    devices: random.chance(1, 3) ? [device, random.pick(MOBILE_DEVICES)] : [device],
  }
}

/** People of other organizations have no name of their own in call records. */
function partner(random: Random, tenantId: string): Person {
  return {
    kind: "user",
    id: guid(random),
    displayName: random.chance(1, 2) ? "External user" : null,
    tenantId,
    userPrincipalName: null,
    devices: [random.pick(DEVICES)],
  }
}

function phone(index: number): Person {
  const areaCode = AREA_CODES[index % AREA_CODES.length] ?? ""
  const line = String(Math.floor(index / AREA_CODES.length)).padStart(2, "0")
  return {
    kind: "phone",
    id: `+1${areaCode}55501${line}`,
    displayName: null,
    tenantId: null,
    userPrincipalName: null,
    devices: [PHONE_DEVICE],
  }
}
