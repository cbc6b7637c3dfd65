import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { frameLines } from "#core/framing/frame-lines.ts"
import { failedRecord, splitBlock } from "#core/worker/salvage.ts"

const LIMITS = { maxRecordBytes: 64, maxDepth: 128, maxDurationTicks: 0n, asOfTicks: null, withNames: false }
const SMALL = '{"id":"1"}'
const LARGE = JSON.stringify({ id: "x".repeat(100) })
const bytes = Buffer.from(`${SMALL}\n${LARGE}\n${SMALL}\n`)
const block = { blockIndex: 0, byteOffset: 1000, bytes, items: null, isLines: true }

describe("a block that is taken apart", () => {
  it("gives each record once, and moves the counters on once", () => {
    const parts = splitBlock(block, LIMITS).map(failedRecord)
    const whole = frameLines(bytes, block.byteOffset, LIMITS)
    expect(parts.map(({ rejects }) => rejects.map(({ record }) => record))).toEqual([[0], [1], [2]])
    expect(parts.reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(whole.recordCount)
    expect(parts.reduce((sum, { lineCount }) => sum + lineCount, 0)).toBe(whole.lineCount)
  })

  it("names each record by the digest of its own bytes, whether they are kept or not", () => {
    const digests = splitBlock(block, LIMITS).map((part) => failedRecord(part).rejects[0]?.sha256)
    expect(digests).toEqual([SMALL, LARGE, SMALL].map((text) => createHash("sha256").update(text).digest("hex")))
  })
})
