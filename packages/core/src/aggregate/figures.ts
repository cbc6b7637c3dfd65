/**
 * All figures of a selection of the facts: batch by batch, every aggregate in turn, and durations a second time for
 * their quantiles where they were not all kept.
 */
import type { FactBatch, Facts } from "../facts/facts.ts"
import type { Aggregate } from "./aggregate.ts"
import { calls, type CallCounts } from "./calls.ts"
import { concurrency, type Concurrency } from "./concurrency.ts"
import { coverage, type Coverage } from "./coverage.ts"
import { displayNames, type DisplayNames } from "./display-names.ts"
import { durations, type Durations } from "./durations.ts"
import type { Extent } from "./extent.ts"
import { failures, type Failures } from "./failures.ts"
import { modalities, type ModalityFigures } from "./modalities.ts"
import type { Overlap } from "./overlap.ts"
import { participantTraits, type ParticipantTraits } from "./participant-traits.ts"
import { participation } from "./participation.ts"
import { selectRows, type Excluded, type SelectedRows, type Selection } from "./selection.ts"
import { SessionRows } from "./session-rows.ts"
import type { TalkTimes } from "./talk-time.ts"

/** The figures of participants. */
export interface Participants extends ParticipantTraits {
  readonly talkTimes: TalkTimes
}

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
  readonly calls: CallCounts
}

/** An aggregate in use. */
interface Running<Result> {
  readonly add: (batch: FactBatch, rows: SelectedRows) => void
  readonly finish: () => Result
}

/** The figures of the sessions that `selection` counts. */
export function computeFigures(facts: Facts, selection: Selection): Figures {
  const sessions = new SessionRows()
  const select = selectRows(facts, selection, sessions)
  const excluded = { testCalls: 0, startAfterEnd: 0, filtered: 0 }
  const start = <State, Result>(aggregate: Aggregate<State, Result>): Running<Result> => {
    const state = aggregate.zero(facts, sessions)
    return {
      add: (batch, rows) => aggregate.add(state, batch, rows, facts),
      finish: () => aggregate.finish(state, facts),
    }
  }
  const first = {
    durations: start(durations),
    concurrency: start(concurrency),
    participation: start(participation),
    modalities: start(modalities),
    failures: start(failures),
    traits: start(participantTraits),
    displayNames: start(displayNames),
    coverage: start(coverage),
    calls: start(calls),
  }
  for (const batch of facts.batches()) {
    const rows = select(batch)
    addExcluded(excluded, rows.excluded)
    for (const each of Object.values(first)) each.add(batch, rows)
  }
  const again = first.durations.finish()
  const secondPass = start(again)
  for (const batch of again.needsRows ? facts.batches() : []) secondPass.add(batch, select(batch))
  const { extent, ...together } = first.concurrency.finish()
  const ofRows = {
    excluded,
    extent,
    durations: secondPass.finish(),
    concurrency: together,
    modalities: first.modalities.finish(),
    failures: first.failures.finish(),
    displayNames: first.displayNames.finish(),
    coverage: first.coverage.finish(),
    calls: first.calls.finish(),
  }
  const traits = first.traits.finish()
  // Last, for it takes the memory that the others work in.
  const { talkTimes, overlap } = first.participation.finish()
  return { ...ofRows, overlap, participants: { talkTimes, ...traits } }
}

function addExcluded(sum: { -readonly [Name in keyof Excluded]: number }, part: Excluded): void {
  sum.testCalls += part.testCalls
  sum.startAfterEnd += part.startAfterEnd
  sum.filtered += part.filtered
}
