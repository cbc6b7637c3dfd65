import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { findLoneSurrogate } from "#core/check/lone-surrogate.ts"

describe("findLoneSurrogate", () => {
  it("finds none in text that UTF-8 can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        expect(findLoneSurrogate(value)).toBeNull()
      }),
    )
  })

  it.each([
    [{ a: ["x", "\ud83d"] }, "/a/1"],
    [{ a: "\ude00\ud83d" }, "/a"],
    [{ a: "\ud83d\ude00", b: { "c/d": "\ude00" } }, "/b/c~1d"],
    // A pointer to the key itself could not be written.
    [{ a: { "\ud83d": 1 } }, "/a"],
  ])("points to the first: %j", (value, pointer) => expect(findLoneSurrogate(value)).toBe(pointer))
})
