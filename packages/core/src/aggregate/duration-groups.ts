/**
 * The groups whose durations are told apart: all sessions, each modality, failed or not, each type of call. Sessions
 * that are in the same groups make a cell; what is summed is summed by cell and then by group.
 */
import type { LengthCell } from "@callsift/kernel"
import type { Facts } from "../facts/facts.ts"
import { MODALITIES } from "../model/modality.ts"
import { Moments } from "./moments.ts"
import { OrderStatistics } from "./quantile.ts"

/** The durations of one group. */
export interface DurationGroup {
  readonly moments: Moments
  /** Made when all moments are known. */
  order: OrderStatistics
}

/** Types of calls by number: 0 where no callRecord says. */
export interface CallTypes {
  readonly types: readonly (string | null)[]
  readonly typeOfCall: Uint32Array
}

/** Numbers for the types of all calls. */
export function callTypes({ calls, strings }: Facts): CallTypes {
  const numbers = new Map<number, number>([[-1, 0]])
  const numberOf = (text: number): number => numbers.get(text) ?? numbers.set(text, numbers.size).size - 1
  const typeOfCall = new Uint32Array(calls.count)
  let [last, number] = [-1, 0]
  const textOfCall = calls.types()
  // Most calls are of the type of the one before.
  for (let call = 0; call < calls.count; call++) {
    const type = textOfCall[call] ?? -1
    if (type !== last) number = numberOf(type)
    last = type
    typeOfCall[call] = number
  }
  return { types: Array.from(numbers.keys(), (text) => strings.get(text) ?? null), typeOfCall }
}

/** All groups. */
export class DurationGroups {
  readonly overall = emptyGroup()
  /** By index in `MODALITIES`. */
  readonly byModality = MODALITIES.map(emptyGroup)
  /** Not failed, failed. */
  readonly byFailure = [emptyGroup(), emptyGroup()] as const
  /** By the type that the callRecord says, null where none does. */
  readonly byCallType = new Map<string | null, DurationGroup>()
  /** All of them, and by cell the places in it of those that its sessions are in. */
  readonly all: readonly DurationGroup[]
  readonly ofCell: readonly (readonly number[])[]

  /** The groups of all sessions, which are counted by cell. */
  constructor(cells: readonly LengthCell[], types: readonly (string | null)[]) {
    const all: DurationGroup[] = [this.overall, ...this.byModality, ...this.byFailure]
    const places = new Map(all.map((group, place) => [group, place]))
    this.all = all
    this.ofCell = cells.map((cell) =>
      this.#groupsOf(cell, types).map((group) => {
        group.moments.add(cell)
        const place = places.get(group) ?? all.push(group) - 1
        places.set(group, place)
        return place
      }),
    )
    for (const group of all) group.order = new OrderStatistics(group.moments.count)
  }

  #groupsOf(cell: LengthCell, types: readonly (string | null)[]): DurationGroup[] {
    return [
      this.overall,
      ...this.byModality.filter((_, index) => (cell.set & (1 << index)) !== 0),
      this.byFailure[cell.isMarked ? 1 : 0],
      this.#ofCallType(types[cell.class] ?? null),
    ]
  }

  #ofCallType(type: string | null): DurationGroup {
    const known = this.byCallType.get(type)
    if (known !== undefined) return known
    const group = emptyGroup()
    this.byCallType.set(type, group)
    return group
  }
}

function emptyGroup(): DurationGroup {
  return { moments: new Moments(), order: new OrderStatistics(0) }
}
