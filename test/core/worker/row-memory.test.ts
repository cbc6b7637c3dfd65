import { describe, expect, it } from "vitest"
import { RowBuilder } from "../../../packages/core/src/decode/row-builder.ts"
import { RowMemory } from "../../../packages/core/src/worker/row-memory.ts"
import { failedRecord } from "../../../packages/core/src/worker/salvage.ts"
import type { BlockResult } from "../../../packages/core/src/worker/protocol.ts"

const nothing: BlockResult = {
  ...failedRecord({
    blockIndex: 0,
    byteOffset: 0,
    bytes: new Uint8Array([0x7b]),
    items: {
      fields: new Float64Array(15),
      itemCount: 1,
      skeletons: new Uint8Array(0),
      digests: new Uint8Array(0),
      lineCount: 0,
      recordCount: 1,
      account: { recordBytes: 1, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 },
    },
    isLines: false,
  }),
}

describe("memory for rows", () => {
  it("is used again when its rows were joined, and not before", () => {
    const memory = new RowMemory(10_000)
    const [first, second] = [memory.take(), memory.take()]
    expect(first).not.toBe(second)
    memory.release({ ...nothing, facts: new RowBuilder(first).columns() })
    expect(memory.take()).toBe(first)
  })

  it("that is in no result is not used again", () => {
    const memory = new RowMemory(10_000)
    const lost = memory.take()
    memory.release(nothing)
    expect(memory.take()).not.toBe(lost)
  })
})
