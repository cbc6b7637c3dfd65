/** What holds of the items of any bytes, and structures that were once read wrongly. */
import { createHash } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  FramingVerdict,
  ITEM_FIELDS,
  ItemField,
  ItemKind,
  type Block,
  type FramingLimits,
} from "#core/framing/block.ts"
import { frameLines } from "#core/framing/frame-lines.ts"
import { absoluteItems, framed, type AbsoluteItem, type Framed } from "./absolute-items.ts"

const LIMITS: FramingLimits = { maxRecordBytes: 1 << 20, maxDepth: 128, blockBytes: 1 << 20 }
const session = (id: string): string => `{"id":"${id}","m":["audio"],"t":"x\\"[y"}`
const [S1, S2, S3] = [session("1"), session("2"), session("3")]
const BLOCK_SIZES = [1, 3, 7, 16, 64, 200, 1000, 1 << 20]

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex")

/** Text whose characters are bytes. */
const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1")

/** The items of a text, which must be the same for every block size. */
async function itemsOf(text: string, limits: Partial<FramingLimits> = {}): Promise<Framed> {
  const whole = await absoluteItems(bytesOf(text), { ...LIMITS, ...limits })
  for (const blockBytes of BLOCK_SIZES) {
    for (const chunkBytes of [1, 1 << 16]) {
      expect(same(await absoluteItems(bytesOf(text), { ...LIMITS, ...limits, blockBytes }, chunkBytes))).toEqual(
        same(whole),
      )
    }
  }
  return whole
}

const same = ({ items, end, account }: Framed): unknown => ({
  items: items.map(({ at: _at, ...item }) => item),
  end: { ...end, account },
})

const kindsOf = ({ items }: Framed): [number, string][] => items.map(({ kind, text }) => [kind, text])

describe("NUL bytes in a line", () => {
  it("reject the line with the value before them, and nothing behind its end", async () => {
    const found = await itemsOf(`${S1}\n${S2}\0\0\n\0\n${S3}\n`)
    expect(found.items.map(({ kind, record }) => [kind, record])).toEqual([
      [ItemKind.record, 0],
      [ItemKind.rejectedLine, 1],
      [ItemKind.nulRun, 2],
      [ItemKind.record, 3],
    ])
    expect(found.items[1]).toMatchObject({ text: `${S2}\0\0`, verdict: FramingVerdict.malformed })
  })

  it("are separators behind the last value where no line end follows", async () => {
    const found = await itemsOf(`${S1}\n${S2}\0\0 \0`)
    expect(kindsOf(found)).toEqual([
      [ItemKind.record, S1],
      [ItemKind.record, S2],
    ])
    expect(found.end).toMatchObject({ nulTailBytes: 3, fault: null })
  })

  it("reject the line of the value behind them", async () => {
    expect(kindsOf(await itemsOf(`${S1}\n\0\0${S2}\n${S3}\n`))[1]).toEqual([ItemKind.rejectedLine, `\0\0${S2}`])
  })

  it("are not kept, however many they are", async () => {
    const { items } = await itemsOf(`${S1}\n${S2}\n${"\0".repeat(500)}\n${S3}\n`, { maxRecordBytes: 100 })
    const digest = sha256(new Uint8Array(500))
    expect(items[2]).toMatchObject({ kind: ItemKind.nulRun, at: -1, byteLength: 500, digest })
  })
})

describe("byte order marks", () => {
  it("are separators in front of a record", async () => {
    expect(kindsOf(await itemsOf(`${S1}\n\xEF\xBB\xBF${S2}\n\xEF\xBB\xBF\n${S3}`)).map(([, text]) => text)).toEqual([
      S1,
      S2,
      S3,
    ])
  })

  it("reject a line behind its value", async () => {
    expect(kindsOf(await itemsOf(`${S1}\n${S2}\xEF\xBB\xBF\n${S3}\n`))[1]).toEqual([
      ItemKind.rejectedLine,
      `${S2}\xEF\xBB\xBF`,
    ])
  })

  it("that are cut reject a line, also one over the limit", async () => {
    const long = `{"x":"${"y".repeat(200)}"}\xEF`
    const { items } = await itemsOf(`${S1}\n${long}\n${S2}\n`, { maxRecordBytes: 100 })
    expect(items[1]).toMatchObject({
      kind: ItemKind.rejectedLine,
      byteLength: long.length,
      verdict: FramingVerdict.tooLarge,
    })
    expect(items[2]).toMatchObject({ kind: ItemKind.record, text: S2 })
  })
})

