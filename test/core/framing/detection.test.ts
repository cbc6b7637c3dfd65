/** NDJSON or documents. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { detectMode } from "#core/framing/detection.ts"

const S = '{"id":"1","m":["audio"]}'
const indented = JSON.stringify(JSON.parse(S), null, 2)

const modeOf = (text: string, maxLineBytes = 1 << 20): "lines" | "documents" | null =>
  detectMode(Buffer.from(text, "latin1"), true, maxLineBytes)

describe("lines", () => {
  it.each([
    ["a whole value before another", `${S}\n${S}\n`],
    ["a whole value before garbage", `${S}\nx`],
    ["CRLF", `${S}\r\n${S}`],
    ["empty lines before and between", `\n\r\n${S}\n\n${S}\n`],
    ["byte order marks between", `${S}\n\xEF\xBB\xBF${S}\n`],
    ["lines of NUL bytes", `\0\0\n${S}\n\0\n${S}\n`],
    ["scalars", "null\n12\n"],
    ["a first line that is cut in a text", `{"id":"1\n${S}\n`],
    ["a first line that is cut behind a comma", `{"id":"1",\n${S}\n`],
    ["a first line that is cut behind a colon", `{"id":\n${S}\n${S}\n`],
    ["a first line with a wrong bracket", `{"id":[}\n${S}\n`],
    ["a first line with garbage behind its value", `${S} x\n${S}\n`],
    ["a first line with two values", `${S}${S}\n${S}\n`],
    ["a first line that is garbage", `%\n${S}\n`],
    ["a bracket behind the first value that the next line does not go on with", `${S} {\n${S}\n`],
  ])("%s", (_name, text) => {
    expect(modeOf(text)).toBe("lines")
  })
})

describe("documents", () => {
  it.each([
    ["nothing", ""],
    ["white space and NUL bytes", " \r\n\0\0\n"],
    ["a lone line", S],
    ["a lone line with its end", `${S}\n\n`],
    ["a lone line before NUL bytes", `${S}\n\0\0\0`],
    ["a lone line of several values", `${S}${S}\n`],
    ["a lone line that is damaged", `[${S}\n`],
    ["an indented value", indented],
    ["an array with a value a line", `[\n${S},\n${S}\n]`],
    ["an array with commas before its values", `[${S}\n,${S}\n,${S}]`],
    ["values that carriage returns part", `${S}\r${S}\r${S}`],
    ["a compact value right before an indented one", S + indented],
    ["a colon on the next line", '{"id"\n:"1"}'],
  ])("%s", (_name, text) => {
    expect(modeOf(text)).toBe("documents")
  })

  it("a first line that is longer than a line may be, wherever it ends", () => {
    expect(modeOf(`${S}\n${S}\n`, S.length)).toBe("lines")
    expect(modeOf(`${S}\n${S}\n`, S.length - 1)).toBe("documents")
    expect(detectMode(Buffer.from(S), false, S.length - 1)).toBe("documents")
  })
})

describe("a beginning", () => {
  it("decides nothing, or what the whole decides", () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "\n",
      "\r\n",
      " ",
      "\0",
      "\xEF\xBB\xBF",
      S,
      `${S}\n`,
      indented,
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(4, 30, 1000),
        (pieces, share, maxLineBytes) => {
          const bytes = Buffer.from(pieces.join(""), "latin1")
          const beginning = detectMode(bytes.subarray(0, Math.floor(share * bytes.length)), false, maxLineBytes)
          if (beginning !== null) expect(detectMode(bytes, true, maxLineBytes)).toBe(beginning)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
