import { describe, expect, it } from "vitest"
import { SharedBuffers } from "#core/framing/shared-buffers.ts"

const CHUNK_BYTES = 100_000

describe("shared memory", () => {
  it("is used again when nobody holds a reference any more", () => {
    const buffers = new SharedBuffers(CHUNK_BYTES)
    const chunk = buffers.takeChunk()
    expect(chunk).toHaveLength(CHUNK_BYTES)
    expect(buffers.retain(chunk.subarray(5, 10))).toBe(true)
    buffers.release(chunk)
    expect(buffers.takeChunk().buffer).not.toBe(chunk.buffer)
    buffers.release(chunk.subarray(5))
    expect(buffers.takeChunk().buffer).toBe(chunk.buffer)
  })

  it("is not that of others", () => {
    const buffers = new SharedBuffers(CHUNK_BYTES)
    const others = new SharedBuffers(CHUNK_BYTES).takeChunk()
    expect([buffers.retain(others), buffers.headroomOf(others)]).toEqual([false, 0])
    buffers.release(others)
    expect(buffers.takeChunk().buffer).not.toBe(others.buffer)
  })

  it("of unusual size is let go", () => {
    const buffers = new SharedBuffers(CHUNK_BYTES)
    const large = buffers.take(50 * CHUNK_BYTES)
    buffers.release(large)
    expect(buffers.take(50 * CHUNK_BYTES).buffer).not.toBe(large.buffer)
  })

  it("is given away at the end, unless somebody holds it", () => {
    const buffers = new SharedBuffers(CHUNK_BYTES)
    const [held, free] = [buffers.takeChunk(), buffers.takeChunk()]
    buffers.release(free)
    expect(buffers.close().map(({ buffer }) => buffer)).toEqual([free.buffer])
    buffers.release(held)
    expect(buffers.takeChunk().buffer).not.toBe(free.buffer)
  })

  it("has free bytes in front of a chunk, and only there", () => {
    const buffers = new SharedBuffers(CHUNK_BYTES)
    const chunk = buffers.takeChunk()
    expect(buffers.headroomOf(chunk)).toBe(chunk.byteOffset)
    expect(buffers.headroomOf(chunk.subarray(3))).toBe(0)
  })
})
