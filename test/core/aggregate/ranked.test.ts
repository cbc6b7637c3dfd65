import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { firstOf, ranked, type Ranking } from "#core/aggregate/ranked.ts"

const lists = fc.array(fc.record({ count: fc.nat(3), id: fc.string({ maxLength: 3 }).map((id) => `${id}\u{1f600}`) }), {
  maxLength: 40,
})

/** A ranking by count, the most first, that counts how many ids were made. */
function rankingOf(list: readonly { readonly count: number; readonly id: string }[]): Ranking & { asked: number } {
  const countOf = (item: number): number => list[item]?.count ?? 0
  const ranking = {
    asked: 0,
    order: Int32Array.from(list.keys()).toSorted((a, b) => countOf(b) - countOf(a)),
    isEqual: (a: number, b: number) => countOf(a) === countOf(b),
    idOf: (item: number): string => {
      ranking.asked += 1
      return list[item]?.id ?? ""
    },
  }
  return ranking
}

describe("ranked", () => {
  it("is in order, by id where the number is the same", () => {
    fc.assert(
      fc.property(lists, fc.nat(50), (list, count) => {
        const expected = list.toSorted(
          (a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)),
        )
        const shown = (items: readonly number[]) => items.map((item) => list[item])
        expect(shown([...ranked(rankingOf(list))])).toEqual(expected)
        expect(shown(firstOf(ranked(rankingOf(list)), count))).toEqual(expected.slice(0, count))
      }),
    )
  })

  it("makes no id of what is not reached, or of what no other is equal to", () => {
    const ranking = rankingOf([9, 8, 8, 7, 7, 7].map((count, item) => ({ count, id: `${item}` })))
    expect(firstOf(ranked(ranking), 2)).toEqual([0, 1])
    expect(ranking.asked).toBe(2)
  })
})
