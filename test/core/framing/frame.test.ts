import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FramingVerdict, ItemKind, type FramingLimits } from "#core/framing/block.ts"
import { absoluteItems, framed, type AbsoluteItem, type Framed } from "./absolute-items.ts"

const LIMITS: FramingLimits = { maxRecordBytes: 16 << 20, maxDepth: 128, blockBytes: 1 << 20 }
const BLOCK_SIZES = [1, 7, 64, 1000, 1 << 20]
const session = (id: string): string => JSON.stringify({ id, modalities: ["audio"], text: 'a"[{,}\\' })
const S1 = session("1")
const S2 = session("2")
const S3 = session("3")
const page = (...sessions: string[]): string =>
  `{"@odata.context":"x","value":[${sessions.join(",")}],"@odata.count":${sessions.length}}`
const call = (...sessions: string[]): string => `{"id":"A","sessions":[${sessions.join(", ")}],"version":1}`

async function textsOf(
  input: string,
  kinds: readonly number[] = [ItemKind.session, ItemKind.record],
): Promise<string[]> {
  const { items } = await absoluteItems(Buffer.from(input), LIMITS)
  return items.filter((item) => kinds.includes(item.kind)).map((item) => item.text)
}

describe("what is framed", () => {
  it.each([
    ["an array", `[${S1},${S2},${S3}]`, "array"],
    ["a page", page(S1, S2, S3), "odata-page"],
    ["NDJSON", `${S1}\n${S2}\r\n\n${S3}`, "ndjson"],
    ["concatenated", `${S1}${S2} ${S3}`, "concatenated"],
    [
      "concatenated and indented",
      [S1, S2, S3].map((s) => JSON.stringify(JSON.parse(s), null, 2)).join("\n\n"),
      "concatenated",
    ],
    ["a callRecord", call(S1, S2, S3), "single"],
    ["callRecords", `[${call(S1)},\n${call(S2, S3)}]`, "array"],
    ["NDJSON of pages", `${page(S1, S2)}\n${page(S3)}\n`, "ndjson"],
    ["an array of pages", `[${page(S1)},${page(S2, S3)}]`, "array"],
    ["a page of callRecords", page(call(S1, S2), call(S3)), "odata-page"],
    [
      "a batch",
      `{"responses":[{"id":"1","status":200,"body":${call(S1, S2)}},{"id":"2","body":${page(S3)}}]}`,
      "batch",
    ],
    ["the wrapper of PowerShell 5.1", `{"id":"A","sessions":{"value":[${S1},${S2},${S3}],"Count":3}}`, "single"],
    ["an unwrapped list", `[{"id":"A","sessions":${S1}},{"value":${S2}},{"sessions":[${S3}]}]`, "array"],
    ["PascalCase", `{"Value":[{"Id":"A","Sessions":[${S1},${S2}]},${S3}]}`, "odata-page"],
    ["an escaped key", `{"\\u0076alue":[${S1},${S2},${S3}]}`, "odata-page"],
  ])("%s", async (_name, input, layout) => {
    const { items, end } = await absoluteItems(Buffer.from(input), LIMITS)
    const values = items.filter((item) => item.kind === ItemKind.session || item.kind === ItemKind.record)
    expect(values.map((item) => JSON.parse(item.text))).toEqual([S1, S2, S3].map((text) => JSON.parse(text)))
    expect(end.layout).toBe(layout)
    expect(end.fault).toBeNull()
  })

  it("gives the skeleton of an envelope, with its list left empty", async () => {
    const { items } = await absoluteItems(Buffer.from(call(S1, S2)), LIMITS)
    const envelope = items.at(-1)
    expect(envelope).toMatchObject({
      kind: ItemKind.envelope,
      text: '{"id":"A","sessions":[],"version":1}',
      elementCount: 2,
      byteOffset: 0,
    })
    expect(items[1]).toMatchObject({ number: 1, parent: 0, record: 0 })
  })

  it("only looks at an object's own keys", async () => {
    const nested = `{"meta":{"value":[${S1}]},"value":[${S2}]}`
    expect(await textsOf(nested)).toEqual([S2])
  })

  it("skips byte order marks between records, cut anywhere", async () => {
    expect(await textsOf(`${S1}\n\uFEFF${S2}\n`)).toEqual([S1, S2])
  })
})