describe("a line over the limit that is rejected", () => {
  it("counts as one record, whatever was framed in it before", async () => {
    const long = `[${S1},${S1},${S1}]x`
    const { items } = await itemsOf(`${S1}\n${long}\n${S2}\n`, { maxRecordBytes: 60 })
    expect(items.map(({ kind, record, byteLength }) => [kind, record, byteLength])).toEqual([
      [ItemKind.record, 0, S1.length],
      [ItemKind.rejectedLine, 1, long.length],
      [ItemKind.record, 2, S2.length],
    ])
  })

  it("has all its bytes counted as a record's", async () => {
    const long = `{"sessions":[${S1},${S1}]} x`
    const { account } = await itemsOf(`${S1}\n${long}\n`, { maxRecordBytes: 40 })
    expect(account).toEqual({
      recordBytes: S1.length + long.length,
      separatorBytes: 2,
      envelopeBytes: 0,
      damageBytes: 0,
    })
  })
})

describe("a line behind more white space than a record may have bytes", () => {
  it.each([`[${S1} x`, "\xEF", "\xEF\xBB\xBFx y"])("is rejected with its bytes: %s", async (line) => {
    const { items } = await itemsOf(`${S1}\n${S3}\n${" ".repeat(300)}${line}\n${S2}\n`, { maxRecordBytes: 100 })
    const rejected = items.slice(2, -1)
    expect(rejected.map(({ text }) => text)).toEqual([line.replace("\xEF\xBB\xBF", "")])
    expect(items.at(-1)).toMatchObject({ kind: ItemKind.record, text: S2, record: 3 })
  })
})

describe("a list key", () => {
  it.each([
    ["before a value and a bracket", `{"value":1 [2]}`],
    ["before a bracket without a colon", `{"value" [2]}`],
    ["with something before the colon", `{"value"x:[2]}`],
    ["of an inner object", `{"a":{"value":[2]}}`],
    ["as a text", `{"a":"value","b":[2]}`],
    ["of another spelling", `{"VALUE":[2],"\\u0056alued":[2]}`],
    ["before a text", `{"value":"[2]","sessions":null}`],
    ["that only an answer has", `{"body":[2]}`],
  ])("%s opens nothing: the object is one record", async (_name, object) => {
    expect(kindsOf(await itemsOf(`[${object},${S1}]`))).toEqual([
      [ItemKind.record, object],
      [ItemKind.record, S1],
    ])
  })

  it.each(['{"value" : [2]}', '{"value":\n\t[2]}', '{"\\u0076\\u0061lue":[2]}', '{"a":1,"Documents":[2]}'])(
    "%s opens a list",
    async (object) => {
      expect(kindsOf(await itemsOf(`[${object}]`))).toEqual([
        [ItemKind.record, "2"],
        [ItemKind.envelope, object.replace("2", "")],
      ])
    },
  )
})

describe("PowerShell's forms of a list of sessions", () => {
  it.each([
    ["the wrapper", `{"value":[${S1},${S2}],"Count":2}`, [S1, S2]],
    ["an empty wrapper", `{"value":[],"Count":0}`, []],
    ["a wrapper that ends with its value", `{"Count":1,"value":${S1}}`, [S1]],
    ["a lone session", S1, [S1]],
    ["a wrapper around what has a list itself", '{"value":{"value":[1]},"Count":1}', ['{"value":[1]}']],
  ])("%s", async (_name, list, sessions) => {
    const { items } = await itemsOf(`[{"id":"A","sessions":${list},"version":1}]`)
    expect(items.slice(0, -1).map(({ kind, number, text }) => [kind, number, text])).toEqual(
      sessions.map((text, index) => [ItemKind.session, index, text]),
    )
    expect(items.at(-1)).toMatchObject({
      text: '{"id":"A","sessions":[],"version":1}',
      elementCount: sessions.length,
      parent: -1,
    })
  })
})

