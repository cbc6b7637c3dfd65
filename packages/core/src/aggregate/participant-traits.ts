/**
 * What is said of the participants of sessions: kind of identity, tenant, platform, product family. In: counted rows.
 * Out: for each value how many sessions and participants have it. A session counts once under a value, also where
 * both its ends have it; a participant under every value that one of its sessions gives it. Ends that say nothing,
 * and services, count under no value.
 */
import { RowFlag, type Facts } from "../facts/facts.ts"
import { IDENTITY_KINDS, type IdentityKind } from "../model/identity.ts"
import { byCountThenName } from "./count-order.ts"
import type { Groups } from "./grouping.ts"
import { hasFlag } from "./selection.ts"

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

/** The ends of a session. */
export const Side = { caller: 0, callee: 1 } as const
export type Side = (typeof Side)[keyof typeof Side]

/** The number of the value of a trait at one end of a session, -1 for none; `values` has its text. */
interface Trait<Value extends string = string> {
  readonly values: readonly Value[]
  readonly at: (row: number, side: Side) => number
}

/** Counts all traits in the sessions of `rows`, which `groups` has by participant. */
export function participantTraits(facts: Facts, rows: Int32Array, groups: Groups): ParticipantTraits {
  const { platform, productFamily } = endpointTraits(facts, rows)
  return {
    byKind: countTrait(facts, rows, groups, kindTrait(facts)),
    byTenant: countTrait(facts, rows, groups, tenantTrait(facts)),
    byPlatform: countTrait(facts, rows, groups, platform),
    byProductFamily: countTrait(facts, rows, groups, productFamily),
  }
}

function countTrait<Value extends string>(
  facts: Facts,
  rows: Int32Array,
  groups: Groups,
  trait: Trait<Value>,
): TraitCount<Value>[] {
  const sessions = new Uint32Array(trait.values.length)
  for (const row of rows) {
    const caller = trait.at(row, Side.caller)
    const callee = trait.at(row, Side.callee)
    if (caller >= 0) sessions[caller] = (sessions[caller] ?? 0) + 1
    if (callee >= 0 && callee !== caller) sessions[callee] = (sessions[callee] ?? 0) + 1
  }
  const participants = countParticipants(facts, groups, trait)
  return trait.values
    .map((value, number) => ({ value, participants: participants[number] ?? 0, sessions: sessions[number] ?? 0 }))
    .filter((each) => each.sessions > 0)
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.value,
      ),
    )
}

/** How many different participants have each value. */
function countParticipants(facts: Facts, groups: Groups, trait: Trait): Uint32Array {
  const counts = new Uint32Array(trait.values.length)
  const lastParticipant = new Int32Array(trait.values.length).fill(-1)
  const countValue = (value: number, participant: number): void => {
    if (value < 0 || lastParticipant[value] === participant) return
    lastParticipant[value] = participant
    counts[value] = (counts[value] ?? 0) + 1
  }
  for (let participant = 0; participant < facts.participants.count; participant++) {
    for (let at = groups.offsets[participant] ?? 0; at < (groups.offsets[participant + 1] ?? 0); at++) {
      const row = groups.items[at] ?? 0
      if (facts.caller[row] === participant) countValue(trait.at(row, Side.caller), participant)
      if (facts.callee[row] === participant) countValue(trait.at(row, Side.callee), participant)
    }
  }
  return counts
}

function participantAt(facts: Facts, row: number, side: Side): number {
  return (side === Side.caller ? facts.caller[row] : facts.callee[row]) ?? -1
}

function kindTrait(facts: Facts): Trait<IdentityKind> {
  const at = (row: number, side: Side): number => {
    if (participantAt(facts, row, side) < 0) return -1
    return (side === Side.caller ? facts.callerKind[row] : facts.calleeKind[row]) ?? -1
  }
  return { values: IDENTITY_KINDS, at }
}

function tenantTrait(facts: Facts): Trait {
  const { callerTenant, calleeTenant, strings } = facts
  const numbers = new ValueNumbers()
  const numberOfString = Int32Array.from(strings, () => -1)
  for (const column of [callerTenant, calleeTenant]) {
    for (const text of column.subarray(0, facts.rowCount)) {
      if (text >= 0 && numberOfString[text] === -1) numberOfString[text] = numbers.of(strings[text] ?? null)
    }
  }
  const at = (row: number, side: Side): number => {
    if (participantAt(facts, row, side) < 0) return -1
    return numberOfString[(side === Side.caller ? callerTenant[row] : calleeTenant[row]) ?? -1] ?? -1
  }
  return { values: numbers.values, at }
}

/** Platforms and product families, which stand together as one text in each row. */
function endpointTraits(facts: Facts, rows: Int32Array): { readonly platform: Trait; readonly productFamily: Trait } {
  const platforms = new ValueNumbers()
  const families = new ValueNumbers()
  // By index of the text, four numbers each: platform of caller and callee, product family of caller and callee.
  const numbersOfText = new Int32Array(4 * facts.strings.length).fill(-1)
  const seen = new Uint8Array(facts.strings.length)
  for (const row of rows) {
    const text = facts.endpoints[row] ?? -1
    if (text < 0 || seen[text] === 1) continue
    seen[text] = 1
    const [callerPlatform, calleePlatform, callerFamily, calleeFamily] = parseEndpoints(facts.strings[text] ?? "[]")
    const numbers = [
      platforms.of(callerPlatform),
      platforms.of(calleePlatform),
      families.of(callerFamily),
      families.of(calleeFamily),
    ]
    numbersOfText.set(numbers, 4 * text)
  }
  const trait = (values: readonly string[], offset: number): Trait => ({
    values,
    at: (row, side) =>
      isPerson(facts, row, side) ? (numbersOfText[4 * (facts.endpoints[row] ?? -1) + offset + side] ?? -1) : -1,
  })
  return { platform: trait(platforms.values, 0), productFamily: trait(families.values, 2) }
}

/** Whether somebody is at an end, with a usable id or without one; else it is a service, or nobody. */
function isPerson(facts: Facts, row: number, side: Side): boolean {
  const unidentified = side === Side.caller ? RowFlag.callerUnidentified : RowFlag.calleeUnidentified
  return participantAt(facts, row, side) >= 0 || hasFlag(facts, row, unidentified)
}

/** The texts of `Facts.endpoints`. */
function parseEndpoints(json: string): readonly (string | null | undefined)[] {
  return JSON.parse(json) as (string | null)[]
}

/** Texts and their numbers from 0. */
class ValueNumbers {
  readonly values: string[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of a text, -1 where there is none. */
  of(text: string | null | undefined): number {
    if (text === null || text === undefined) return -1
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.values.length)
    return this.values.push(text) - 1
  }
}