describe("damage in lines", () => {
  it.each([
    ["trailing garbage", `${S1}\n${S2} x\n${S3}\n`],
    ["a wrong bracket", `${S1}\n{"a":[}\n${S3}\n`],
    ["an open string", `${S1}\n{"a":"b\n${S3}\n`],
    ["a first line that is cut", `{"id":"x","mod\n${S1}\n${S3}\n`],
    ["a callRecord with garbage behind it", `${S1}\n${call(S2, S2)}]\n${S3}\n`],
    ["two values", `${S1}\n${S2}${S2}\n${S3}\n`],
  ])("%s costs that line", async (_name, input) => {
    const { items, end } = await absoluteItems(Buffer.from(input), LIMITS)
    expect(items.filter((item) => item.kind === ItemKind.rejectedLine)).toHaveLength(1)
    expect(items.filter((item) => item.kind === ItemKind.record)).toHaveLength(2)
    expect(items.map((item) => item.record)).toEqual([0, 1, 2])
    expect(end.fault).toBeNull()
  })

  it("rejects a line over the limit whole, however its sessions streamed by", async () => {
    const long = `${call(S1, S1, S1, S1)} x`
    const { items } = await absoluteItems(Buffer.from(`${S1}\n${long}\n${S2}\n`), {
      ...LIMITS,
      maxRecordBytes: 100,
      blockBytes: 64,
    })
    expect(items.at(-2)).toMatchObject({
      kind: ItemKind.rejectedLine,
      record: 1,
      byteLength: long.length,
      verdict: FramingVerdict.tooLarge,
    })
    expect(items.at(-1)).toMatchObject({ kind: ItemKind.record, record: 2, text: S2 })
  })
})

describe("damage in documents", () => {
  it.each([
    ["a missing comma", `[${S1} ${S2}]`, 1, S1.length + 2],
    ["a trailing comma", `[${S1},${S2},]`, 2, S1.length + S2.length + 3],
    ["a wrong bracket", `[${S1},{"a":[}]`, 2, S1.length + 8],
    ["a repeated list", `{"value":[${S1}],"value":[${S2}]}`, 1, S1.length + 20],
    ["NUL bytes between values", `[${S1}]\0\0[${S2}]`, 1, S1.length + 2],
  ])("%s ends the document there", async (_name, input, valueCount, byteOffset) => {
    const { items, end } = await absoluteItems(Buffer.from(input), LIMITS)
    expect(items.filter((item) => item.kind === ItemKind.record)).toHaveLength(valueCount)
    expect(end.fault).toMatchObject({ code: "input/corrupt", byteOffset })
  })

  it("takes NUL bytes at the end as separators", async () => {
    const { end } = await absoluteItems(Buffer.from(`[${S1}]\0\0 \0`), LIMITS)
    expect(end).toMatchObject({ fault: null, nulTailBytes: 3 })
  })

  it("marks what is too deep, and goes on behind it", async () => {
    const deep = "[".repeat(5000) + "]".repeat(5000)
    const { items } = await absoluteItems(Buffer.from(`[${S1},{"a":${deep}},${S2}]`), LIMITS)
    expect(items.map((item) => item.verdict)).toEqual([
      FramingVerdict.none,
      FramingVerdict.tooDeep,
      FramingVerdict.none,
    ])
  })
})

const EXPORTS = [
  `[${S1},${S2},${S3}]`,
  `${page(S1, S2)}\n${page(S3)}`,
  `${S1}\n${S2}\n${S3}\n`,
  `[${call(S1)}, ${call(S2, S3)}]`,
  `{"responses":[{"id":"1","body":${call(S1, S2)}},{"id":"2","body":${page(S3)}}]}`,
  `${JSON.stringify(JSON.parse(call(S1, S2)), null, 2)}\n${S3}`,
]

/** The figures that may not depend on how the input is cut. */
const same = ({ items, end, account }: Framed): unknown => ({
  items: items.map(({ at: _at, ...item }) => item),
  layout: end.layout,
  fault: end.fault,
  nulTailBytes: end.nulTailBytes,
  account,
})