describe("depth", () => {
  const deep = (brackets: number): string => "[".repeat(brackets) + "]".repeat(brackets)

  it("counts from the record's root: an element of a callRecord lies two brackets deep", async () => {
    const input = (inner: number): string => `[{"sessions":[{"a":${deep(inner)}}]},{"a":${deep(inner)}}]`
    const verdicts = async (inner: number): Promise<number[]> =>
      (await itemsOf(input(inner), { maxDepth: 10 })).items.map(({ verdict }) => verdict)
    expect(await verdicts(7)).toEqual([FramingVerdict.none, FramingVerdict.none, FramingVerdict.none])
    expect(await verdicts(8)).toEqual([FramingVerdict.tooDeep, FramingVerdict.none, FramingVerdict.none])
    expect(await verdicts(10)).toEqual([FramingVerdict.tooDeep, FramingVerdict.none, FramingVerdict.tooDeep])
  })

  it("of an envelope is judged on both sides of its list, and costs no session", async () => {
    for (const object of [`{"a":${deep(10)},"sessions":[${S1}]}`, `{"sessions":[${S1}],"a":${deep(10)}}`]) {
      const { items } = await itemsOf(object, { maxDepth: 10 })
      expect(items.map(({ kind, verdict }) => [kind, verdict])).toEqual([
        [ItemKind.session, FramingVerdict.none],
        [ItemKind.envelope, FramingVerdict.tooDeep],
      ])
    }
  })

  it("once passed, brackets are counted and not compared", async () => {
    const { items, end } = await itemsOf(`[{"a":${"[".repeat(20)}${"}".repeat(20)}},${S1}]`, { maxDepth: 10 })
    expect(items.map(({ verdict }) => verdict)).toEqual([FramingVerdict.tooDeep, FramingVerdict.none])
    expect(end.fault).toBeNull()
  })
})

describe("size", () => {
  it.each([
    ["an element", `[${S1},{"x":"${"y".repeat(300)}"},${S2}]`],
    ["a text", `[${S1},"${"y".repeat(300)}",${S2}]`],
    ["a number", `[${S1},${"1".repeat(300)},${S2}]`],
    ["a number with white space behind it", `[${S1},1${" ".repeat(300)},${S2}]`],
  ])("%s over the limit is hashed and left out", async (_name, input) => {
    const { items } = await itemsOf(input, { maxRecordBytes: 100 })
    const [, large] = items
    const digest = sha256(input.slice(large?.byteOffset, (large?.byteOffset ?? 0) + (large?.byteLength ?? 0)))
    expect(large).toMatchObject({ verdict: FramingVerdict.tooLarge, at: -1, keptBytes: 0, digest })
    expect(items.map(({ text }) => text)).toEqual([S1, "", S2])
  })

  it("of an envelope is that of its skeleton: however many sessions stream by", async () => {
    const { items } = await itemsOf(`{"id":"A","sessions":[${Array.from({ length: 50 }, () => S1).join(",")}]}`, {
      maxRecordBytes: 100,
    })
    expect(items).toHaveLength(51)
    expect(items.at(-1)).toMatchObject({
      verdict: FramingVerdict.none,
      elementCount: 50,
      text: '{"id":"A","sessions":[]}',
    })
  })

  it("a skeleton over the limit is left out, its sessions stay", async () => {
    const { items } = await itemsOf(`{"id":"A","sessions":[${S1}],"x":"${"y".repeat(300)}"}`, { maxRecordBytes: 100 })
    expect(items.map(({ kind, verdict, text }) => [kind, verdict, text])).toEqual([
      [ItemKind.session, FramingVerdict.none, S1],
      [ItemKind.envelope, FramingVerdict.tooLarge, ""],
    ])
  })
})

