import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { PackedTexts } from "#core/facts/packed-texts.ts"

const texts = fc.array(
  fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef") }),
    fc.string({ unit: fc.constantFrom("a", "F", "g", "\ud800", "ÿ", "Ā"), maxLength: 300 }),
  ),
  { maxLength: 60 },
)

describe("PackedTexts", () => {
  it("numbers texts as a Map would, and finds them when its slots were given back", () => {
    fc.assert(
      fc.property(texts, fc.nat({ max: 60 }), (list, forgetAt) => {
        const packed = new PackedTexts()
        const known = new Map<string, number>()
        for (const [at, text] of [...list, ...list].entries()) {
          if (at === forgetAt) packed.forgetSlots()
          expect(packed.find(text)).toBe(known.get(text) ?? -1)
          if (!known.has(text)) known.set(text, known.size)
          expect(packed.findOrAdd(text)).toBe(known.get(text))
        }
        expect(packed.count).toBe(known.size)
        for (const [text, number] of known) expect(packed.get(number)).toBe(text)
      }),
    )
  })

  it("holds texts that fill no piece, one, and more", () => {
    const packed = new PackedTexts()
    const lengths = [0, 1, 41, 42, 43, 5460, 5461, 5462, 2 ** 20 - 3, 2 ** 20 - 2, 2 ** 20, 3_000_001]
    const all = lengths.flatMap((length) => ["x", "0", "Ā"].map((letter) => letter.repeat(length)))
    const numbers = all.map((text) => packed.findOrAdd(text))
    expect(numbers.map((number) => packed.get(number)).findIndex((text, at) => text !== all[at])).toBe(-1)
    packed.forgetSlots()
    expect(all.map((text) => packed.find(text))).toEqual(numbers)
  })

  it("takes half of the letters of hexadecimal ids", () => {
    const packed = new PackedTexts()
    for (let at = 0; at < 50_000; at++) packed.findOrAdd(at.toString(16).padStart(32, "0"))
    packed.forgetSlots()
    expect(packed.byteLength / packed.count).toBeLessThan(30)
  })
})
