/**
 * Joins the inputs of a run, whoever reads them: for each in order `begin`, its block results in block order, `end`.
 * Beside the facts it keeps what the report says of inputs, archives and what was skipped, and counts rejects.
 */
import type { RejectCode } from "./check/rules.ts"
import type { InputPlace } from "./facts/evidence.ts"
import type { InputSummary, JoinedInput, SourceEnd } from "./facts/input.ts"
import { openLedger, type JoinedFacts, type Ledger } from "./facts/ledger.ts"
import type { WorkSpace } from "./facts/work-space.ts"
import type { FramingEnd } from "./framing/block.ts"
import type { Plan } from "./options.ts"
import type { PartialRecorder } from "./partial/recorder.ts"
import type { ReplayTarget } from "./partial/replay.ts"
import { rejectLine } from "./report/evidence-line.ts"
import { inputEntry, type StoredAs } from "./report/input-entry.ts"
import type { Report, ReportInput } from "./report/schema.ts"
import type { Archive, Skipped } from "./source/input.ts"
import type { BlockResult } from "./worker/protocol.ts"

/** All that was joined. */
export interface JoinedInputs {
  readonly joined: JoinedFacts
  readonly archives: readonly Archive[]
  readonly skipped: Report["skipped"]
  readonly rejectCounts: ReadonlyMap<RejectCode, number>
  /** What the report says of the inputs, once they are resolved. */
  readonly entries: (summaries: readonly InputSummary[]) => ReportInput[]
}

/** The inputs of one run while they are joined, and recorded where a partial is to be made of them. */
export class InputJoin {
  readonly #recorder: PartialRecorder | null
  /** Those that record the current input. */
  #recorders: readonly PartialRecorder[] = []
  #inputCount = 0
  readonly #ledger: Ledger
  readonly #rejectCounts = new Map<RejectCode, number>()
  readonly #storedAs: StoredAs[] = []
  readonly #archives: Archive[] = []
  readonly #skipped: Skipped[] = []

  constructor(plan: Pick<Plan, "maxEvidence" | "onReject">, space: WorkSpace, recorder: PartialRecorder | null = null) {
    this.#recorder = recorder
    this.#ledger = openLedger({
      maxEvidence: plan.maxEvidence,
      space,
      onReject: (reject) => {
        this.#rejectCounts.set(reject.code, (this.#rejectCounts.get(reject.code) ?? 0) + 1)
        plan.onReject?.(rejectLine(reject))
      },
    })
  }

  /** As `Ledger.sessionCount` and `Ledger.rejectCount`. */
  get counts(): { readonly sessions: number; readonly rejects: number } {
    return { sessions: this.#ledger.sessionCount(), rejects: this.#ledger.rejectCount() }
  }

  /** Whether a partial is made of all inputs. */
  get isRecorded(): boolean {
    return this.#recorder !== null
  }

  /** Begins the next input, which is recorded for its own sake, too, where there is a recorder for that. */
  begin(place: InputPlace, storedAs: StoredAs, own: PartialRecorder | null = null): void {
    this.#recorders = [this.#recorder, own].filter((recorder) => recorder !== null)
    for (const recorder of this.#recorders) recorder.beginInput({ ...place, ...storedAs }, this.#inputCount)
    this.#inputCount += 1
    this.#storedAs.push(storedAs)
    this.#ledger.begin(place)
  }

  /** Adds the next block's result; "stop" as in `Ledger.add`. */
  add(result: BlockResult, isLines: boolean): "continue" | "stop" {
    const outcome = this.#ledger.add(result, isLines)
    for (const recorder of this.#recorders) recorder.add(result, isLines, outcome)
    return outcome
  }

  /** Ends the input; `framing` is null where it was not framed to its end. */
  end(framing: FramingEnd | null, source: SourceEnd): JoinedInput {
    for (const recorder of this.#recorders) recorder.endInput({ framing, source })
    return this.#ledger.end(framing, source)
  }

  /** Takes the next input as it was recorded; `number` is its number. */
  replayTarget(number: number, own: PartialRecorder | null = null): ReplayTarget {
    return {
      begin: ({ path, entry, compression, encoding }) =>
        this.begin({ path, ...(entry === undefined ? {} : { entry }) }, { compression, encoding } as StoredAs, own),
      add: (result, isLines) => this.add(result, isLines),
      end: (framing, source) => this.end(framing, source),
      listedInFull: () => this.listedInFull(number, own),
      keepsResults: this.isRecorded || own !== null,
    }
  }

  readonly onSkipped = (skipped: Skipped): void => {
    this.#skipped.push(skipped)
  }

  readonly onArchive = (archive: Archive): void => {
    this.#archives.push(archive)
  }

  /**
   * Bits for `BlockTask.listedInFull` of the blocks of an input, by its number. Where it is recorded, also by one of its
   * own, that needs evidence of each input, whatever other inputs have.
   */
  listedInFull(input: number, own: PartialRecorder | null = null): number {
    const recorder = this.#recorder ?? own
    return recorder === null ? this.#ledger.listedInFull() : recorder.listedInFull(input)
  }

  /** What was joined, when the last input has ended. Nothing may be added any more. */
  finish(): JoinedInputs {
    this.#recorder?.finish({ skipped: this.#skipped, archives: this.#archives })
    return {
      joined: this.#ledger.finish(),
      archives: this.#archives,
      skipped: this.#skipped.map(({ path, entry, reason }) => ({ path, ...(entry === null ? {} : { entry }), reason })),
      rejectCounts: this.#rejectCounts,
      entries: (summaries) => summaries.map((summary, index) => inputEntry(summary, this.#storedAs[index] ?? PLAIN)),
    }
  }
}

const PLAIN: StoredAs = { compression: "none", encoding: "utf-8" }
