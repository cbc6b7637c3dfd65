/** Texts of all lengths, with characters of one to four bytes and what is none, at every distance from a multiple of 16. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bothResults } from "./engines.ts"

const CHARACTERS = [
  "a",
  "\u007f",
  "\u0080",
  "\u07ff",
  "\u0800",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "\u{10000}",
  "\u{10ffff}",
]
const CHARACTER_BYTES = CHARACTERS.map((text) => Buffer.from(text))
/** Too long, too short, halves of surrogates, beyond the last character, bytes that are in none. */
const WRONG = ["80", "bf", "c0", "c080", "c1bf", "c2", "df", "e08080", "e09fbf", "e180", "eda080", "edbfbf", "ef"]
  .concat(["f0808080", "f08fbfbf", "f18080", "f4908080", "f5808080", "ff", "c3c3", "e18041", "f1808041", "c28080"])
  .map((hex) => Buffer.from(hex, "hex"))

function lineWith(name: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(
      '{"id":"s","modalities":["audio"],"startDateTime":"2026-01-05T05:32:48Z","endDateTime":"2026-01-05T05:41:18Z","caller":{"name":"',
    ),
    name,
    Buffer.from('"}}\n'),
  ])
}

function expectEqual(names: readonly Uint8Array[]): void {
  const { fast, slow } = bothResults(Buffer.concat(names.map(lineWith)))
  expect(fast).toEqual(slow)
}

describe("the engines agree on what is UTF-8", () => {
  it.each(Array.from({ length: 35 }, (_, length) => length))("behind %i bytes of ASCII", (length) => {
    const front = Buffer.alloc(length, "x")
    const ends = [...CHARACTER_BYTES, ...WRONG]
    expectEqual(
      ends.flatMap((end) => [Buffer.concat([front, end]), Buffer.concat([front, end, Buffer.alloc(18, "y")])]),
    )
  })

  it("in any row of characters and bytes that are none", () => {
    const piece = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...CHARACTER_BYTES) },
      { weight: 1, arbitrary: fc.constantFrom(...WRONG) },
    )
    const name = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.concat(pieces))
    fc.assert(
      fc.property(fc.array(name, { minLength: 20, maxLength: 20 }), (names) => expectEqual(names)),
      { numRuns: 50 },
    )
  })
})
