/**
 * What is said of the participants of sessions: kind of identity, tenant, platform, product family. In: counted rows.
 * Out: for each value how many sessions and participants have it. A session counts once under a value, also where
 * both its ends have it; a participant under every value that one of its sessions gives it. Ends that say nothing,
 * and services, count under no value.
 */
import { grown } from "../facts/columns.ts"
import { RowFlag, type FactBatch } from "../facts/facts.ts"
import type { Texts } from "../facts/string-table.ts"
import { IDENTITY_KINDS, type IdentityKind } from "../model/identity.ts"
import type { Aggregate } from "./aggregate.ts"
import { DistinctValues } from "./distinct-values.ts"
import { TraitCounts, type TraitCount } from "./trait-counts.ts"

/** The counts of all traits, each list by sessions, the most first, then by value. */
export interface ParticipantTraits {
  readonly byKind: readonly TraitCount<IdentityKind>[]
  readonly byTenant: readonly TraitCount[]
  readonly byPlatform: readonly TraitCount[]
  readonly byProductFamily: readonly TraitCount[]
}

const KIND = 0
const TENANT = 1
const PLATFORM = 2
const FAMILY = 3
const TRAIT_COUNT = 4
/** Whether somebody is at the one end, and at the other. */
const COMBINATIONS = 4
const PROFILE_PARTS = 2

/** Counts of all traits, and the numbers of values by index of the text they stand in, as far as these were met. */
interface TraitState {
  readonly traits: readonly TraitCounts[]
  /** Number of the tenant + 1. */
  tenantOfText: Int32Array
  /** Number of the list of endpoints + 1. */
  endpointsOfText: Int32Array
  endpointsCount: number
  /** By list, then by who is there: nobody, somebody at the caller's end, at the callee's, at both. */
  endpointSessions: Float64Array
  /** By list, then by end: the number of its pair of a platform and a product family. */
  profileOfEnd: Int32Array
  readonly profileNumbers: Map<string, number>
  /** By pair: the numbers of its two values. */
  readonly profileValues: number[]
  readonly profiles: DistinctValues
}

/** Counts of all traits. */
export const participantTraits: Aggregate<TraitState, ParticipantTraits> = {
  zero: ({ participants, strings }) => {
    const traits = Array.from({ length: TRAIT_COUNT }, () => new TraitCounts(participants.count))
    for (const kind of IDENTITY_KINDS) traits[KIND]?.numberOf(kind)
    return {
      traits,
      tenantOfText: new Int32Array(strings.length),
      endpointsOfText: new Int32Array(strings.length),
      endpointsCount: 0,
      endpointSessions: new Float64Array(0),
      profileOfEnd: new Int32Array(0),
      profileNumbers: new Map(),
      profileValues: [],
      profiles: new DistinctValues(participants.count),
    }
  },
  add: (state, batch, { counted }, { strings }) => {
    addIdentities(state, batch, counted, strings)
    addEndpoints(state, batch, counted, strings)
  },
  finish: (state) => {
    sumEndpoints(state)
    const { traits } = state
    const [byKind = [], byTenant = [], byPlatform = [], byProductFamily = []] = traits.map((trait) => trait.figures())
    return { byKind: byKind as TraitCount<IdentityKind>[], byTenant, byPlatform, byProductFamily }
  },
}

/** Kinds and tenants, which only an identified participant has. */
function addIdentities(state: TraitState, batch: FactBatch, rows: Int32Array, strings: Texts): void {
  const { caller, callee, callerKind, calleeKind, callerTenant, calleeTenant } = batch
  const kinds = traitOf(state, KIND)
  const tenants = traitOf(state, TENANT)
  const tenantOf = (text: number): number => {
    if (text < 0) return -1
    const known = state.tenantOfText[text] ?? 0
    return known > 0 ? known - 1 : (state.tenantOfText[text] = tenants.numberOf(strings.get(text)) + 1) - 1
  }
  for (const row of rows) {
    const from = caller[row] ?? -1
    const to = callee[row] ?? -1
    kinds.add(from < 0 ? -1 : (callerKind[row] ?? -1), from, to < 0 ? -1 : (calleeKind[row] ?? -1), to)
    tenants.add(
      from < 0 ? -1 : tenantOf(callerTenant[row] ?? -1),
      from,
      to < 0 ? -1 : tenantOf(calleeTenant[row] ?? -1),
      to,
    )
  }
}

