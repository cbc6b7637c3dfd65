import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { escapeText } from "#cli/render/escape.ts"

const text = fc.string({ unit: "binary" })

describe("escapeText", () => {
  it("leaves nothing that moves a cursor, hides text or turns it round", () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) })),
        (any) => {
          const escaped = escapeText(any)
          expect(escaped).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        },
      ),
    )
  })

  it("leaves what it has escaped as it is", () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(escapeText(escapeText(any))).toBe(escapeText(any))
      }),
    )
  })

  it("leaves letters of all scripts, signs and blanks as they are", () => {
    const plain = "Grüße, 日本語 👋 \\ <b> 'a' \"b\" ñ"
    expect(escapeText(plain)).toBe(plain)
  })

  it.each([
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["a\r\nb\tc\u0000", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"],
    ["\u009b31m", "\\u{9b}31m"],
    ["abc\u202etxt.exe", "abc\\u{202e}txt.exe"],
    ["\u2066a\u2069", "\\u{2066}a\\u{2069}"],
    ["a\u2028b\u200bc\ufeff", "a\\u{2028}b\\u{200b}c\\u{feff}"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ud800", "\\u{d800}"],
  ])("%j becomes %j", (any, escaped) => expect(escapeText(any)).toBe(escaped))
})
