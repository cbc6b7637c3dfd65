/** Framing with runs, taken apart again, gives what framing without them gives: for any document, cut and damage. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ITEM_FIELDS, ItemField, ItemKind, type FramingLimits } from "#core/framing/block.ts"
import { frameLines } from "#core/framing/frame-lines.ts"
import { itemsOf } from "#core/framing/items-of.ts"
import { RunFinder } from "#core/framing/run-framer.ts"
import { damage, damaged } from "../../arbitraries/damage.ts"
import { absoluteItem, absoluteItems, framed, joined, type Framed } from "./absolute-items.ts"

const LIMITS: FramingLimits = { maxRecordBytes: 300, maxDepth: 6, blockBytes: 1 << 20 }
const finder = new RunFinder(1)

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.nat(200).map((length) => "x".repeat(length)),
  fc.constantFrom('"', "\\", "\\\\\\", '\\"', "{[,:]}", '"value":[', "\n", "\u00e9", "},{"),
)
const name = fc.constantFrom(
  "id",
  "a",
  "value",
  "sessions",
  "Session",
  "segments",
  "responses",
  "body",
  "v\\",
  'value"',
  "valued",
)
const scalar = fc.oneof(fc.nat(), fc.boolean(), fc.constant(null), text)

/** Objects such as sessions, callRecords and pages, some too deep or too large, and what else may stand in a list. */
const { element } = fc.letrec<{ plain: unknown; object: unknown; element: unknown }>((tie) => ({
  plain: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie("plain"), { maxLength: 2 }), tie("object")),
  object: fc.dictionary(name, tie("plain"), { maxKeys: 4 }),
  element: fc.oneof(
    { weight: 6, arbitrary: tie("object") },
    { weight: 1, arbitrary: tie("plain") },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom("sessions", "value", "Documents", "responses"), fc.array(tie("plain"), { maxLength: 5 }))
        .map(([key, list]) => ({ id: "A", [key]: list, version: 1 })),
    },
  ),
}))

const separator = fc.constantFrom(",", ", ", ",\n", " ,\r\n\t", "\n,", "")
const between = fc.constantFrom("\n", " ", "\r\n\r\n", "", "\uFEFF", "\0")
const indent = fc.constantFrom("", " ", "\t")

/** Keys written as escapes are list keys as well. */
const escaped = (json: string): string => json.replaceAll('"sessions"', '"sess\\u0069ons"')

const elements = fc
  .tuple(fc.array(element, { maxLength: 12 }), indent, fc.boolean())
  .map(([values, space, isEscaped]) =>
    values.map((value) => (isEscaped ? escaped : String)(JSON.stringify(value, null, space))),
  )

const document = fc.oneof(
  fc.tuple(elements, separator).map(([texts, comma]) => `[${texts.join(comma)}]`),
  fc.tuple(elements, separator).map(([texts, comma]) => `{"a":1,"value":[${texts.join(comma)}],"b":{}}`),
  fc.tuple(elements, separator).map(([texts, comma]) => `{"id":"A","sessions":[ ${texts.join(comma)} ],"b":[]}`),
  fc.tuple(elements, between).map(([texts, gap]) => `{\n"id":1}\n${texts.join(gap)}`),
)

const input = fc
  .tuple(document, fc.array(damage, { maxLength: 2 }))
  .map(([json, changes]) => Buffer.from(changes.reduce<Uint8Array>(damaged, Buffer.from(json))))

/** Where a block begins may differ. */
function comparable({ items, end, account }: Framed): unknown {
  return { items: items.map(({ at: _at, ...item }) => item), end: { ...end, account: null }, account }
}

/** What a line holds; where a skeleton is kept may differ. */
function inLine(bytes: Uint8Array, withFinder: RunFinder | null): unknown {
  const block = { blockIndex: 0, byteOffset: 0, bytes, isLines: true, items: null }
  const table = itemsOf({ ...block, items: frameLines(bytes, 0, LIMITS, withFinder) }, LIMITS)
  const items = Array.from({ length: table.itemCount }, (_, row) => absoluteItem(block, table, row, NOWHERE))
  return { ...table, skeletons: null, fields: items.map(({ at: _at, ...item }) => item) }
}

const NOWHERE = { line: 0, record: 0 }

