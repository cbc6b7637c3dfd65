import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { pathBytes, pathText } from "#core/source/path-text.ts"

describe("pathText", () => {
  it("has a text of its own for every path, and no control character in it", () => {
    const awkward = fc
      .constantFrom("\\x0a", "\\", "x", "0a", "\n", "é", "\u{1f600}", "\u0085", "/")
      .map((text) => Buffer.from(text))
    const byte = fc.integer({ min: 1, max: 255 }).map((each) => Buffer.from([each]))
    fc.assert(
      fc.property(fc.array(fc.oneof(awkward, byte), { maxLength: 8 }), (parts) => {
        const path = Buffer.concat(parts)
        const text = pathText(path)
        expect(pathBytes(text)).toEqual(path)
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f]/)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ["exports/März 2024.json", "exports/März 2024.json"],
    ["a\nb.json", "a\\x0ab.json"],
    ["a\\b.json", "a\\b.json"],
    ["a\\x41.json", "a\\x5cx41.json"],
  ])("writes %j as %j", (path, text) => {
    expect(pathText(Buffer.from(path))).toBe(text)
  })

  it("keeps what is UTF-8 beside what is not", () => {
    expect(pathText(Buffer.concat([Buffer.from("é"), Buffer.from([0xff, 0xc3]), Buffer.from(".json")]))).toBe(
      "é\\xff\\xc3.json",
    )
  })
})
