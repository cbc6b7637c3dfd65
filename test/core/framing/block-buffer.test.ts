import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BlockBuffer } from "#core/framing/block-buffer.ts"
import { SharedBuffers } from "#core/framing/shared-buffers.ts"

const CAPACITY = 64

/** A chunk of so many bytes, in memory of its own or shared, and how many bytes are let go behind it. */
const step = fc.record({
  byteCount: fc.nat(90),
  isShared: fc.boolean(),
  pieces: fc.integer({ min: 1, max: 3 }),
  dropped: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe("the bytes of a block", () => {
  it("are those that were added less those that were let go, and never change once they are handed out", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const buffers = new SharedBuffers(CAPACITY)
        const buffer = new BlockBuffer(buffers, CAPACITY)
        const handedOut: { readonly bytes: Uint8Array; readonly copy: Buffer }[] = []
        let next = 0
        let byteOffset = 0
        for (const { byteCount, isShared, pieces, dropped } of steps) {
          const chunk = (isShared ? buffers.takeChunk() : new Uint8Array(byteCount)).subarray(0, byteCount)
          for (let at = 0; at < byteCount; at++) chunk[at] = next++
          const original = Buffer.from(chunk)
          const size = Math.max(1, Math.ceil(byteCount / pieces))
          for (let from = 0; from < byteCount; from += size) buffer.append(chunk.subarray(from, from + size))
          // Whoever hashes the chunk reads it at any time.
          expect(original.equals(chunk)).toBe(true)
          if (isShared) buffers.release(chunk)
          const expected = Buffer.from(Array.from({ length: next - byteOffset }, (_, at) => byteOffset + at))
          expect([buffer.byteOffset, expected.equals(buffer.bytes)]).toEqual([byteOffset, true])
          buffers.retain(buffer.bytes)
          handedOut.push({ bytes: buffer.bytes, copy: Buffer.from(buffer.bytes) })
          const count = Math.floor(dropped * buffer.byteCount)
          buffer.dropFirst(count)
          byteOffset += count
        }
        for (const { bytes, copy } of handedOut) expect(copy.equals(bytes)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it("stay where a chunk was read to, with what was left moved in front of it", () => {
    const buffers = new SharedBuffers(CAPACITY)
    const buffer = new BlockBuffer(buffers, CAPACITY)
    const [first, second] = [buffers.takeChunk(), buffers.takeChunk()]
    buffer.append(first)
    buffer.dropFirst(first.length - 10)
    buffer.append(second)
    expect(buffer.bytes.buffer).toBe(second.buffer)
    expect(buffer.bytes.byteOffset).toBe(second.byteOffset - 10)
  })

  it("hold their memory until they are moved or released", () => {
    const buffers = new SharedBuffers(CAPACITY)
    const buffer = new BlockBuffer(buffers, CAPACITY)
    const chunk = buffers.takeChunk()
    buffer.append(chunk)
    buffers.release(chunk)
    expect(buffers.takeChunk().buffer).not.toBe(chunk.buffer)
    buffer.release()
    expect(buffers.takeChunk().buffer).toBe(chunk.buffer)
  })
})
