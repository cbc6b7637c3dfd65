import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeText, detectEncoding } from "#core/source/encoding.ts"
import { decoded, readerOf } from "./reading.ts"

const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16()
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })

describe("decodeText", () => {
  it("gives UTF-16 as UTF-8, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), sizes, async (text, chunkSizes) => {
        const little = await decoded(decodeText(readerOf(Buffer.from(text, "utf16le"), chunkSizes), "utf-16le"))
        const big = await decoded(decodeText(readerOf(bigEndian(text), chunkSizes), "utf-16be"))
        expect(little).toEqual({ bytes: Buffer.from(text), error: null })
        expect(big).toEqual(little)
      }),
    )
  })

  it("writes an unpaired surrogate as the bytes that UTF-8 forbids, however it is cut", async () => {
    const units = fc.array(fc.constantFrom(0x41, 0xe9, 0x20ac, 0xd83d, 0xde00), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(units, sizes, async (codes, chunkSizes) => {
        const text = String.fromCharCode(...codes)
        const { bytes } = await decoded(decodeText(readerOf(Buffer.from(text, "utf16le"), chunkSizes), "utf-16le"))
        const expected = [...text].map((character) => {
          const code = character.codePointAt(0) ?? 0
          return code >= 0xd800 && code <= 0xdfff
            ? Buffer.from([0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)])
            : Buffer.from(character)
        })
        expect(bytes).toEqual(Buffer.concat(expected))
      }),
    )
  })

  it("names a text that ends inside a character", async () => {
    const stored = Buffer.from("[1]\uD83D", "utf16le")
    const cut = await decoded(decodeText(readerOf(Buffer.concat([stored, Buffer.from([0])])), "utf-16le"))
    expect(cut).toEqual({ bytes: Buffer.from("5b315deda0bd", "hex"), error: "input/truncated" })
  })

  it("passes UTF-8 on as it is, right or wrong", async () => {
    const stored = Buffer.from([0x7b, 0xc0, 0x80, 0xff, 0x7d])
    expect(await decoded(decodeText(readerOf(stored, [1]), "utf-8"))).toEqual({ bytes: stored, error: null })
  })
})

describe("detectEncoding", () => {
  it.each([
    ["efbbbf5b", "utf-8", 3],
    ["fffe5b00", "utf-16le", 2],
    ["feff005b", "utf-16be", 2],
    ["5b5d", "utf-8", 0],
    ["", "utf-8", 0],
    ["5b", "utf-8", 0],
    ["0000", "utf-8", 0],
    ["fffe", "utf-16le", 2],
  ])("takes %s for %s", (head, encoding, markBytes) => {
    expect(detectEncoding(Buffer.from(head, "hex"))).toEqual({ encoding, markBytes })
  })

  it.each(["5b005d00", "005b005d", "5b000000", "0000005b", "fffe0000", "0000feff"])("refuses %s", (head) => {
    expect(() => detectEncoding(Buffer.from(head, "hex"))).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ code: "input/encoding" }) }),
    )
  })
})
