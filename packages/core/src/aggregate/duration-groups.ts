/**
 * The groups whose durations are told apart: all sessions, each modality, failed or not, each type of call. A session
 * is in several; each keeps its moments and picks its order statistics.
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

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** Calls `visit` with every group of a row. */
  visit(row: number, visit: (group: DurationGroup) => void): void {
    visit(this.overall)
    const bits = this.#facts.modalities[row] ?? 0
    for (let index = 0; index < this.byModality.length; index++) {
      const group = this.byModality[index]
      if (group !== undefined && (bits & (1 << index)) !== 0) visit(group)
    }
    visit(this.byFailure[hasFlag(this.#facts, row, RowFlag.failed) ? 1 : 0])
    visit(this.#ofCallType(row))
  }

  /** Makes the order statistics ready for the durations, once the moments have all of them. */
  prepareOrder(): void {
    const groups = [this.overall, ...this.byModality, ...this.byFailure, ...this.byCallType.values()]
    for (const group of groups) group.order = new OrderStatistics(group.moments.count)
  }

  #ofCallType(row: number): DurationGroup {
    const type = this.#facts.calls[this.#facts.call[row] ?? -1]?.type ?? null
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
