/**
 * Who took part in which sessions: a record for each participant of each counted session, told apart by participants,
 * so that each participant's sessions can be gone through alone, in the order of their starts.
 */
import { INTERVAL_WORDS, IntervalSplit, IntervalSweep, type IntervalResults, type IntervalRows } from "@callsift/kernel"
import type { FactBatch, Facts } from "../facts/facts.ts"
import { bucketCountFor, Partition } from "../facts/partition.ts"
import type { SessionRows } from "./session-rows.ts"

/** All records. */
export class Participations {
  readonly #rows: IntervalRows
  readonly #participantCount: number
  readonly #partition: Partition
  readonly #split: IntervalSplit

  constructor({ participants, rowCount, space }: Facts, { rows }: SessionRows) {
    this.#rows = rows
    this.#participantCount = participants.count
    this.#partition = new Partition(bucketCountFor(2 * rowCount, INTERVAL_WORDS), INTERVAL_WORDS, space)
    this.#split = new IntervalSplit(rows, this.#partition.bucketCount)
  }

  /** Adds the chosen rows of the batch that is loaded. A participant at both ends of a session has it once. */
  add({ firstRow, rowCount, caller, callee, callerKind, calleeKind }: FactBatch): void {
    const ends = { firstRow, rowCount, from: caller, to: callee, fromKinds: callerKind, toKinds: calleeKind }
    this.#partition.appendSplit(this.#split.split(ends))
  }

  /**
   * What is known of all participants by their sessions. Only once: what was kept for it is given back. It lies where the
   * rows lay, so nothing else can be made of these any more.
   */
  sweep(): IntervalResults {
    const partition = this.#partition
    const sweep = new IntervalSweep(this.#rows, this.#participantCount, partition.bucketCount)
    for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
      sweep.measure(bucket, partition.wordCount(bucket), (target) => partition.readInto(bucket, target))
    }
    partition.close()
    return sweep.results()
  }
}
