/** Lists in the order of a number, where what has the same number is put in the order of its id when it is reached. */
import { compareUtf8 } from "../facts/byte-order.ts"

/** What is in the list, by numbers. */
export interface Ranking {
  /** By the number that ranks it. */
  readonly order: Int32Array
  readonly isEqual: (a: number, b: number) => boolean
  readonly idOf: (item: number) => string
}

/** The list, in order; ids are made only of those that are equal to another. */
export function* ranked({ order, isEqual, idOf }: Ranking): Generator<number, void> {
  for (let from = 0; from < order.length;) {
    const first = order[from] ?? 0
    let to = from + 1
    while (to < order.length && isEqual(first, order[to] ?? 0)) to += 1
    if (to === from + 1) yield first
    else yield* byId(order.subarray(from, to), idOf)
    from = to
  }
}

/** The first of them, so many. */
export function firstOf<Item>(items: Iterable<Item>, count: number): Item[] {
  const first: Item[] = []
  if (count === 0) return first
  for (const item of items) if (first.push(item) >= count) break
  return first
}

function* byId(items: Int32Array, idOf: (item: number) => string): Generator<number, void> {
  const ids = Array.from(items, idOf)
  const places = Int32Array.from(items.keys()).toSorted((a, b) => compareUtf8(ids[a] ?? "", ids[b] ?? ""))
  for (const place of places) yield items[place] ?? 0
}
