import fc from "fast-check"
import { expect, it } from "vitest"
import { EndTrait, EndValues, IntervalRows } from "../../../packages/kernel/dist/index.js"
import { DistinctValues } from "#core/aggregate/distinct-values.ts"
import { endBatch, numbered, rowsOf } from "../../kernel/figures/end-rows.ts"

const PARTICIPANTS = 5
const TEXTS = 90
const MEANINGS = 7

it("DistinctValues counts each participant once by what its values mean, as Sets do", () => {
  const rows = rowsOf(PARTICIPANTS, TEXTS)
  const meanings = fc.array(fc.integer({ min: -1, max: MEANINGS - 1 }), { minLength: TEXTS, maxLength: TEXTS })
  fc.assert(
    fc.property(rows, meanings, (list, meaningOf) => {
      const ends = new EndValues(new IntervalRows(), PARTICIPANTS, TEXTS)
      const had = new DistinctValues(ends, EndTrait.texts)
      ends.load(endBatch(list), Int32Array.from(list.keys()))
      const numberOf = numbered(ends, EndTrait.texts, ["fromTexts", "toTexts"])
      had.add(ends.countTexts(numberOf.size).others)
      const sets = Array.from({ length: MEANINGS }, () => new Set<number>())
      for (const { from, to, fromText, toText } of list) {
        for (const [participant, text] of [
          [from, fromText],
          [to, toText],
        ] as const) {
          const number = numberOf.get(text)
          if (participant >= 0 && number !== undefined) sets[meaningOf[number] ?? -1]?.add(participant)
        }
      }
      expect(had.countBy(meaningOf, MEANINGS)).toEqual(sets.map(({ size }) => size))
    }),
  )
})
