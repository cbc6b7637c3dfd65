import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Direction, sortAll, sortBytes, type SortExports } from "#kernel/figures/sorting.ts"
import { FiguresMemory } from "../../../packages/kernel/dist/index.js"

const RECORD_BYTES = 24
const memory = new FiguresMemory<SortExports>()
const keyOf = (key: bigint, keyBytes: number): bigint => BigInt.asUintN(8 * keyBytes, key)

describe("sortAll", () => {
  it("sorts by integers of any length, and leaves equal ones as they came", () => {
    const keys = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 96n - 1n }), fc.bigInt({ min: 0n, max: 600n }))
    const shapes = fc.record({
      all: fc.array(keys, { maxLength: 300, size: "max" }),
      keyBytes: fc.constantFrom(4, 8, 12),
      keyOffset: fc.constantFrom(0, 4, 8),
      isDescending: fc.boolean(),
    })
    fc.assert(
      fc.property(shapes, ({ all, keyBytes, keyOffset, isDescending }) => {
        const bytes = sortBytes(all.length)
        const at = memory.lay({ records: all.length * RECORD_BYTES, order: bytes, spare: bytes })
        const view = new DataView(memory.bytes.buffer, at.records)
        for (const [number, key] of all.entries()) {
          view.setBigUint64(number * RECORD_BYTES + keyOffset, BigInt.asUintN(64, key), true)
          view.setUint32(number * RECORD_BYTES + keyOffset + 8, Number(key >> 64n), true)
        }
        const direction = isDescending ? Direction.descending : Direction.ascending
        const records = { at: at.records, recordBytes: RECORD_BYTES, keyOffset, keyBytes, direction }
        const expected = [...all.keys()].toSorted((a, b) => {
          const difference = keyOf(all[a] ?? 0n, keyBytes) - keyOf(all[b] ?? 0n, keyBytes)
          return Number(isDescending ? -difference : difference)
        })
        expect([...sortAll(memory, all.length, records, at)]).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })
})
