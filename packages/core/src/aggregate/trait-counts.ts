/** The values of one trait, and how many sessions have each. */
import { byCountThenName } from "./count-order.ts"

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
  readonly #sessions: number[] = []

  /** The number of a value, -1 where there is none. */
  numberOf(value: string | null | undefined): number {
    if (value === null || value === undefined) return -1
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    this.#numbers.set(value, this.values.length)
    this.#sessions.push(0)
    return this.values.push(value) - 1
  }

  /** Adds sessions to the count of a value; -1 is none. */
  addSessions(value: number, count: number): void {
    if (value >= 0) this.#sessions[value] = (this.#sessions[value] ?? 0) + count
  }

  /** Those that a session has, by sessions, the most first, then by value; `participants` are by number of the value. */
  figures(participants: readonly number[]): TraitCount[] {
    return this.values
      .map((value, number) => ({
        value,
        participants: participants[number] ?? 0,
        sessions: this.#sessions[number] ?? 0,
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
