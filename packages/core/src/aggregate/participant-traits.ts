/**
 * What is said of the participants of sessions: kind of identity, tenant, platform, product family. In: counted rows.
 * Out: for each value how many sessions and participants have it. A session counts once under a value, also where
 * both its ends have it; a participant under every value that one of its sessions gives it. Ends that say nothing,
 * and services, count under no value.
 */
import { EndTrait, EndValues, type EndCounts } from "@callsift/kernel"
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

/** Whether somebody is at the one end, and at the other. */
const COMBINATIONS = 4

/** What is counted, batch by batch. */
interface TraitState {
  readonly ends: EndValues
  readonly kinds: TraitCounts
  readonly tenants: TraitCounts
  readonly platforms: TraitCounts
  readonly families: TraitCounts
  readonly endpoints: Endpoints
  readonly had: Readonly<Record<"kinds" | "tenants" | "profiles", DistinctValues>>
}

/**
 * The lists of endpoints, each once: platforms and product families stand together as one text in each row. A profile is a
 * pair of both, of which participants have few.
 */
class Endpoints {
  /** By list, then by who is there: sessions. */
  readonly sessions: number[] = []
  /** By list, then by end: the profile there. */
  profileOfEnd = new Int32Array(0)
  /** By profile: the numbers of its platform and its family, or -1. */
  readonly platforms: number[] = []
  readonly families: number[] = []
  readonly #numbers = new Map<string, number>()
  #count = 0

  /** The profiles of both ends of all lists. */
  get ends(): Int32Array {
    return this.profileOfEnd.subarray(0, 2 * this.#count)
  }

  /** A new list, of two ends with these profiles. */
  add(caller: number, callee: number): number {
    const number = this.#count++
    this.profileOfEnd = grown(this.profileOfEnd, 2 * this.#count)
    this.profileOfEnd.set([caller, callee], 2 * number)
    return number
  }

  /** The profile with this platform and this family. */
  profileOf(platform: number, family: number): number {
    const key = `${platform} ${family}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.platforms.length)
    this.families.push(family)
    return this.platforms.push(platform) - 1
  }
}

/** Counts of all traits. */
export const participantTraits: Aggregate<TraitState, ParticipantTraits> = {
  zero: ({ participants, strings }, { rows }) => {
    const ends = new EndValues(rows, participants.count, strings.length)
    const [kinds, tenants, platforms, families] = [0, 1, 2, 3].map(() => new TraitCounts()) as FourTraits
    for (const kind of IDENTITY_KINDS) kinds.numberOf(kind)
    const had = {
      kinds: new DistinctValues(ends, EndTrait.bytes),
      tenants: new DistinctValues(ends, EndTrait.texts),
      profiles: new DistinctValues(ends, EndTrait.shared),
    }
    return { ends, kinds, tenants, platforms, families, endpoints: new Endpoints(), had }
  },
  add: (state, batch, { counted }, { strings }) => {
    loadEnds(state.ends, batch, counted)
    addCounts(state.kinds, state.had.kinds, state.ends.countBytes(IDENTITY_KINDS.length))
    addTenants(state, batch, strings)
    addEndpoints(state, batch, strings)
  },
  finish: (state) => {
    sumEndpoints(state)
    const { kinds, tenants, platforms, families, endpoints, had } = state
    const { length: platformCount } = platforms.values
    return {
      byKind: kinds.figures(countEach(had.kinds, kinds)) as TraitCount<IdentityKind>[],
      byTenant: tenants.figures(countEach(had.tenants, tenants)),
      byPlatform: platforms.figures(had.profiles.countBy(endpoints.platforms, platformCount)),
      byProductFamily: families.figures(had.profiles.countBy(endpoints.families, families.values.length)),
    }
  },
}
type FourTraits = [TraitCounts, TraitCounts, TraitCounts, TraitCounts]

function loadEnds(ends: EndValues, batch: FactBatch, rows: Int32Array): void {
  const { rowCount, caller: from, callee: to, callerKind: fromBytes, calleeKind: toBytes, flags: marks } = batch
  const { callerTenant: fromTexts, calleeTenant: toTexts, endpoints: sharedTexts } = batch
  ends.load({ rowCount, from, to, fromBytes, toBytes, fromTexts, toTexts, sharedTexts, marks }, rows)
}

function addCounts(trait: TraitCounts, had: DistinctValues, { rows, others }: EndCounts): void {
  for (const [value, sessions] of rows.entries()) trait.addSessions(value, sessions)
  had.add(others)
}

/** Tenants, which only an identified participant has. */
function addTenants({ ends, tenants, had }: TraitState, batch: FactBatch, strings: Texts): void {
  if (batch.isAll("callerTenant", -1) && batch.isAll("calleeTenant", -1)) return
  for (const column of ["fromTexts", "toTexts"] as const) {
    ends.number(EndTrait.texts, column, (text) => tenants.numberOf(strings.get(text)))
  }
  addCounts(tenants, had.tenants, ends.countTexts(tenants.values.length))
}

/** Platforms and product families. */
function addEndpoints(state: TraitState, batch: FactBatch, strings: Texts): void {
  if (batch.isAll("endpoints", -1)) return
  const { ends, endpoints, had } = state
  ends.number(EndTrait.shared, "sharedTexts", (text) => readEndpoints(state, strings.get(text) ?? "[]"))
  // Somebody is there, with a usable id or without one; else it is a service, or nobody.
  const { callerUnidentified, calleeUnidentified } = RowFlag
  const { rows, others } = ends.countShared(endpoints.ends, callerUnidentified, calleeUnidentified)
  // There are so many lists that iterators would take their time.
  for (let at = 0; at < rows.length; at++) endpoints.sessions[at] = (endpoints.sessions[at] ?? 0) + (rows[at] ?? 0)
  had.profiles.add(others)
}

/** The number of a new list of endpoints. */
function readEndpoints({ endpoints, platforms, families }: TraitState, json: string): number {
  const [callerPlatform, calleePlatform, callerFamily, calleeFamily] = JSON.parse(json) as (string | null)[]
  return endpoints.add(
    endpoints.profileOf(platforms.numberOf(callerPlatform), families.numberOf(callerFamily)),
    endpoints.profileOf(platforms.numberOf(calleePlatform), families.numberOf(calleeFamily)),
  )
}

/** Counts the sessions of lists of endpoints under the values at those ends at which somebody was: once where both have it. */
function sumEndpoints({ endpoints, platforms, families }: TraitState): void {
  for (const [at, sessions] of endpoints.sessions.entries()) {
    const end = 2 * Math.floor(at / COMBINATIONS)
    for (const [trait, values] of [
      [platforms, endpoints.platforms],
      [families, endpoints.families],
    ] as const) {
      const valueAt = (isThere: boolean, side: number): number =>
        isThere ? (values[endpoints.profileOfEnd[end + side] ?? 0] ?? -1) : -1
      const caller = valueAt((at & 1) !== 0, 0)
      const callee = valueAt((at & 2) !== 0, 1)
      trait.addSessions(caller, sessions)
      if (callee !== caller) trait.addSessions(callee, sessions)
    }
  }
}

/** Participants by value. */
function countEach(had: DistinctValues, { values }: TraitCounts): number[] {
  return had.countBy([...values.keys()], values.length)
}
