import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { unzstd } from "#core/source/zstd.ts"
import { decodeByFzstd } from "#core/source/zstd-decoder.ts"
import { decoded, joined, readerOf } from "./reading.ts"
import { xxh64 } from "./xxh64.ts"

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/source/${name}`, import.meta.url))
const sample = fixture("sample.ndjson")

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
/** A descriptor without content size, a window of 1 MiB. */
const header = (descriptor: number, window = 10 << 3): Buffer =>
  Buffer.concat([MAGIC, Buffer.from([descriptor, window])])

function block(type: number, sizeBytes: number, content: Uint8Array, isLast: boolean): Buffer {
  const fields = Buffer.alloc(3)
  fields.writeUIntLE((sizeBytes << 3) | (type << 1) | Number(isLast), 0, 3)
  return Buffer.concat([fields, content])
}

function checksumOf(content: Uint8Array): Buffer {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(Number(BigInt.asUintN(32, xxh64(Buffer.from(content)))))
  return checksum
}

/** A frame of raw blocks, one for each part. */
function frameOf(parts: readonly Uint8Array[]): Buffer {
  const blocks = parts.map((part, index) => block(0, part.length, part, index === parts.length - 1))
  return Buffer.concat([header(4), ...blocks, checksumOf(Buffer.concat(parts))])
}

const skippable = (content: Uint8Array): Buffer => {
  const start = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])
  start.writeUInt32LE(content.length, 4)
  return Buffer.concat([start, content])
}

const parts = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 3 })
const frame = fc.oneof(
  parts.map((each) => ({ stored: frameOf(each), content: Buffer.concat(each) })),
  fc.uint8Array({ maxLength: 30 }).map((each) => ({ stored: skippable(each), content: Buffer.alloc(0) })),
  fc.constantFrom("sample.zst", "no-checksum.zst").map((name) => ({ stored: fixture(name), content: sample })),
)

describe("unzstd", () => {
  it("gives the bytes of all frames, however the stored bytes are cut", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 4 }), sizes, async (frames, chunkSizes) => {
        const stored = Buffer.concat(frames.map((each) => each.stored))
        const { bytes, error } = await decoded(unzstd(readerOf(stored, chunkSizes)))
        expect(error).toBeNull()
        expect(bytes.equals(Buffer.concat(frames.map(({ content }) => content)))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it("gives the blocks before a cut, and names the cut", async () => {
    const whole = Buffer.concat([sample, Buffer.from("onetwo")])
    const stored = Buffer.concat([fixture("sample.zst"), frameOf([Buffer.from("one"), Buffer.from("two")])])
    const firstEnd = fixture("sample.zst").length
    let leastBytes = 0
    for (let cut = 4; cut < stored.length; cut += 1) {
      const { bytes, error } = await decoded(unzstd(readerOf(stored.subarray(0, cut))))
      expect(error).toBe(cut === firstEnd ? null : "input/truncated")
      expect(bytes.length).toBeGreaterThanOrEqual(leastBytes)
      expect(whole.subarray(0, bytes.length).equals(bytes)).toBe(true)
      leastBytes = bytes.length
    }
    expect(leastBytes).toBe(whole.length)
  })

  it("keeps the blocks that came before a damaged one", async () => {
    const stored = fixture("blocks.zst")
    const { bytes: whole } = await decoded(unzstd(readerOf(stored)))
    expect(whole.length).toBeGreaterThan(3 * 128 * 1024)
    const cut = await decoded(unzstd(readerOf(stored.subarray(0, stored.length - 10), [1000])))
    expect(cut.error).toBe("input/truncated")
    expect(cut.bytes.length % (128 * 1024)).toBe(0)
    expect(whole.subarray(0, cut.bytes.length).equals(cut.bytes)).toBe(true)
  })

  it("never takes a flipped bit for the data where there is a checksum", async () => {
    const stored = fixture("sample.zst")
    for (let bit = 32; bit < 8 * stored.length; bit += 7) {
      const damaged = Buffer.from(stored)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const { bytes, error } = await decoded(unzstd(readerOf(damaged)))
      // A larger window, and the bit that the format leaves unused, change nothing.
      if (error === null) expect(bytes.equals(sample) || bit >> 3 === 4).toBe(true)
      else
        expect(error).toMatch(/^input\/(?:corrupt|checksum|truncated|trailing-data|inflation-limit|unsupported-shape)$/)
    }
  })

  it.each([
    ["a frame of two bytes", fixture("small.zst"), "[]", null],
    ["an empty frame", frameOf([Buffer.alloc(0)]), "", null],
    ["a repeated byte", Buffer.concat([header(0), block(1, 5, Buffer.from("x"), true)]), "xxxxx", null],
    [
      "junk behind a frame",
      Buffer.concat([frameOf([Buffer.from("{}")]), Buffer.from("junk")]),
      "{}",
      "input/trailing-data",
    ],
    [
      "a byte of the next frame's magic number",
      Buffer.concat([frameOf([Buffer.from("{}")]), MAGIC.subarray(0, 1)]),
      "{}",
      "input/truncated",
    ],
    [
      "a byte of a skippable frame's magic number",
      Buffer.concat([frameOf([Buffer.from("{}")]), Buffer.from([0x50, 0x2a])]),
      "{}",
      "input/truncated",
    ],
    [
      "a block of a reserved type",
      Buffer.concat([header(0), block(0, 1, Buffer.from("x"), false), block(3, 1, Buffer.from("y"), true)]),
      "x",
      "input/corrupt",
    ],
    [
      "a block that is too large",
      Buffer.concat([header(0), block(0, 200_000, Buffer.alloc(200_000), true)]),
      "",
      "input/corrupt",
    ],
    ["a reserved bit", Buffer.concat([header(8), block(0, 1, Buffer.from("x"), true)]), "", "input/corrupt"],
    [
      "another size than it says",
      Buffer.concat([MAGIC, Buffer.from([0x20, 3]), block(0, 1, Buffer.from("x"), true)]),
      "x",
      "input/corrupt",
    ],
    [
      "a dictionary",
      Buffer.concat([MAGIC, Buffer.from([1, 10 << 3, 7]), block(0, 1, Buffer.from("x"), true)]),
      "",
      "input/unsupported-shape",
    ],
    [
      "a window of 2 GiB",
      Buffer.concat([header(0, 21 << 3), block(0, 1, Buffer.from("x"), true)]),
      "",
      "input/inflation-limit",
    ],
    [
      "a single segment of 2 GiB",
      Buffer.concat([MAGIC, Buffer.from([0xa0, 0, 0, 0, 0x80]), block(0, 1, Buffer.from("x"), true)]),
      "",
      "input/inflation-limit",
    ],
  ])("knows %s", async (_name, stored, text, error) => {
    const result = await decoded(unzstd(readerOf(stored)))
    expect(result.error).toBe(error)
    // Node's decoder gives no byte of a frame whose size it knows to be wrong.
    if (text !== "x") expect(result.bytes.toString()).toBe(text)
  })
})

describe("decodeByFzstd", () => {
  it("gives what Node's own decoder gives, where there is one", async () => {
    async function* blocks(): AsyncGenerator<Uint8Array> {
      yield block(0, 3, Buffer.from("abc"), false)
      yield block(0, 0, Buffer.alloc(0), false)
      yield block(1, 4, Buffer.from("d"), true)
    }
    expect((await joined(decodeByFzstd(header(0), blocks()))).toString()).toBe("abcdddd")
  })
})
