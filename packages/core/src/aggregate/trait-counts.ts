/** The values of one trait, and how much has each. A session counts once under a value, also where both its ends have it. */
import { grown } from "../facts/columns.ts"
import { byCountThenName } from "./count-order.ts"
import { DistinctValues } from "./distinct-values.ts"

/** One value, and how much has it. */
export interface TraitCount<Value extends string = string> {
  readonly value: Value
  /** Identified participants; those without a usable id are in `sessions` alone. */
  readonly participants: number
  readonly sessions: number
}

/** Counts of one trait; none at first. */
export class TraitCounts {
  readonly values: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #sessions = new GrowingCounts()
  readonly #participants = new GrowingCounts()
  readonly #known: DistinctValues

  constructor(participantCount: number) {
    this.#known = new DistinctValues(participantCount)
  }

  /** The number of a value, -1 where there is none. */
  numberOf(value: string | null | undefined): number {
    if (value === null || value === undefined) return -1
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    this.#numbers.set(value, this.values.length)
    return this.values.push(value) - 1
  }

  /** Counts a session by the values at its ends, and the participants there; -1 for no value, no participant. */
  add(callerValue: number, caller: number, calleeValue: number, callee: number): void {
    this.addSessions(callerValue, calleeValue, 1)
    this.addParticipant(callerValue, caller)
    this.addParticipant(calleeValue, callee)
  }

  /** Counts so many sessions by the values at their ends: once where both have it. */
  addSessions(callerValue: number, calleeValue: number, count: number): void {
    if (callerValue >= 0) this.#sessions.increase(callerValue, count)
    if (calleeValue >= 0 && calleeValue !== callerValue) this.#sessions.increase(calleeValue, count)
  }

  /** Counts a participant under a value, once. */
  addParticipant(value: number, participant: number): void {
    if (value >= 0 && participant >= 0 && this.#known.add(participant, value)) this.#participants.increase(value, 1)
  }

  /** By sessions, the most first, then by value. */
  figures(): TraitCount[] {
    return this.values
      .map((value, number) => ({
        value,
        participants: this.#participants.of(number),
        sessions: this.#sessions.of(number),
      }))
      .filter((each) => each.sessions > 0)
      .toSorted(
        byCountThenName(
          (each) => each.sessions,
          (each) => each.value,
        ),
      )
  }
}

/** Counts by number. */
class GrowingCounts {
  #counts = new Uint32Array(0)

  increase(number: number, by: number): void {
    if (number >= this.#counts.length) this.#counts = grown(this.#counts, number + 1)
    this.#counts[number] = (this.#counts[number] ?? 0) + by
  }

  of(number: number): number {
    return this.#counts[number] ?? 0
  }
}
