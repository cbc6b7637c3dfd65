import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { StringTable } from "#core/facts/string-table.ts"

/** More than are kept as strings. */
const MANY = 5000
const texts = fc.array(
  fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("\ud800", "\udc00\ud800", "ÿ", "Ā", "beef", "BEEF", "beef0"),
  ),
  {
    maxLength: 50,
  },
)

describe("StringTable", () => {
  it("numbers texts as they come and gives them back, unpaired surrogates too", () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (list, isFull) => {
        const table = new StringTable()
        const known = new Map<string, number>()
        const all = isFull ? [...Array.from({ length: MANY }, (_, index) => `text ${index}`), ...list] : list
        for (const text of [...all, ...list]) {
          const index = known.get(text) ?? known.size
          expect(table.find(text)).toBe(known.has(text) ? index : -1)
          known.set(text, index)
          expect(table.intern(text)).toBe(index)
          if (index % 1999 === 3) table.endInterning()
        }
        table.endInterning()
        for (const [text, index] of known) expect(table.find(text)).toBe(index)
        expect(table.find("no text has this")).toBe(-1)
        expect(table.length).toBe(known.size)
        for (const [text, index] of known) expect(table.get(index)).toBe(text)
        expect([table.get(-1), table.get(known.size)]).toEqual([undefined, undefined])
      }),
      { numRuns: 20 },
    )
  })

  it("holds a text of any length", () => {
    const table = new StringTable()
    for (let index = 0; index < MANY; index++) table.intern(`text ${index}`)
    const long = "x".repeat(3_000_000)
    expect([table.intern(long), table.intern("next"), table.intern(long)]).toEqual([MANY, MANY + 1, MANY])
    expect([table.get(MANY) === long, table.get(MANY + 1)]).toEqual([true, "next"])
    expect(table.byteLength).toBeGreaterThan(3_000_000)
  })
})
