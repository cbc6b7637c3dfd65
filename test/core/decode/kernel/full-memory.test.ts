/** A memory without room costs time, and nothing else. */
import { describe, expect, it } from "vitest"
import { MemoryFull, openKernelMemory, takeRegion, type KernelMemory } from "../../../../packages/kernel/dist/index.js"
import { decodeBlock } from "#core/decode/decode-block.ts"
import { FastDecoder } from "#core/decode/kernel/fast-decoder.ts"
import * as reference from "#core/decode/reference.ts"
import type { BlockTask } from "#core/worker/protocol.ts"
import { ALL_LISTED, comparable, LIMITS } from "./engines.ts"

const LINES = Buffer.from(
  '{"id":"s","isTest":false,"modalities":["audio"],"startDateTime":"2026-01-05T05:32:48Z","endDateTime":"2026-01-05T05:41:18Z"}\n'.repeat(
    3,
  ),
)
const block = { blockIndex: 0, byteOffset: 0, bytes: LINES, items: null, isLines: true }
const task: BlockTask = {
  block,
  limits: LIMITS,
  engine: "fast",
  listedInFull: ALL_LISTED,
  isInKernel: false,
  rowMemory: null,
}
const expected = comparable(decodeBlock({ ...task, engine: "reference" }))

function fill(memory: KernelMemory): void {
  for (let bytes = 2 ** 30; bytes > 1000;) {
    try {
      takeRegion(memory, bytes)
    } catch (cause) {
      expect(cause).toBeInstanceOf(MemoryFull)
      bytes /= 2
    }
  }
}

describe("a full memory", () => {
  it("lets a kernel have one of its own, in which no block lies", () => {
    const memory = openKernelMemory()
    fill(memory)
    const result = new FastDecoder(memory).decode({ ...task, isInKernel: true }, null)
    expect(result === null ? null : comparable(result)).toEqual(expected)
    expect(result?.handedOverCount).toBe(0)
  })

  it("leaves blocks that have to be copied to the reference", () => {
    const memory = openKernelMemory()
    const decoder = new FastDecoder(memory)
    fill(memory)
    expect(decoder.decode(task, null)).toBeNull()
    const result = decoder.decode(task, reference)
    expect(result === null ? null : comparable(result)).toEqual(expected)
    expect(result?.handedOverCount).toBe(3)
  })
})
