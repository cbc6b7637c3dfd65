import { Vector } from "apache-arrow"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { RepeatedTexts, SourceRows } from "#core/export/column.ts"
import type { RowBatch } from "#core/export/fact-rows.ts"
import { TextDictionary } from "#core/export/text-dictionary.ts"

/** Rows of which nothing is known but the numbers of their texts. */
const batchOf = (keys: readonly number[]): RowBatch => ({
  rowCount: keys.length,
  rows: { call: Int32Array.from(keys) } as unknown as SourceRows,
})
const textsOf = (texts: readonly (string | null)[], isIds = false): RepeatedTexts => ({
  keyOf:
    ({ call }) =>
    (row) =>
      call[row] ?? -1,
  textOf: () => (key) => texts[key] ?? null,
  isIds,
})

const guids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 })
const words = fc.array(fc.option(fc.oneof(fc.constantFrom("", "a", "ä", "a\u0000", "\ufffd"), fc.string())), {
  minLength: 1,
  maxLength: 8,
})
const texts = fc.tuple(guids, words).map(([ids, others]) => [...ids, ...others])

describe("TextDictionary", () => {
  it("has every text that rows have, once, and an index for every row that has one", () => {
    fc.assert(
      fc.property(texts, fc.array(fc.array(fc.integer({ min: -2, max: 20 }), { maxLength: 20 })), (all, batches) => {
        const dictionary = new TextDictionary(textsOf(all, true))
        for (const keys of batches) dictionary.addAll(batchOf(keys))
        const entries = [...new Vector([dictionary.toData()])]
        const met = batches.flat().flatMap((key) => all[key] ?? [])
        expect(entries).toEqual([...new Set(met)])
        for (const keys of batches) {
          const indices = [...dictionary.indicesOf(batchOf(keys))]
          expect(indices.map((index) => entries[index] ?? null)).toEqual(keys.map((key) => all[key] ?? null))
        }
      }),
    )
  })

  it("has a GUID once that several numbers have, unless it is an id", () => {
    const guid = "aaaaaaaa-0000-4000-8000-000000000001"
    const dictionary = new TextDictionary(textsOf([guid, guid]))
    dictionary.addAll(batchOf([0, 1, 0]))
    expect([...dictionary.indicesOf(batchOf([0, 1]))]).toEqual([0, 0])
    expect(dictionary.toData().length).toBe(1)
  })
})