describe("an envelope in a line over the limit", () => {
  it("has the digest of its span, for its line may have to be rejected when its bytes are gone", async () => {
    const call = `{"sessions":[${S1},${S2},${S3}],"x":nope}`
    const { items } = await itemsOf(`${S1}\n{"value":[${call},${call}]}\n`, { maxRecordBytes: 60 })
    const envelopes = items.filter(({ kind }) => kind === ItemKind.envelope)
    const digest = sha256(call)
    const pageDigest = sha256(`{"value":[${call},${call}]}`)
    expect(envelopes.map((envelope) => envelope.digest)).toEqual([digest, digest, pageDigest])
  })

  it("has none before the limit, where all its bytes are in the block", async () => {
    const { items } = await itemsOf(`${S1}\n[{"sessions":[1]},${S1},${S2}]\n`, { maxRecordBytes: 40 })
    expect(items.find(({ kind }) => kind === ItemKind.envelope)?.digest).toBe("")
  })
})

describe("the end of the input", () => {
  it.each([
    ["in a session", `{"id":"A","sessions":[${S1},{"id":`, [ItemKind.session, ItemKind.session, ItemKind.envelope]],
    ["between sessions", `{"id":"A","sessions":[${S1},`, [ItemKind.session, ItemKind.envelope]],
    ["behind the list", `{"id":"A","sessions":[${S1}],"ver`, [ItemKind.session, ItemKind.envelope]],
    ["before the list", `{"id":"A","sess`, [ItemKind.record]],
    ["in a UTF-8 sequence", `[${S1},{"id":"\xC3`, [ItemKind.record, ItemKind.record]],
  ])("%s keeps what stood before", async (_name, input, kinds) => {
    for (const text of [input, `${S3}\n${input}`]) {
      const found = await itemsOf(text)
      const items = text === input ? found.items : found.items.slice(1)
      expect(items.map(({ kind }) => kind)).toEqual(kinds)
      expect(items.at(-1)?.verdict).toBe(FramingVerdict.truncated)
      const isElement = (kind: number): boolean => kind === ItemKind.session
      expect(items.at(-1)?.elementCount).toBe(kinds.filter(isElement).length)
      expect(found.end.fault).toMatchObject({ code: "input/truncated", byteOffset: text.length })
    }
  })
})

describe("the account", () => {
  it("tells separators from the text of envelopes", async () => {
    const { account } = await itemsOf(`[{"value": [${S1} , ${S2}] }\n]\n`)
    expect(account).toEqual({
      recordBytes: S1.length + S2.length,
      separatorBytes: 5,
      envelopeBytes: '[{"value": [] }]'.length,
      damageBytes: 0,
    })
  })

  it("counts what follows the fault of a document as damage", async () => {
    const { account, end } = await itemsOf(`[${S1} ${S2}]\n`)
    expect(account).toEqual({ recordBytes: S1.length, separatorBytes: 1, envelopeBytes: 1, damageBytes: S2.length + 2 })
    expect(end.fault).toMatchObject({ code: "input/corrupt", byteOffset: S1.length + 2 })
  })
})

// ---- any bytes

const PIECES = [
  ...'[]{},:"\\\n \0a1',
  "\r\n",
  '"value":[',
  '"sessions":{',
  '"sessions":[',
  '"responses":[{',
  '"body":{',
  "\xEF\xBB\xBF",
  "\xEF\xBB",
  S1,
  `${S1}\n`,
  `${S1}\n`,
  `${S1},`,
  `{"id":"A","sessions":[${S1},${S1}]}`,
  `{"value":[${S1}]}\n`,
  `{"sessions":{"value":[${S1}],"Count":1}}`,
  " ".repeat(25),
  "\0".repeat(30),
  "[[[[[",
  "]]]]]",
  "\0\n",
  "x".repeat(30),
]
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => bytesOf(pieces.join("")))
const anyLimits = fc.record({
  maxRecordBytes: fc.constantFrom(5, 9, 20, 60, 100, 1 << 20),
  maxDepth: fc.constantFrom(1, 2, 4, 128),
  blockBytes: fc.constantFrom(...BLOCK_SIZES),
})

