import { createHash } from "node:crypto"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { SharedBuffers } from "#core/framing/shared-buffers.ts"
import { HashThread } from "#core/source/hash-thread.ts"

const ENTRY = new URL("../../../packages/core/dist/source/hash-entry.js", import.meta.url)
const CHUNK_BYTES = 64 * 1024
const buffers = new SharedBuffers(CHUNK_BYTES)
const thread = new HashThread(buffers, ENTRY)
afterAll(() => thread.close())

/** A chunk that is shared or not, of so many bytes. */
const chunk = fc.record({
  isShared: fc.boolean(),
  byteCount: fc.integer({ min: 1, max: CHUNK_BYTES }),
  fill: fc.nat(255),
})

describe("a thread that hashes", () => {
  it("gives the digest of the chunks, wherever they lie, one input after the other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 12 }), fc.constantFrom(null, 2 ** 30, 1), async (chunks, size) => {
        const expected = createHash("sha256")
        const digest = thread.begin(size)
        for (const { isShared, byteCount, fill } of chunks) {
          const bytes = (isShared ? buffers.takeChunk() : new Uint8Array(byteCount)).subarray(0, byteCount).fill(fill)
          expected.update(bytes)
          await digest.update(bytes)
          if (isShared) buffers.release(bytes)
        }
        expect(await digest.end()).toBe(expected.digest("hex"))
      }),
      { numRuns: 100 },
    )
  })

  it("begins anew where the digest before was given up", async () => {
    await thread.begin(null).update(buffers.takeChunk())
    const digest = thread.begin(null)
    const bytes = buffers.takeChunk().fill(1)
    await digest.update(bytes)
    expect(await digest.end()).toBe(createHash("sha256").update(bytes).digest("hex"))
  })

  it("lets no more than a few chunks wait for it", async () => {
    const digest = thread.begin(null)
    const memories = new Set<ArrayBufferLike>()
    for (let count = 0; count < 100; count++) {
      const bytes = buffers.takeChunk()
      memories.add(bytes.buffer)
      await digest.update(bytes)
      buffers.release(bytes)
    }
    await digest.end()
    expect(memories.size).toBeLessThan(12)
  })

  it("that cannot be started fails the digest", async () => {
    const broken = new HashThread(buffers, new URL("file:///no/such/module.js"))
    const digest = broken.begin(null)
    await digest.update(buffers.takeChunk())
    await expect(digest.end()).rejects.toThrow(/thread that hashes/)
    await broken.close()
  })
})
