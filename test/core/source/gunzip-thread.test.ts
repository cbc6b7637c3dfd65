import { gzipSync } from "node:zlib"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { SharedBuffers } from "#core/framing/shared-buffers.ts"
import { ByteReader } from "#core/source/byte-reader.ts"
import { GunzipThread } from "#core/source/gunzip-thread.ts"
import { GUNZIP_HERE } from "#core/source/gunzipping.ts"
import { decoded, readerOf } from "./reading.ts"

const ENTRY = new URL("../../../packages/core/dist/source/gunzip-entry.js", import.meta.url)
const buffers = new SharedBuffers(64 * 1024)
const thread = new GunzipThread(buffers, ENTRY, 0)
afterAll(() => thread.close())

const text = Buffer.from(Array.from({ length: 100_000 }, (_, index) => `${(index * 7919) % 100_003}`).join(","))
const content = fc.integer({ min: 0, max: text.length }).map((byteCount) => text.subarray(0, byteCount))
const members = fc.array(content, { minLength: 1, maxLength: 3 })
const tail = fc.constantFrom(Buffer.alloc(0), Buffer.alloc(512), Buffer.from("junk"), Buffer.from([0x1f]))
const sizes = fc.array(fc.integer({ min: 1000, max: 200_000 }), { minLength: 1, maxLength: 3 })
/** Where stored bytes are changed or cut off, as a part of their length. */
const damage = fc.record({
  kind: fc.constantFrom("none", "flip", "cut"),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
})

function damaged(stored: Buffer, { kind, at }: { readonly kind: string; readonly at: number }): Buffer {
  const index = Math.floor(at * stored.length)
  if (kind === "cut") return stored.subarray(0, index)
  if (kind === "flip") stored[index] = (stored[index] ?? 0) ^ 0x10
  return stored
}

/** All chunks joined; the references that they bring are given up. */
async function released(chunks: AsyncIterable<Uint8Array>, memories = new Set<ArrayBufferLike>()): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) {
    memories.add(chunk.buffer)
    parts.push(Buffer.from(chunk))
    buffers.release(chunk)
  }
  return Buffer.concat(parts)
}

describe("a thread that inflates", () => {
  it("gives what is given without it, of whole and of damaged data", async () => {
    await fc.assert(
      fc.asyncProperty(members, tail, damage, sizes, async (contents, behind, harm, chunkSizes) => {
        const stored = damaged(Buffer.concat([...contents.map((each) => gzipSync(each)), behind]), harm)
        const here = await decoded(GUNZIP_HERE.gunzip(readerOf(stored, chunkSizes)).chunks)
        const there = await decoded(thread.gunzip(readerOf(stored, chunkSizes)).chunks)
        expect(there.error).toBe(here.error)
        expect(there.bytes.equals(here.bytes)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it("uses little shared memory again and again, and counts what went in", async () => {
    const stored = gzipSync(Buffer.alloc(20_000_000, text))
    const inflated = thread.gunzip(readerOf(stored, [100_000]))
    inflated.share()
    const memories = new Set<ArrayBufferLike>()
    const bytes = await released(inflated.chunks, memories)
    expect(bytes.equals(Buffer.alloc(20_000_000, text))).toBe(true)
    expect([...memories].every((memory) => memory instanceof SharedArrayBuffer)).toBe(true)
    expect(memories.size).toBeLessThan(12)
    expect(inflated.storedBytes()).toBe(stored.length)
  })

  it("may be left at any time, and goes on with the next input", async () => {
    const stored = gzipSync(Buffer.alloc(5_000_000, text))
    for (const chunkCount of [1, 2, 7]) {
      let taken = 0
      for await (const chunk of thread.gunzip(readerOf(stored, [10_000])).chunks) {
        expect(chunk.length).toBeGreaterThan(0)
        if (++taken === chunkCount) break
      }
      expect(await released(thread.gunzip(readerOf(gzipSync("[]"))).chunks)).toEqual(Buffer.from("[]"))
    }
  })

  it("gives what came before the stored bytes broke off, then why", async () => {
    const stored = gzipSync(text)
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield stored.subarray(0, 100_000)
      throw new Error("the disk is gone")
    }
    const here: Uint8Array[] = []
    const there: Uint8Array[] = []
    const collect = async (chunks: AsyncIterable<Uint8Array>, parts: Uint8Array[]): Promise<void> => {
      for await (const chunk of chunks) parts.push(chunk)
    }
    await expect(collect(GUNZIP_HERE.gunzip(new ByteReader(broken())).chunks, here)).rejects.toThrow("disk")
    await expect(collect(thread.gunzip(new ByteReader(broken())).chunks, there)).rejects.toThrow("disk")
    expect(Buffer.concat(here).length).toBeGreaterThan(0)
    expect(Buffer.concat(there).equals(Buffer.concat(here))).toBe(true)
  })

  it("is not started for little", async () => {
    const lazy = new GunzipThread(buffers, new URL("file:///no/such/module.js"))
    expect(await released(lazy.gunzip(readerOf(gzipSync(text))).chunks)).toEqual(text)
    await lazy.close()
  })

  it("that cannot be started fails the input", async () => {
    const failing = new GunzipThread(buffers, new URL("file:///no/such/module.js"), 0)
    for (let count = 0; count < 2; count++)
      await expect(released(failing.gunzip(readerOf(gzipSync(text))).chunks)).rejects.toThrow(/thread that inflates/)
    await failing.close()
  })
})
