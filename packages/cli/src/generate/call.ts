/**
 * Calls before anything of them is text: who talked with whom, when, by what, and how it ended. Comes from the random
 * numbers of a seed; calls come in order of their planned start.
 */
import { startTicksAt } from "./calendar.ts"
import type { End } from "./endpoint-text.ts"
import { guid } from "./guid.ts"
import { TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND } from "./instant-text.ts"
import { MODALITY, PEER_MODALITIES, ROOM_MODALITIES } from "./modalities.ts"
import type { Person, Population } from "./people.ts"
import type { Random } from "./random.ts"

/** One call with its sessions. */
export interface Call {
  readonly id: string
  readonly type: "peerToPeer" | "groupCall"
  readonly organizer: Person
  readonly tenantId: string
  readonly version: number
  readonly legs: readonly Leg[]
}

/** One session: the leg of one participant. Instants in ticks since the year began; faults may be written into it. */
export interface Leg {
  id: string
  caller: End
  callee: End
  startTicks: number
  endTicks: number
  /** Bits of `MODALITY`. */
  modalities: number
  failure: Failure | null
}

/** Why a session failed. */
export interface Failure {
  readonly stage: "callSetup" | "midcall"
  readonly reason: string | null
}

/** The most sessions of one call. */
export const MAX_CALL_SESSIONS = 40

/** Sixteenths of the distribution of talk time, log-normal: median 180 s, sigma 1.25; in seconds. */
const TALK_SECONDS = [2, 26, 43, 59, 78, 98, 121, 148, 180, 219, 268, 332, 418, 545, 758, 1224, 9000]
const MEETING_MINUTES = [15, 15, 25, 30, 30, 30, 30, 45, 50, 60, 60, 60, 90, 120]
const MEETING_SIZES = [1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8, 9, 11, 14, 18, 24, 38]
const FAILURE_REASONS = [
  null,
  "Call setup timed out.",
  "The remote endpoint did not answer.",
  "Media connectivity could not be established.",
  "The connection to the network was lost.",
]

/** Draws the call that stands `position` sessions into an export of `sessionCount` over `weekCount` weeks. */
export function drawCall(
  random: Random,
  people: Population,
  position: number,
  sessionCount: number,
  weekCount: number,
): Call {
  const ticks = startTicksAt(position, sessionCount, weekCount) + random.ticksBelow(600)
  const isPeerToPeer = random.chance(9, 20)
  const organizer = people.member(random, ticks)
  const legs = isPeerToPeer
    ? [drawTalk(random, people, organizer, ticks)]
    : drawMeeting(random, people, organizer, ticks)
  const type = isPeerToPeer ? "peerToPeer" : "groupCall"
  return { id: guid(random), type, organizer, tenantId: people.homeTenantId, version: random.between(1, 3), legs }
}

function drawTalk(random: Random, people: Population, organizer: Person, startTicks: number): Leg {
  const caller = endOf(random, organizer)
  const [callee, isPhone] = drawCallee(random, people, organizer, startTicks)
  const isReversed = isPhone && random.chance(1, 2)
  const modalities = isPhone ? MODALITY.audio : random.pick(PEER_MODALITIES)
  const ends = isReversed ? { caller: callee, callee: caller } : { caller, callee }
  const endTicks = startTicks + drawTalkTicks(random)
  return occupied(people, fail(random, { id: guid(random), ...ends, startTicks, endTicks, modalities, failure: null }))
}

function drawCallee(random: Random, people: Population, organizer: Person, ticks: number): readonly [End, boolean] {
  const draw = random.below(32)
  if (draw < 4) return [endOf(random, people.phone(random)), true]
  if (draw < 7) return [endOf(random, people.partner(random)), false]
  return [endOf(random, otherColleague(random, people, organizer, ticks)), false]
}

/** No one calls themselves, as far as there is anyone else. */
function otherColleague(random: Random, people: Population, organizer: Person, ticks: number): Person {
  let other = people.colleague(random, organizer, ticks)
  for (let attempt = 0; attempt < 8 && other === organizer; attempt++)
    other = people.colleague(random, organizer, ticks)
  return other
}

function drawMeeting(random: Random, people: Population, organizer: Person, aboutTicks: number): Leg[] {
  const startTicks = nextHalfHour(aboutTicks)
  const lengthTicks = random.pick(MEETING_MINUTES) * TICKS_PER_MINUTE
  const service = random.chance(1, 16) ? "skypeForBusinessAudioVideoMcu" : "unknown"
  const legs: Leg[] = []
  const participants = drawParticipants(random, people, organizer, startTicks)
  for (const person of participants) {
    legs.push(drawAttendance(random, person, service, startTicks, lengthTicks))
    // Someone rejoins, or joins by a second device.
    if (random.chance(1, 16)) legs.push(drawAttendance(random, person, service, startTicks, lengthTicks))
  }
  return legs.slice(0, MAX_CALL_SESSIONS).map((leg) => occupied(people, leg))
}

function drawParticipants(
  random: Random,
  people: Population,
  organizer: Person,
  startTicks: number,
): ReadonlySet<Person> {
  const participants = new Set([organizer])
  for (let remaining = random.pick(MEETING_SIZES) - 1; remaining > 0; remaining--) {
    const draw = random.below(32)
    if (draw < 2) participants.add(people.partner(random))
    else if (draw === 2) participants.add(people.visitor(random))
    else if (draw === 3) participants.add(people.phone(random))
    else participants.add(people.colleague(random, organizer, startTicks))
  }
  return participants
}

function drawAttendance(random: Random, person: Person, callee: End, startTicks: number, lengthTicks: number): Leg {
  const joinTicks = startTicks - 120 * TICKS_PER_SECOND + random.ticksBelow(420)
  const isWhole = random.chance(3, 4)
  const stayTicks = isWhole ? lengthTicks - random.ticksBelow(300) : Math.floor(lengthTicks / 8) * random.between(1, 6)
  const modalities = person.kind === "phone" ? MODALITY.audio : random.pick(ROOM_MODALITIES)
  const caller = endOf(random, person)
  const endTicks = joinTicks + stayTicks + random.ticksBelow(200)
  return fail(random, { id: guid(random), caller, callee, startTicks: joinTicks, endTicks, modalities, failure: null })
}

/** Three in a hundred fail; those that fail while they are set up last for seconds. */
function fail(random: Random, leg: Leg): Leg {
  if (!random.chance(3, 100)) return leg
  const stage = random.chance(3, 5) ? "callSetup" : "midcall"
  leg.failure = { stage, reason: random.pick(FAILURE_REASONS) }
  if (stage === "callSetup") leg.endTicks = leg.startTicks + TICKS_PER_SECOND + random.ticksBelow(20)
  return leg
}

function occupied(people: Population, leg: Leg): Leg {
  for (const end of [leg.caller, leg.callee]) {
    if (typeof end !== "string") people.occupy(end.person, leg.endTicks)
  }
  return leg
}

function endOf(random: Random, person: Person): End {
  return { person, deviceIndex: random.chance(1, 5) ? person.devices.length - 1 : 0 }
}

/** Between two sixteenths of the distribution every time is as likely as the other. */
function drawTalkTicks(random: Random): number {
  const index = random.below(TALK_SECONDS.length - 1)
  const least = TALK_SECONDS[index] ?? 0
  return least * TICKS_PER_SECOND + random.ticksBelow((TALK_SECONDS[index + 1] ?? 0) - least)
}

function nextHalfHour(ticks: number): number {
  return Math.ceil(ticks / (TICKS_PER_HOUR / 2)) * (TICKS_PER_HOUR / 2)
}
