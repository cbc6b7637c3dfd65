import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compareUtf8 } from "#core/facts/byte-order.ts"

describe("compareUtf8", () => {
  it("orders as the bytes of UTF-8 do", () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.constantFrom("a", "\u00e9", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
      ),
    })
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
      }),
      { numRuns: 2000 },
    )
  })

  it("puts characters beyond the basic plane last, unlike code units", () => {
    expect(["\u{1f600}", "\uff5e", "z", ""].toSorted(compareUtf8)).toEqual(["", "z", "\uff5e", "\u{1f600}"])
  })
})
