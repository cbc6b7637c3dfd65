/**
 * What is said of the participants of sessions: kind of identity, tenant, platform, product family. In: counted rows.
 * Out: for each value how many sessions and participants have it. A session counts once under a value, also where
 * both its ends have it; a participant under every value that one of its sessions gives it. Ends that say nothing,
 * and services, count under no value.
 */
import { grown } from "../facts/columns.ts"
import { RowFlag, type FactBatch } from "../facts/facts.ts"
import { IDENTITY_KINDS, type IdentityKind } from "../model/identity.ts"
import type { Aggregate } from "./aggregate.ts"
import { byCountThenName } from "./count-order.ts"
import { DistinctValues } from "./distinct-values.ts"

/** One value, and how much has it. */
export interface TraitCount<Value extends string = string> {
  readonly value: Value
  /** Identified participants; those without a usable id are in `sessions` alone. */
  readonly participants: number
  readonly sessions: number
}

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
/** Places of the texts in the JSON list of `FactBatch.endpoints`. */
const ENDPOINT_PARTS = 4

/** The values of one trait, and how many sessions and participants have each. */
class TraitCounts {
  readonly values: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #sessions = new GrowingCounts()
  readonly #participants = new GrowingCounts()
  readonly #known: DistinctValues

  constructor(participantCount: number) {
    this.#known = new DistinctValues(participantCount)
  }

  /** The number of a value, -1 where there is none. */
  numberOf(value: string | null | undefined): number {
    if (value === null || value === undefined) return -1
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    this.#numbers.set(value, this.values.length)
    return this.values.push(value) - 1
  }

  /** Counts a session by the values at its ends, and the participants there; -1 for no value, no participant. */
  add(callerValue: number, caller: number, calleeValue: number, callee: number): void {
    if (callerValue >= 0) this.#addEnd(callerValue, caller, true)
    if (calleeValue >= 0) this.#addEnd(calleeValue, callee, calleeValue !== callerValue)
  }

  /** By sessions, the most first, then by value. */
  figures(): TraitCount[] {
    return this.values
      .map((value, number) => ({
        value,
        participants: this.#participants.of(number),
        sessions: this.#sessions.of(number),
      }))
      .filter((each) => each.sessions > 0)
      .toSorted(
        byCountThenName(
          (each) => each.sessions,
          (each) => each.value,
        ),
      )
  }

  #addEnd(value: number, participant: number, isFirst: boolean): void {
    if (isFirst) this.#sessions.increase(value)
    if (participant >= 0 && this.#known.add(participant, value)) this.#participants.increase(value)
  }
}

/** Counts by number. */
class GrowingCounts {
  #counts = new Uint32Array(0)

  increase(number: number): void {
    if (number >= this.#counts.length) this.#counts = grown(this.#counts, number + 1)
    this.#counts[number] = (this.#counts[number] ?? 0) + 1
  }

  of(number: number): number {
    return this.#counts[number] ?? 0
  }
}

/** Counts of all traits, and the numbers of values by index of the text they stand in, as far as these were met. */
interface TraitState {
  readonly traits: readonly TraitCounts[]
  /** Number of the tenant + 1. */
  tenantOfText: Int32Array
  /** By number of a list of endpoints: the numbers of its values. */
  endpointValues: Int32Array
  /** Number of the list of endpoints + 1. */
  endpointsOfText: Int32Array
  endpointsCount: number
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
      endpointValues: new Int32Array(0),
      endpointsCount: 0,
    }
  },
  add: (state, batch, { counted }, { strings }) => {
    addIdentities(state, batch, counted, strings)
    addEndpoints(state, batch, counted, strings)
  },
  finish: ({ traits }) => {
    const [byKind = [], byTenant = [], byPlatform = [], byProductFamily = []] = traits.map((trait) => trait.figures())
    return { byKind: byKind as TraitCount<IdentityKind>[], byTenant, byPlatform, byProductFamily }
  },
}

/** Kinds and tenants, which only an identified participant has. */
function addIdentities(state: TraitState, batch: FactBatch, rows: Int32Array, strings: readonly string[]): void {
  const { caller, callee, callerKind, calleeKind, callerTenant, calleeTenant } = batch
  const kinds = traitOf(state, KIND)
  const tenants = traitOf(state, TENANT)
  const tenantOf = (text: number): number => {
    if (text < 0) return -1
    const known = state.tenantOfText[text] ?? 0
    return known > 0 ? known - 1 : (state.tenantOfText[text] = tenants.numberOf(strings[text]) + 1) - 1
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
function addEndpoints(state: TraitState, batch: FactBatch, rows: Int32Array, strings: readonly string[]): void {
  const { caller, callee, endpoints, flags } = batch
  const platforms = traitOf(state, PLATFORM)
  const families = traitOf(state, FAMILY)
  for (const row of rows) {
    const text = endpoints[row] ?? -1
    if (text < 0) continue
    const known = state.endpointsOfText[text] ?? 0
    const at = ENDPOINT_PARTS * (known > 0 ? known - 1 : readEndpoints(state, text, strings[text] ?? "[]"))
    const from = caller[row] ?? -1
    const to = callee[row] ?? -1
    const bits = flags[row] ?? 0
    // Somebody is there, with a usable id or without one; else it is a service, or nobody.
    const isFrom = from >= 0 || (bits & RowFlag.callerUnidentified) !== 0
    const isTo = to >= 0 || (bits & RowFlag.calleeUnidentified) !== 0
    const values = state.endpointValues
    platforms.add(isFrom ? (values[at] ?? -1) : -1, from, isTo ? (values[at + 1] ?? -1) : -1, to)
    families.add(isFrom ? (values[at + 2] ?? -1) : -1, from, isTo ? (values[at + 3] ?? -1) : -1, to)
  }
}

/** Gives a list of endpoints its number, and its values theirs. */
function readEndpoints(state: TraitState, text: number, json: string): number {
  const [callerPlatform, calleePlatform, callerFamily, calleeFamily] = JSON.parse(json) as (string | null)[]
  const platforms = traitOf(state, PLATFORM)
  const families = traitOf(state, FAMILY)
  const number = state.endpointsCount++
  state.endpointsOfText[text] = number + 1
  state.endpointValues = grown(state.endpointValues, ENDPOINT_PARTS * (number + 1))
  state.endpointValues.set(
    [
      platforms.numberOf(callerPlatform),
      platforms.numberOf(calleePlatform),
      families.numberOf(callerFamily),
      families.numberOf(calleeFamily),
    ],
    ENDPOINT_PARTS * number,
  )
  return number
}

function traitOf({ traits }: TraitState, trait: number): TraitCounts {
  const counts = traits[trait]
  if (counts === undefined) throw new RangeError(`there is no trait ${trait}`)
  return counts
}
