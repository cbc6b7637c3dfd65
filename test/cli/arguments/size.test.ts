import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseSize, sizeWithin } from "#cli/arguments/size.ts"

const UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }
type Unit = keyof typeof UNITS

describe("parseSize", () => {
  it("is the number times the unit, whatever the case and whether a blank is between", () => {
    const units = fc.constantFrom(...(Object.keys(UNITS) as Unit[]))
    fc.assert(
      fc.property(fc.nat(5000), units, fc.constantFrom("", " "), fc.boolean(), (value, unit, blank, isLower) => {
        const text = `${value}${blank}${unit}`
        expect(parseSize(isLower ? text.toLowerCase() : text)).toBe(value * UNITS[unit])
      }),
    )
  })

  it("reads what it is given in bytes as it is", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseSize(String(bytes))).toBe(bytes)
      }),
    )
  })

  it.each([
    ["1.5KiB", 1536],
    ["0.5MB", 500_000],
    ["0", 0],
  ])("%s is %i bytes", (text, bytes) => expect(parseSize(text)).toBe(bytes))

  it.each([
    "",
    " ",
    "MiB",
    "16M",
    "16 MiB x",
    "-1",
    "+1",
    "1e6",
    "0x10",
    "1,5MB",
    ".5MB",
    "Infinity",
    "9007199254740993",
  ])("%j is no size", (text) => expect(() => parseSize(text)).toThrow("16MiB"))

  it("gives a safe number or an error for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{0,30}\.?\d{0,5}[kKmMgGtT]?i?[bB]?$/)), (text) => {
        try {
          expect(Number.isSafeInteger(parseSize(text))).toBe(true)
        } catch (cause) {
          expect(String(cause)).toContain("A size is written")
        }
      }),
    )
  })
})

describe("sizeWithin", () => {
  const parse = sizeWithin("1KiB", "256MiB")

  it("takes its ends", () => expect([parse("1024"), parse("0.25GiB")]).toEqual([1024, 2 ** 28]))

  it.each(["1023", "256.1MiB"])("does not take %s, and names its ends", (text) =>
    expect(() => parse(text)).toThrow("from 1KiB to 256MiB"),
  )
})
