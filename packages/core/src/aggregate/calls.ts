/** Every known call, with how many counted sessions and participants it has. */
import { GROUP_WORDS, GroupMembers, GroupSplit, type GroupResults } from "@callsift/kernel"
import type { FactBatch, Facts } from "../facts/facts.ts"
import { bucketCountFor, Partition } from "../facts/partition.ts"
import type { Aggregate } from "./aggregate.ts"
import { ranked, type Ranking } from "./ranked.ts"

/** One call; what its callRecord says is in `facts.calls`. */
export interface CallFigures {
  /** Index in `facts.calls`. */
  readonly call: number
  readonly sessions: number
  /** Different participants of these. */
  readonly participants: number
}

/** Known calls, those without a counted session too: by sessions, the most first, then by id. Figures are made when they are asked for. */
export class CallCounts implements Iterable<CallFigures> {
  readonly #results: GroupResults
  readonly #ranking: Ranking

  constructor({ calls: all }: Facts, results: GroupResults) {
    this.#results = results
    this.#ranking = {
      order: results.byIntervals,
      isEqual: (a, b) => results.intervals[a] === results.intervals[b],
      idOf: (call) => all.get(call)?.id ?? "",
    }
  }

  *[Symbol.iterator](): Generator<CallFigures> {
    const { intervals, members } = this.#results
    for (const call of ranked(this.#ranking)) {
      yield { call, sessions: intervals[call] ?? 0, participants: members[call] ?? 0 }
    }
  }
}

/** The sessions of known calls, told apart by calls. */
export class CallSessions {
  readonly #callCount: number
  readonly #partition: Partition
  readonly #split: GroupSplit

  constructor({ calls: all, rowCount, space }: Facts) {
    this.#callCount = all.count
    this.#partition = new Partition(all.count === 0 ? 1 : bucketCountFor(rowCount, GROUP_WORDS), GROUP_WORDS, space)
    this.#split = new GroupSplit(this.#partition.bucketCount)
  }

  /** Adds rows of a batch. */
  add({ rowCount, call, caller, callee }: FactBatch, rows: Int32Array): void {
    if (this.#callCount === 0) return
    this.#partition.appendSplit(this.#split.split({ rowCount, groups: call, from: caller, to: callee }, rows))
  }

  /** What is known of all calls by their sessions. Only once: what was kept for it is given back. */
  count(): GroupResults {
    const partition = this.#partition
    const members = new GroupMembers(this.#callCount)
    for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
      members.count(partition.wordCount(bucket), (target) => partition.readInto(bucket, target))
    }
    partition.close()
    return members.results()
  }
}

/** Calls and what they have. */
export const calls: Aggregate<CallSessions, CallCounts> = {
  zero: (facts) => new CallSessions(facts),
  add: (state, batch, { counted }) => state.add(batch, counted),
  finish: (state, facts) => new CallCounts(facts, state.count()),
}