function expectSound(bytes: Buffer, limits: FramingLimits, { items, end, account, accountedBytes }: Framed): void {
  expect(end.decodedBytes).toBe(bytes.length)
  expect(accountedBytes).toBe(bytes.length)
  const values = items.filter(({ kind }) => kind !== ItemKind.envelope)
  for (const item of items) expectPlace(bytes, item)
  for (const { kind, digest, byteOffset, byteLength } of items) {
    if (kind === ItemKind.envelope && digest !== "")
      expect(digest).toBe(sha256(bytes.subarray(byteOffset, byteOffset + byteLength)))
  }
  for (const item of values) expectBytes(bytes, limits, item)
  for (const [index, item] of values.entries()) {
    const before = values[index - 1]
    if (before !== undefined) expect(item.byteOffset).toBeGreaterThanOrEqual(before.byteOffset + before.byteLength)
  }
  expect(values.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(account.recordBytes)
}

function expectPlace(bytes: Buffer, { byteOffset, byteLength, line }: AbsoluteItem): void {
  expect(byteLength).toBeGreaterThan(0)
  expect(byteOffset + byteLength).toBeLessThanOrEqual(bytes.length)
  expect(line).toBe(bytes.subarray(0, byteOffset).filter((byte) => byte === 0x0a).length)
}

/** A value's bytes are kept, or are too many and have their digest. */
function expectBytes(bytes: Buffer, { maxRecordBytes }: FramingLimits, item: AbsoluteItem): void {
  const span = bytes.subarray(item.byteOffset, item.byteOffset + item.byteLength)
  if (item.at >= 0) return expect([item.text, item.digest]).toEqual([span.toString("latin1"), ""])
  expect(item.digest).toBe(sha256(span))
  if (item.kind !== ItemKind.nulRun)
    expect([item.verdict, span.length > maxRecordBytes]).toEqual([FramingVerdict.tooLarge, true])
}

describe("an envelope of NDJSON", () => {
  it("without a digest lies in its block with all its bytes", async () => {
    await fc.assert(
      fc.asyncProperty(soup, anyLimits, fc.constantFrom(1, 5, 33, 1 << 20), async (bytes, limits, chunkBytes) => {
        const { blocks } = await framed(bytes, limits, chunkBytes)
        for (const block of blocks) if (block.isLines) expectWholeEnvelopes(block, limits)
      }),
      { numRuns: 500 },
    )
  })
})

function expectWholeEnvelopes(block: Block, limits: FramingLimits): void {
  const { fields, itemCount } = block.items ?? frameLines(block.bytes, block.byteOffset, limits)
  for (let row = 0; row < itemCount; row++) {
    const field = (at: number): number => fields[row * ITEM_FIELDS + at] ?? Number.NaN
    if (field(ItemField.kind) !== ItemKind.envelope || field(ItemField.digest) >= 0) continue
    const at = field(ItemField.byteOffset) - block.byteOffset
    expect(at).toBeGreaterThanOrEqual(0)
    expect(at + field(ItemField.byteLength)).toBeLessThanOrEqual(block.bytes.length)
  }
}

describe("any bytes", () => {
  it("give items whose places, bytes, digests and account are right, however they are cut", async () => {
    await fc.assert(
      fc.asyncProperty(soup, anyLimits, fc.constantFrom(1, 2, 5, 33, 1 << 20), async (bytes, limits, chunkBytes) => {
        const whole = await absoluteItems(bytes, { ...limits, blockBytes: 1 << 22 })
        const cut = await absoluteItems(bytes, limits, chunkBytes)
        expectSound(bytes, limits, whole)
        expectSound(bytes, limits, cut)
        expect(same(cut)).toEqual(same({ ...whole, end: { ...whole.end } }))
      }),
      { numRuns: 1500 },
    )
  })
})
