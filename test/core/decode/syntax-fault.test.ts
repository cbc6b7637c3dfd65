import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { findSyntaxFault } from "#core/decode/syntax-fault.ts"
import { smallJson } from "../../arbitraries/json.ts"

/** JSON of a list or an object, as records are. */
const container = smallJson.filter((value) => typeof value === "object" && value !== null)
const printed = fc.tuple(container, fc.nat({ max: 2 })).map(([value, indent]) => JSON.stringify(value, null, indent))

describe("findSyntaxFault", () => {
  it("finds the end of a text that ends too early, wherever it is cut", () => {
    fc.assert(
      fc.property(printed, fc.nat(), (text, at) => {
        const cut = text.slice(0, at % text.length)
        expect(findSyntaxFault(cut).characterIndex).toBe(cut.length)
      }),
    )
  })

  it("finds a character that fits nowhere, wherever it stands", () => {
    fc.assert(
      fc.property(printed, fc.nat(), (text, at) => {
        const index = at % text.length
        // A control character is allowed neither in a text nor between values.
        const damaged = `${text.slice(0, index)}\u0001${text.slice(index)}`
        expect(findSyntaxFault(damaged).characterIndex).toBe(index)
      }),
    )
  })

  it("finds the place in a long text, past the first piece that is looked at", () => {
    const list = Array.from({ length: 3000 }, (_, index) => index)
    const text = `{"a":[${list.join(",")},nope]}`
    expect(findSyntaxFault(text)).toEqual({ characterIndex: text.indexOf("nope") + 1, pointer: "/a/3000" })
  })

  it.each([
    ['{"id":"1","segments":[{"id":"2"},{"id":nope}]}', "ope", "/segments/1/id"],
    ['{"a/b":{"c~d":?}}', "?", "/a~1b/c~0d"],
    ["[1,2,?]", "?", "/2"],
    ["[1 2]", "2", "/0"],
    ["[1,]", "]", "/1"],
    ['{"a":1,}', "}", ""],
    ['{"a" 1}', "1", "/a"],
    ['{"a":1]', "]", "/a"],
    ["[01]", "1]", "/0"],
    ["[1.]", "]", "/0"],
    ["[-a]", "a", "/0"],
    ["[1e+]", "]", "/0"],
    ["[NaN]", "NaN", "/0"],
    ["[trye]", "ye", "/0"],
    ['["\\x"]', "x", "/0"],
    ['["\\u12G4"]', "G", "/0"],
    ["{} {}", "{}", ""],
    ["\ufeff{}", "\ufeff", ""],
  ])("names the place and the value that it lies in: %s", (text, fault, pointer) => {
    expect(findSyntaxFault(text)).toEqual({ characterIndex: text.lastIndexOf(fault), pointer })
  })

  it("is not led astray by depth", () => {
    const depth = 200_000
    expect(findSyntaxFault("[".repeat(depth)).characterIndex).toBe(depth)
  })

  it("finds none in what JSON.parse takes, and none before the change in what it refuses", () => {
    const change = fc.tuple(
      printed,
      fc.nat(),
      fc.constantFrom("", ",", '"', "{", "]", ":", "1", "-", "e", ".", "n", "\\", " "),
    )
    fc.assert(
      fc.property(change, ([text, at, inserted]) => {
        const index = at % text.length
        const changed = `${text.slice(0, index)}${inserted}${text.slice(index + 1)}`
        const { characterIndex } = findSyntaxFault(changed)
        if (isJson(changed)) expect(characterIndex).toBe(changed.length)
        else expect(characterIndex).toBeGreaterThanOrEqual(index)
      }),
      { numRuns: 1000 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
