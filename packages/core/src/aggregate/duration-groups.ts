/**
 * The groups whose durations are told apart: all sessions, each modality, failed or not, each type of call. Sessions
 * that are in the same groups make a cell; what is summed is summed by cell and then by group.
 */
import { RowFlag, type FactBatch, type Facts } from "../facts/facts.ts"
import { MODALITIES } from "../model/modality.ts"
import { Moments } from "./moments.ts"
import { PairCounts } from "./pair-counts.ts"
import { OrderStatistics } from "./quantile.ts"

/** The durations of one group. */
export interface DurationGroup {
  readonly moments: Moments
  /** Made when all moments are known. */
  order: OrderStatistics
}

const MODALITY_BITS = 0xff
const FAILED_BIT = 0x100

/** Numbers for cells: sessions with equal modalities, failure and type of call. */
export class DurationCells {
  /** By number of the cell. */
  readonly moments: Moments[] = []
  /** Types that a callRecord says, null where none does. */
  readonly types: readonly (string | null)[]
  readonly #cells = new PairCounts()
  /** By call: the number of its type. */
  readonly #typeOfCall: Int32Array

  constructor({ calls }: Facts) {
    const numbers = new Map<string | null, number>([[null, 0]])
    const numberOf = (type: string | null): number => numbers.get(type) ?? numbers.set(type, numbers.size).size - 1
    this.#typeOfCall = Int32Array.from(calls, (call) => numberOf(call.type))
    this.types = [...numbers.keys()]
  }

  /** Gives the cell of a row of a batch. */
  of({ modalities, flags, call }: FactBatch): (row: number) => number {
    let lastKey = -1
    let lastType = -1
    let cell = -1
    return (row) => {
      const failed = ((flags[row] ?? 0) & RowFlag.failed) === 0 ? 0 : FAILED_BIT
      const key = (modalities[row] ?? 0) | failed
      const type = this.#typeOfCall[call[row] ?? -1] ?? 0
      if (key === lastKey && type === lastType) return cell
      lastKey = key
      lastType = type
      cell = this.#cells.add(type, key, 0)
      if (cell === this.moments.length) this.moments.push(new Moments())
      return cell
    }
  }

  /** The groups of all rows, and which of them a cell is in. */
  groups(): DurationGroups {
    const groups = new DurationGroups()
    for (const [cell, moments] of this.moments.entries()) {
      const key = this.#cells.second[cell] ?? 0
      groups.addCell(key & MODALITY_BITS, (key & FAILED_BIT) !== 0, this.types[this.#cells.first[cell] ?? 0] ?? null)
      for (const group of groups.ofCell(cell)) group.moments.addAll(moments)
    }
    groups.closeMoments()
    return groups
  }
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
  readonly #ofCell: (readonly DurationGroup[])[] = []

  /** Adds the next cell. */
  addCell(modalities: number, failed: boolean, type: string | null): void {
    this.#ofCell.push([
      this.overall,
      ...this.byModality.filter((_, index) => (modalities & (1 << index)) !== 0),
      this.byFailure[failed ? 1 : 0],
      this.#ofCallType(type),
    ])
  }

  /** The groups that the sessions of a cell are in. */
  ofCell(cell: number): readonly DurationGroup[] {
    return this.#ofCell[cell] ?? []
  }

  /** Makes the order statistics ready, when all moments are there. */
  closeMoments(): void {
    for (const group of [this.overall, ...this.byModality, ...this.byFailure, ...this.byCallType.values()]) {
      group.order = new OrderStatistics(group.moments.count)
    }
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
