/**
 * The groups whose durations are told apart: all sessions, each modality, failed or not, each type of call. Sessions
 * that are in the same groups make a cell; moments are summed by cell and then by group.
 */
import { RowFlag, type Facts } from "../facts/facts.ts"
import { MODALITIES } from "../model/modality.ts"
import { Moments } from "./moments.ts"
import { OrderStatistics } from "./quantile.ts"
import { hasFlag } from "./selection.ts"

/** The durations of one group. */
export interface DurationGroup {
  readonly moments: Moments
  /** Made when all moments are known. */
  order: OrderStatistics
}

/** Sessions with equal modalities, failure and type of call. */
export interface DurationCell {
  readonly moments: Moments
  readonly groups: readonly DurationGroup[]
}

// A cell's key: a byte of modalities, a bit for failure, then the number of the type.
const FAILED_KEY = 2 ** 8
const TYPE_KEY = 2 ** 9

/** The groups of some rows. */
export class DurationGroups {
  readonly overall = emptyGroup()
  /** By index in `MODALITIES`. */
  readonly byModality = MODALITIES.map(emptyGroup)
  /** Not failed, failed. */
  readonly byFailure = [emptyGroup(), emptyGroup()] as const
  /** By the type that the callRecord says, null where none does. */
  readonly byCallType = new Map<string | null, DurationGroup>()
  readonly #facts: Facts
  readonly #cells = new Map<number, DurationCell>()
  /** By call, after that of no call: the number of its type. */
  readonly #typeOfCall: Int32Array

  constructor(facts: Facts) {
    this.#facts = facts
    const numbers = new Map<string | null, number>([[null, 0]])
    const numberOf = (type: string | null): number => numbers.get(type) ?? numbers.set(type, numbers.size).size - 1
    this.#typeOfCall = Int32Array.from([null, ...facts.calls], (call) => numberOf(call?.type ?? null))
  }

  /** The cell of a row. */
  cellOf(row: number): DurationCell {
    const { modalities, call } = this.#facts
    const failed = hasFlag(this.#facts, row, RowFlag.failed)
    const type = this.#typeOfCall[(call[row] ?? -1) + 1] ?? 0
    const key = (modalities[row] ?? 0) + (failed ? FAILED_KEY : 0) + type * TYPE_KEY
    return this.#cells.get(key) ?? this.#openCell(key, row, failed)
  }

  /** Sums the moments of all cells by group, and makes the order statistics ready. */
  sumCells(): void {
    for (const { moments, groups } of this.#cells.values()) for (const group of groups) group.moments.addAll(moments)
    const all = [this.overall, ...this.byModality, ...this.byFailure, ...this.byCallType.values()]
    for (const group of all) group.order = new OrderStatistics(group.moments.count)
  }

  #openCell(key: number, row: number, failed: boolean): DurationCell {
    const bits = this.#facts.modalities[row] ?? 0
    const groups = [
      this.overall,
      ...this.byModality.filter((_, index) => (bits & (1 << index)) !== 0),
      this.byFailure[failed ? 1 : 0],
      this.#ofCallType(this.#facts.calls[this.#facts.call[row] ?? -1]?.type ?? null),
    ]
    const cell = { moments: new Moments(), groups }
    this.#cells.set(key, cell)
    return cell
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
