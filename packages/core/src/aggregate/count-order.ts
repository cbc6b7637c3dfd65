/** The order of lists of counts: most first, then by name in the byte order of UTF-8; no name stands before any. */
import { compareUtf8 } from "../facts/byte-order.ts"

/** Compares two names of which either may be missing. */
export function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return compareUtf8(a, b)
}

/** Compares by a count, the larger first, then by one name after the other. */
export function byCountThenName<Item>(
  countOf: (item: Item) => number,
  ...namesOf: readonly ((item: Item) => string | null)[]
): (a: Item, b: Item) => number {
  return (a, b) => {
    const difference = countOf(b) - countOf(a)
    if (difference !== 0) return difference
    for (const nameOf of namesOf) {
      const order = compareNames(nameOf(a), nameOf(b))
      if (order !== 0) return order
    }
    return 0
  }
}
