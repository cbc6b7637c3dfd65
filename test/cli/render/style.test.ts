import { stripVTControlCharacters } from "node:util"
import fc from "fast-check"
import { afterEach, describe, expect, it, vi } from "vitest"
import { escapeText } from "#cli/render/escape.ts"
import { bar, clip, columnsOf, fill, layoutFor, padEnd, padStart, paintFor, profile } from "#cli/render/style.ts"

afterEach(() => vi.unstubAllEnvs())

/** Only these decide, whatever the machine of the test says. */
function environment(variables: { NO_COLOR?: string; FORCE_COLOR?: string; TERM?: string }): void {
  for (const name of ["NO_COLOR", "FORCE_COLOR", "TERM"] as const) vi.stubEnv(name, variables[name])
}

const isPainted = (stream: { isTTY?: boolean }, wantsColor = true): boolean =>
  paintFor(stream, wantsColor)("red", "text") !== "text"

describe("paintFor", () => {
  it.each([
    ["a terminal", {}, { isTTY: true }, true],
    ["no terminal", {}, {}, false],
    ["NO_COLOR", { NO_COLOR: "1" }, { isTTY: true }, false],
    ["an empty NO_COLOR", { NO_COLOR: "" }, { isTTY: true }, true],
    ["NO_COLOR against FORCE_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, { isTTY: true }, false],
    ["FORCE_COLOR", { FORCE_COLOR: "1" }, {}, true],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, { isTTY: true }, false],
    ["a dumb terminal", { TERM: "dumb" }, { isTTY: true }, false],
  ])("with %s", (_name, variables, stream, expected) => {
    environment(variables)
    expect(isPainted(stream)).toBe(expected)
  })

  it("does as --no-color says, whatever the environment says", () => {
    environment({ FORCE_COLOR: "1" })
    expect(isPainted({ isTTY: true }, false)).toBe(false)
  })

  it("leaves the text as it is but for its paint", () => {
    environment({ FORCE_COLOR: "1" })
    expect(stripVTControlCharacters(paintFor({}, true)("cyan", "text"))).toBe("text")
  })
})

describe("layoutFor", () => {
  it.each([
    [{ isTTY: true, columns: 80 }, 80],
    [{ isTTY: true, columns: 20 }, 60],
    [{ isTTY: true, columns: 250 }, 100],
    [{ isTTY: true }, 100],
    [{ columns: 80 }, 100],
  ])("%j is %i columns wide", (stream, width) => expect(layoutFor(stream, false).width).toBe(width))
})

const painted = fc
  .array(fc.tuple(fc.constantFrom("", "red", "dim"), fc.string({ unit: "grapheme", maxLength: 20 }).map(escapeText)))
  .map((parts) => {
    environment({ FORCE_COLOR: "1" })
    const paint = paintFor({}, true)
    return parts.map(([style, text]) => (style === "" ? text : paint(style as "red" | "dim", text))).join("")
  })

describe("clip", () => {
  it("gives no more columns than there are, and what fits unchanged", () => {
    fc.assert(
      fc.property(painted, fc.integer({ min: 1, max: 80 }), (text, width) => {
        const clipped = clip(text, width)
        expect(columnsOf(clipped)).toBeLessThanOrEqual(width)
        if (columnsOf(text) <= width) expect(clipped).toBe(text)
        else expect(stripVTControlCharacters(clipped)).toMatch(/…$/)
      }),
    )
  })

  it("keeps the beginning, and all paint, so that none runs on", () => {
    environment({ FORCE_COLOR: "1" })
    const paint = paintFor({}, true)
    expect(clip(`${paint("red", "red text")} and more`, 5)).toBe(paint("red", "red …"))
    expect(clip(`plain ${paint("red", "red")}`, 4)).toBe(`pla…${paint("red", "")}`)
  })

  it("counts wide characters as two columns", () => expect(clip("日本語日本語", 7)).toBe("日本語…"))
})

describe("fill", () => {
  it("puts as many parts into a line as fit, in order, and loses none", () => {
    const parts = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 12, max: 60 }), (words, width) => {
        const lines = fill(words, width)
        expect(lines.flatMap((line) => line.split(" · "))).toEqual(words)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
        for (const [index, line] of lines.slice(1).entries()) {
          expect(`${lines[index]} · ${line.split(" · ")[0]}`.length).toBeGreaterThan(width)
        }
      }),
    )
  })
})

describe("padding", () => {
  it("fills columns, and never cuts", () => {
    fc.assert(
      fc.property(painted, fc.nat(60), (text, width) => {
        const columns = Math.max(width, columnsOf(text))
        expect(columnsOf(padStart(text, width))).toBe(columns)
        expect(columnsOf(padEnd(text, width))).toBe(columns)
      }),
    )
  })
})

describe("bar", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  it("is as wide as its share, to an eighth of a column", () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 100 }), (of, width) => {
        const eighths = [...bar(of, width)].reduce((sum, block) => sum + ("▏▎▍▌▋▊▉█".indexOf(block) + 1), 0)
        expect(Math.abs(eighths - of * width * 8)).toBeLessThanOrEqual(of * width * 8 < 1 ? 1 : 0.5)
        expect(columnsOf(bar(of, width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it("of nothing is nothing, of hardly anything a sliver", () => expect([bar(0, 10), bar(1e-9, 10)]).toEqual(["", "▏"]))
})

describe("profile", () => {
  it("is as high as each value's share of the greatest", () => expect(profile([0, 1, 4, 8])).toBe(" ▁▄█"))

  it("has a column for each value, and a blank only for nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (values) => {
        const columns = [...profile(values)]
        expect(columns.map((column) => column === " ")).toEqual(values.map((value) => value === 0))
      }),
    )
  })
})
