import { crc32, deflateRawSync, gzipSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { gunzip } from "#core/source/gzip.ts"
import { decoded, readerOf } from "./reading.ts"

const members = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 })
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 })
const storedOf = (contents: readonly Uint8Array[]): Buffer =>
  Buffer.concat(contents.map((content) => gzipSync(content)))
const text = Buffer.from(
  Array.from({ length: 100 }, (_, index) => `{"id":"${(index * 7919) % 10_007}","n":${index}}\n`).join(""),
)

/** A member with every optional field of the header. */
function fullHeader(content: Buffer, headerCrc?: number): Buffer {
  const header = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]),
    Buffer.from([3, 0, 1, 2, 3]),
    Buffer.from("calls.json\0a comment\0"),
  ])
  const tail = Buffer.alloc(10)
  tail.writeUInt16LE(headerCrc ?? crc32(header) & 0xffff, 0)
  tail.writeUInt32LE(crc32(content), 2)
  tail.writeUInt32LE(content.length, 6)
  return Buffer.concat([header, tail.subarray(0, 2), deflateRawSync(content), tail.subarray(2)])
}

describe("gunzip", () => {
  it("gives the bytes of all members, however the stored bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(members, sizes, async (contents, chunkSizes) => {
        const result = await decoded(gunzip(readerOf(storedOf(contents), chunkSizes)))
        expect(result).toEqual({ bytes: Buffer.concat(contents), error: null })
      }),
      { numRuns: 60 },
    )
  })

  it("gives all that a cut stream holds, and names the cut", async () => {
    const stored = Buffer.concat([gzipSync(text), gzipSync("second")])
    const firstEnd = gzipSync(text).length
    const whole = Buffer.concat([text, Buffer.from("second")])
    let leastBytes = 0
    for (let cut = 2; cut < stored.length; cut += 1) {
      const { bytes, error } = await decoded(gunzip(readerOf(stored.subarray(0, cut))))
      expect(error).toBe(cut === firstEnd ? null : "input/truncated")
      expect(bytes.length).toBeGreaterThanOrEqual(leastBytes)
      expect(whole.subarray(0, bytes.length).equals(bytes)).toBe(true)
      leastBytes = bytes.length
    }
    expect(leastBytes).toBe(whole.length)
  })

  it("never takes a flipped bit for the data", async () => {
    const stored = gzipSync(text.subarray(0, 600))
    for (let bit = 16; bit < 8 * stored.length; bit += 1) {
      const damaged = Buffer.from(stored)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const { bytes, error } = await decoded(gunzip(readerOf(damaged)))
      // The time, the system, and hints in the header are no data.
      if (error === null) expect(bytes).toEqual(text.subarray(0, 600))
      else expect(error).toMatch(/^input\/(?:corrupt|checksum|truncated|trailing-data)$/)
    }
  })

  it("gives the same before damage however the stored bytes are cut", async () => {
    const stored = gzipSync(
      Buffer.from(Array.from({ length: 30_000 }, (_, index) => `${(index * 7919) % 100_003}`).join(",")),
    )
    stored.fill(0xff, stored.length - 5000, stored.length - 4000)
    const whole = await decoded(gunzip(readerOf(stored)))
    expect(whole.error).toMatch(/corrupt|checksum/)
    expect(whole.bytes.length).toBeGreaterThan(50_000)
    for (const chunkSizes of [[1000], [32_768], [7, 100_000]]) {
      const { bytes, error } = await decoded(gunzip(readerOf(stored, chunkSizes)))
      expect(error).toBe(whole.error)
      expect(bytes.equals(whole.bytes)).toBe(true)
    }
  })

  it("reads members that are much larger than a chunk, one behind the other", async () => {
    const large = Buffer.alloc(5_000_000, text)
    const stored = Buffer.concat([gzipSync(large, { level: 0 }), gzipSync(large), gzipSync("[]")])
    const { bytes, error } = await decoded(gunzip(readerOf(stored, [1 << 20])))
    expect(error).toBeNull()
    expect(bytes.equals(Buffer.concat([large, large, Buffer.from("[]")]))).toBe(true)
  })

  it("reads past every optional field of a header", async () => {
    expect(await decoded(gunzip(readerOf(fullHeader(text), [5])))).toEqual({ bytes: text, error: null })
    expect((await decoded(gunzip(readerOf(fullHeader(text, 1))))).error).toBe("input/checksum")
  })

  it.each([
    ["padding", Buffer.alloc(512), null],
    ["padding and another member", Buffer.concat([Buffer.alloc(512), gzipSync("[]")]), "input/trailing-data"],
    ["junk", Buffer.from("junk"), "input/trailing-data"],
    ["the first byte of another member", Buffer.from([0x1f]), "input/truncated"],
    ["another member of an unknown method", Buffer.from([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0, 0]), "input/corrupt"],
  ])("keeps the data before %s", async (_name, tail, error) => {
    expect(await decoded(gunzip(readerOf(Buffer.concat([gzipSync(text), tail]), [100])))).toEqual({
      bytes: text,
      error,
    })
  })

  it("keeps what it gave where the checksum does not fit", async () => {
    const stored = gzipSync(text)
    stored.writeUInt32LE(0, stored.length - 8)
    expect(await decoded(gunzip(readerOf(Buffer.concat([stored, gzipSync("[]")]))))).toEqual({
      bytes: text,
      error: "input/checksum",
    })
  })
})