describe("runs", () => {
  it("hold what scanning each element gives, whatever the document, the cuts and the damage", async () => {
    await fc.assert(
      fc.asyncProperty(
        input,
        fc.constantFrom(1, 50, 200, 1 << 20),
        fc.constantFrom(1, 33, 100, 1 << 16),
        async (bytes, blockBytes, chunkBytes) => {
          const limits = { ...LIMITS, blockBytes }
          const withRuns = await absoluteItems(bytes, limits, chunkBytes, finder)
          expect(comparable(withRuns)).toEqual(comparable(await absoluteItems(bytes, limits, chunkBytes)))
          expect(withRuns.accountedBytes).toBe(bytes.length)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it("can be gone on from, behind any block that says so", async () => {
    let placeCount = 0
    await fc.assert(
      fc.asyncProperty(
        input,
        fc.constantFrom(1, 50, 200),
        fc.constantFrom(33, 100),
        async (bytes, blockBytes, size) => {
          const limits = { ...LIMITS, blockBytes }
          const whole = await framed(bytes, limits, size, finder)
          const expected = comparable(joined(whole, limits))
          for (const [index, { behind }] of whole.blocks.entries()) {
            if (behind === null) continue
            placeCount += 1
            const rest = await framed(bytes, { ...limits, blockBytes: 70 }, 50, finder, behind)
            const blocks = [...whole.blocks.slice(0, index + 1), ...rest.blocks]
            expect(comparable(joined({ blocks, end: rest.end }, limits))).toEqual(expected)
          }
        },
      ),
      { numRuns: 2000 },
    )
    expect(placeCount).toBeGreaterThan(1000)
  })

  it("hold what scanning each element of a line gives", () => {
    fc.assert(
      fc.property(input, (bytes) => {
        const line = bytes.map((byte) => (byte === 0x0a ? 0x20 : byte))
        expect(inLine(line, finder)).toEqual(inLine(line, null))
      }),
      { numRuns: 3000 },
    )
  })

  it("hold what arbitrary bytes give", async () => {
    const soup = fc.array(
      fc.constantFrom(...'[]{},:"\\\n\r a', "{}", ",{}", '{"a":"', '"}', '"value":[', '"sessions":[', "x".repeat(60)),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(soup, fc.constantFrom('[{"a":1},', "{\n}\n{}", '{"value":['), async (parts, start) => {
        const bytes = Buffer.from(start + parts.join(""))
        const withRuns = await absoluteItems(bytes, LIMITS, 1 << 16, finder)
        expect(comparable(withRuns)).toEqual(comparable(await absoluteItems(bytes, LIMITS)))
      }),
      { numRuns: 3000 },
    )
  })

  const session = (index: number): string =>
    JSON.stringify({ id: `${index}`, modalities: ["audio"], caller: { a: {} } })
  const sessions = Array.from({ length: 1000 }, (_, index) => session(index))

  it.each([
    ["an array", `[${sessions.join(",\n")}]`, 1],
    ["a page", `{"@odata.context":"x","value":[${sessions.join(",")}]}`, 1],
    ["a callRecord", `{"id":"A","sessions":[${sessions.join(",")}],"version":1}`, 1],
    ["values of a sequence, behind the first", `{\n}${sessions.join("\n")}`, 2],
    ["callRecords", `[${'{"id":"A","sessions":[{},{}]},'.repeat(50)}{}]`, 1],
    ["pages in an array", `[${`{"value":[${sessions.slice(0, 2).join(",")}]},`.repeat(20)}{}]`, 1],
    ["pages of a sequence, behind the first", `{\n}${'{"value":[{},{}]}\n'.repeat(20)}`, 2],
    ["a list of callRecords", `{"value":[${'{"id":"A","sessions":[{},{}]},'.repeat(50)}{}]}`, 1],
    ["a batch", `{"responses":[${'{"id":"1","body":{"id":"A","sessions":[{},{}]}},'.repeat(50)}{}]}`, 51],
  ])("are few in %s", async (_name, json, itemCount) => {
    const { blocks } = await framed(Buffer.from(json), { ...LIMITS, maxDepth: 128 }, 1 << 20, finder)
    const kinds = blocks.flatMap(({ items }) =>
      Array.from({ length: items?.itemCount ?? 0 }, (_, row) => items?.fields[row * ITEM_FIELDS + ItemField.kind]),
    )
    expect(kinds.filter((kind) => kind !== ItemKind.envelope)).toHaveLength(itemCount)
  })

  it("are not looked for where there are few bytes", async () => {
    const { blocks } = await framed(
      Buffer.from(`[${sessions.slice(0, 5).join(",")}]`),
      LIMITS,
      1 << 20,
      new RunFinder(),
    )
    expect(blocks.map(({ items }) => items?.itemCount)).toEqual([5])
  })
})
