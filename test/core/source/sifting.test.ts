import { gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { holdsJson, isClutter, isDataName, looksLikeJson } from "#core/source/sifting.ts"

describe("looksLikeJson", () => {
  it.each([
    "{}",
    "[]",
    '{"a":1}',
    "[1",
    "[-1",
    "[ true",
    '["a',
    "[{",
    "[[",
    "{",
    "[",
    " \r\n\t[\n",
    "\uFEFF[]",
    "[null,1]",
  ])("takes %j", (text) => {
    expect(looksLikeJson(Buffer.from(text))).toBe(true)
    expect(looksLikeJson(Buffer.from(`\uFEFF${text}`, "utf16le"))).toBe(true)
    expect(looksLikeJson(Buffer.from(`\uFEFF${text}`, "utf16le").swap16())).toBe(true)
  })

  it.each([
    "",
    "  ",
    "# Readme",
    "[![badge](https://example.org)",
    "[link](a)",
    "{% if %}",
    "[section]",
    "-----BEGIN",
    "<html>",
  ])("leaves %j", (text) => {
    expect(looksLikeJson(Buffer.from(text))).toBe(false)
  })

  it("takes what is white space as far as is seen", () => {
    expect(looksLikeJson(Buffer.alloc(4096, " "))).toBe(true)
  })
})

describe("holdsJson", () => {
  it("looks into compressed files, of which it may have the beginning alone", async () => {
    const stored = gzipSync(
      Buffer.from(Array.from({ length: 5000 }, (_, index) => `[${(index * 7919) % 10_007}]`).join("\n")),
    )
    expect(await holdsJson(stored.subarray(0, 1000))).toBe(true)
    expect(await holdsJson(gzipSync("a text"))).toBe(false)
    expect(await holdsJson(Buffer.from([0x1f, 0x8b, 0, 0, 0]))).toBe(false)
  })
})

describe("names", () => {
  it.each(["a.json", "a.NDJSON", "a.jsonl", "a.json.gz", "a.zst", "dir/a.zip"])("%s is data", (name) =>
    expect(isDataName(name)).toBe(true),
  )
  it.each(["a.txt", "json", "a.json.bak", "a.gzx"])("%s is none", (name) => expect(isDataName(name)).toBe(false))
  it.each([
    "__MACOSX/a.json",
    "x/__MACOSX/y/a\nb.json",
    "._a.json",
    "x/._a",
    ".DS_Store",
    "Thumbs.db",
    "x/desktop.ini",
  ])("%j is clutter", (name) => expect(isClutter(name)).toBe(true))
  it.each(["a._b.json", "_MACOSX/a.json", "my.DS_Store", "__MACOSX.json"])("%s is not", (name) =>
    expect(isClutter(name)).toBe(false),
  )
})