/** Platforms and product families, which stand together as one text in each row. */
function addEndpoints(state: TraitState, batch: FactBatch, rows: Int32Array, strings: Texts): void {
  const { caller, callee, endpoints, flags } = batch
  for (const row of rows) {
    const text = endpoints[row] ?? -1
    if (text < 0) continue
    const known = state.endpointsOfText[text] ?? 0
    const number = known > 0 ? known - 1 : readEndpoints(state, text, strings.get(text) ?? "[]")
    const from = caller[row] ?? -1
    const to = callee[row] ?? -1
    const bits = flags[row] ?? 0
    // Somebody is there, with a usable id or without one; else it is a service, or nobody.
    const isFrom = from >= 0 || (bits & RowFlag.callerUnidentified) !== 0
    const isTo = to >= 0 || (bits & RowFlag.calleeUnidentified) !== 0
    const combination = COMBINATIONS * number + (isFrom ? 1 : 0) + (isTo ? 2 : 0)
    state.endpointSessions[combination] = (state.endpointSessions[combination] ?? 0) + 1
    if (from >= 0) addProfile(state, from, 2 * number)
    if (to >= 0) addProfile(state, to, 2 * number + 1)
  }
}

/** Notes that a participant has the platform and the product family of an end: few have many such pairs. */
function addProfile(state: TraitState, participant: number, end: number): void {
  const profile = state.profileOfEnd[end] ?? 0
  if (!state.profiles.add(participant, profile)) return
  const at = PROFILE_PARTS * profile
  traitOf(state, PLATFORM).addParticipant(state.profileValues[at] ?? -1, participant)
  traitOf(state, FAMILY).addParticipant(state.profileValues[at + 1] ?? -1, participant)
}

/** Gives a list of endpoints its number, and its ends their profiles. */
function readEndpoints(state: TraitState, text: number, json: string): number {
  const [callerPlatform, calleePlatform, callerFamily, calleeFamily] = JSON.parse(json) as (string | null)[]
  const number = state.endpointsCount++
  state.endpointsOfText[text] = number + 1
  state.endpointSessions = grown(state.endpointSessions, COMBINATIONS * (number + 1))
  state.profileOfEnd = grown(state.profileOfEnd, 2 * (number + 1))
  state.profileOfEnd[2 * number] = profileOf(state, callerPlatform, callerFamily)
  state.profileOfEnd[2 * number + 1] = profileOf(state, calleePlatform, calleeFamily)
  return number
}

function profileOf(state: TraitState, platform: string | null | undefined, family: string | null | undefined): number {
  const values = [traitOf(state, PLATFORM).numberOf(platform), traitOf(state, FAMILY).numberOf(family)]
  const key = values.join(" ")
  const known = state.profileNumbers.get(key)
  if (known !== undefined) return known
  const profile = state.profileNumbers.size
  state.profileNumbers.set(key, profile)
  state.profileValues.push(...values)
  return profile
}

/** Counts the sessions of lists of endpoints under the values at those ends at which somebody was. */
function sumEndpoints(state: TraitState): void {
  for (let at = 0; at < COMBINATIONS * state.endpointsCount; at++) {
    const sessions = state.endpointSessions[at] ?? 0
    const end = 2 * Math.floor(at / COMBINATIONS)
    const valueAt = (isThere: boolean, side: number, part: number): number =>
      isThere ? (state.profileValues[PROFILE_PARTS * (state.profileOfEnd[end + side] ?? 0) + part] ?? -1) : -1
    for (const [part, trait] of [PLATFORM, FAMILY].entries()) {
      traitOf(state, trait).addSessions(valueAt((at & 1) !== 0, 0, part), valueAt((at & 2) !== 0, 1, part), sessions)
    }
  }
}

function traitOf({ traits }: TraitState, trait: number): TraitCounts {
  const counts = traits[trait]
  if (counts === undefined) throw new RangeError(`there is no trait ${trait}`)
  return counts
}
