/**
 * All figures of a selection of the facts, by every aggregate in turn. One aggregate runs over all rows before the
 * next begins: that keeps its state and its code hot.
 */
import type { Facts } from "../facts/facts.ts"
import type { Aggregate } from "./aggregate.ts"
import { calls, type CallFigures } from "./calls.ts"
import { concurrency, type Concurrency } from "./concurrency.ts"
import { coverage, type Coverage } from "./coverage.ts"
import { displayNames, type DisplayNames } from "./display-names.ts"
import { durations, type Durations } from "./durations.ts"
import { extent, type Extent } from "./extent.ts"
import { failures, type Failures } from "./failures.ts"
import { modalities, type ModalityFigures } from "./modalities.ts"
import { overlap, type Overlap } from "./overlap.ts"
import { participants, type Participants } from "./participants.ts"
import { selectRows, type Excluded, type Selection } from "./selection.ts"

/** The result of every aggregate. */
export interface Figures {
  readonly excluded: Excluded
  readonly extent: Extent
  readonly durations: Durations
  readonly concurrency: Concurrency
  readonly overlap: Overlap
  readonly modalities: ModalityFigures
  readonly failures: Failures
  readonly participants: Participants
  readonly displayNames: DisplayNames
  readonly coverage: Coverage
  readonly calls: readonly CallFigures[]
}

/** The figures of the sessions that `selection` counts. */
export function computeFigures(facts: Facts, selection: Selection): Figures {
  const { rows, excluded } = selectRows(facts, selection)
  const compute = <State, Result>(aggregate: Aggregate<State, Result>): Result => {
    const state = aggregate.zero()
    for (const row of rows) aggregate.add(state, facts, row)
    return aggregate.finish(state, facts)
  }
  return {
    excluded,
    extent: compute(extent),
    durations: compute(durations),
    concurrency: compute(concurrency),
    overlap: compute(overlap),
    modalities: compute(modalities),
    failures: compute(failures),
    participants: compute(participants),
    displayNames: compute(displayNames),
    coverage: compute(coverage),
    calls: compute(calls),
  }
}