describe("properties", () => {
  const damaged = fc
    .tuple(
      fc.constantFrom(...EXPORTS),
      fc.array(fc.tuple(fc.nat(600), fc.nat(255), fc.constantFrom("set", "insert", "delete")), { maxLength: 4 }),
    )
    .map(([text, edits]) => {
      const bytes = [...Buffer.from(text)]
      for (const [place, byte, kind] of edits) {
        const at = place % bytes.length
        if (kind === "set") bytes[at] = byte
        else if (kind === "insert") bytes.splice(at, 0, byte)
        else bytes.splice(at, 1)
      }
      return Buffer.from(bytes)
    })

  it("chunks and blocks change nothing, and every byte is accounted for", async () => {
    await fc.assert(
      fc.asyncProperty(
        damaged,
        fc.constantFrom(...BLOCK_SIZES),
        fc.integer({ min: 1, max: 50 }),
        async (bytes, blockBytes, chunkBytes) => {
          const whole = await absoluteItems(bytes, LIMITS)
          const cut = await absoluteItems(bytes, { ...LIMITS, blockBytes }, chunkBytes)
          expect(same(cut)).toEqual(same(whole))
          expect(cut.accountedBytes).toBe(bytes.length)
          expect(whole.accountedBytes).toBe(bytes.length)
        },
      ),
      { numRuns: 400 },
    )
  })

  it("keeps every item that ends before a cut, and adds at most one", async () => {
    const isValue = (item: AbsoluteItem): boolean => item.kind === ItemKind.record || item.kind === ItemKind.session
    for (const text of EXPORTS) {
      const bytes = Buffer.from(text)
      const whole = await absoluteItems(bytes, LIMITS)
      for (let cut = 1; cut < bytes.length; cut++) {
        const { items, end } = await absoluteItems(bytes.subarray(0, cut), LIMITS)
        const before = whole.items.filter((item) => isValue(item) && item.byteOffset + item.byteLength <= cut)
        const values = items.filter(isValue)
        expect(values.slice(0, before.length).map((item) => item.text)).toEqual(before.map((item) => item.text))
        const extra = values.slice(before.length)
        expect(extra.length).toBeLessThanOrEqual(1)
        if (extra.length === 1) expect(end.fault?.code).toBe("input/truncated")
        expect(items.some((item) => item.kind === ItemKind.rejectedLine)).toBe(false)
      }
    }
  })

  it("arbitrary bytes never break it", async () => {
    const soup = fc.array(fc.constantFrom(...'[]{},:"\\\n\r \0a1', '"value":[', '"sessions":{', "\uFEFF"), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(soup, fc.constantFrom(...BLOCK_SIZES), async (parts, blockBytes) => {
        const bytes = Buffer.from(parts.join(""))
        const cut = await absoluteItems(bytes, { ...LIMITS, blockBytes, maxRecordBytes: 20 })
        expect(cut.accountedBytes).toBe(bytes.length)
        expect(same(cut)).toEqual(same(await absoluteItems(bytes, { ...LIMITS, maxRecordBytes: 20 })))
      }),
      { numRuns: 1000 },
    )
  })

  it("a rejected line takes nothing else with it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.constantFrom("garbage", "{]", '"', "}", "\0x", "nul l"),
        async (place, garbage) => {
          const lines = [S1, S2, S3]
          lines.splice(place, 0, garbage)
          const { items } = await absoluteItems(Buffer.from(`${lines.join("\n")}\n`), LIMITS)
          expect(items).toHaveLength(4)
          expect(items.filter((item) => [S1, S2, S3].includes(item.text))).toHaveLength(3)
        },
      ),
    )
  })

  it("leaves lines to the workers, also where a block may hold more than a record", async () => {
    const limits = { ...LIMITS, maxRecordBytes: 200, blockBytes: 10_000 }
    const { blocks } = await framed(Buffer.from(`${S1}\n`.repeat(1000)), limits, 1000)
    expect(blocks.filter(({ items }) => items !== null)).toEqual([])
  })

  it("gives blocks of about the size that was asked for", async () => {
    const { blocks } = await framed(Buffer.from(`${S1}\n`.repeat(1000)), { ...LIMITS, blockBytes: 4096 }, 100_000)
    for (const block of blocks) expect(block.bytes.length).toBeLessThanOrEqual(2 * 4096)
    expect(blocks.length).toBeGreaterThan(5)
  })
})
