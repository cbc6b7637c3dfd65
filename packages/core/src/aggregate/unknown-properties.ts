/**
 * Properties that the model does not know, by pointer. Counted for the 10,000 smallest in byte order, which are the
 * same for any split of the sessions; reported for the 100 most frequent of them.
 */
import { compareUtf8 } from "../facts/byte-order.ts"
import { byCountThenName } from "./count-order.ts"

const MAX_COUNTED = 10_000
const MAX_LISTED = 100

/** Pointers with list indices as `*`. */
export interface UnknownProperties {
  /** By sessions, the most first, then by pointer. */
  readonly unknownProperties: readonly { readonly pointer: string; readonly sessions: number }[]
  /** Whether there are more than are listed. */
  readonly moreUnknownProperties: boolean
}

/** Counts the pointers of lists, each of which has as many sessions as stands with it. */
export function unknownProperties(lists: Iterable<readonly [readonly string[], number]>): UnknownProperties {
  let counts = new Map<string, number>()
  for (const [pointers, sessions] of lists) {
    for (const pointer of pointers) counts.set(pointer, (counts.get(pointer) ?? 0) + sessions)
    // What is dropped is never among the smallest of all, so no count that stays lacks a session.
    if (counts.size > 2 * MAX_COUNTED) counts = smallest(counts)
  }
  const listed = [...smallest(counts)]
    .map(([pointer, sessions]) => ({ pointer, sessions }))
    .toSorted(
      byCountThenName(
        (each) => each.sessions,
        (each) => each.pointer,
      ),
    )
    .slice(0, MAX_LISTED)
  return { unknownProperties: listed, moreUnknownProperties: counts.size > listed.length }
}

function smallest(counts: Map<string, number>): Map<string, number> {
  if (counts.size <= MAX_COUNTED) return counts
  return new Map([...counts].toSorted(([a], [b]) => compareUtf8(a, b)).slice(0, MAX_COUNTED))
}
