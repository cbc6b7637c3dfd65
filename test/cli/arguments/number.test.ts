import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseShare, wholeNumber } from "#cli/arguments/number.ts"

describe("wholeNumber", () => {
  it("takes exactly the whole numbers between its ends", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (value, a, b) => {
        const [least, most] = a < b ? [a, b] : [b, a]
        const parse = wholeNumber(least, most)
        if (value >= least && value <= most) expect(parse(String(value))).toBe(value)
        else expect(() => parse(String(value))).toThrow(`from ${least} to ${most}`)
      }),
    )
  })

  it.each(["", "1.0", "-1", "+1", "1e2", "0x1", " 1", "1 ", "one"])("%j is none", (text) =>
    expect(() => wholeNumber(0, 100)(text)).toThrow("whole number"),
  )
})

describe("parseShare", () => {
  it.each([
    ["0", 0],
    ["1", 1],
    [".5", 0.5],
    ["0.02", 0.02],
  ])("%s is %d", (text, share) => expect(parseShare(text)).toBe(share))

  it.each(["", "1.01", "-0", "2 %", "5%", "1e-3", "."])("%j is none", (text) =>
    expect(() => parseShare(text)).toThrow("from 0 to 1"),
  )
})
