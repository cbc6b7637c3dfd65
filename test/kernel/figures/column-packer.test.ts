import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ColumnPacker, type Companion, type PackableColumn } from "../../../packages/kernel/dist/index.js"

const MAX_COUNT = 300
const packer = new ColumnPacker(MAX_COUNT)

/** Packs a column and unpacks it again; what lies in the packer's memory is overwritten between. */
function packAndUnpack(column: PackableColumn, companion: Companion | null = null): PackableColumn {
  const { packing, bytes } = packer.pack(column, companion)
  const kept = bytes.slice()
  packer.pack(new Int32Array(MAX_COUNT).map((_, at) => at * 77_777_777))
  const unpacked = column.toReversed()
  packer.unpack(packing, kept, unpacked, companion)
  return unpacked
}

const sizes = fc.integer({ min: 1, max: MAX_COUNT })
/** Bounds of values: few bytes apart, or any. */
const longs = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -70_000n, max: 70_000n }),
  fc.bigInt({ min: 2n ** 56n, max: 2n ** 56n + 200n }),
)
const doubles = fc.oneof(fc.nat(300), fc.maxSafeInteger(), fc.double({ noDefaultInfinity: false }))
const columns: fc.Arbitrary<PackableColumn> = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: MAX_COUNT }).map((all) => Uint8Array.from(all)),
  ...[7, 255, 256, 65_535, 65_536, 2 ** 24, 2 ** 32 - 1].map((range) =>
    fc
      .tuple(fc.integer(), fc.array(fc.nat(range), { minLength: 1, maxLength: MAX_COUNT }))
      .map(([least, all]) => Int32Array.from(all, (value) => least + value)),
  ),
  fc.array(fc.nat(2 ** 32 - 1), { minLength: 1, maxLength: MAX_COUNT }).map((all) => Uint32Array.from(all)),
  fc.array(longs, { minLength: 1, maxLength: MAX_COUNT }).map((all) => BigInt64Array.from(all)),
  fc.array(doubles, { minLength: 1, maxLength: MAX_COUNT }).map((all) => Float64Array.from(all)),
)

describe("ColumnPacker", () => {
  it("gives every column back", () => {
    fc.assert(
      fc.property(columns, (column) => {
        expect(packAndUnpack(column)).toEqual(column)
      }),
      { numRuns: 400 },
    )
  })

  it("gives a column back that another foretells, whatever that is", () => {
    const wide = fc.array(longs, { minLength: MAX_COUNT, maxLength: MAX_COUNT }).map((all) => BigInt64Array.from(all))
    const lengths = fc
      .array(fc.nat(2 ** 32 - 1), { minLength: MAX_COUNT, maxLength: MAX_COUNT })
      .map((all) => Uint32Array.from(all))
    fc.assert(
      fc.property(columns, wide, lengths, (column, instants, sizesOfRecords) => {
        if (column.BYTES_PER_ELEMENT !== 8) return
        expect(packAndUnpack(column, instants.subarray(0, column.length))).toEqual(column)
        expect(packAndUnpack(column, sizesOfRecords.subarray(0, column.length))).toEqual(column)
      }),
    )
  })

  it("takes no byte where all values are alike, rise by the same step, or lie end to end", () => {
    fc.assert(
      fc.property(sizes, fc.maxSafeInteger(), fc.nat(1000), (count, first, step) => {
        const start = Math.min(Math.abs(first), 2 ** 52)
        const steady = Float64Array.from({ length: count }, (_, at) => start + at * step)
        expect(packer.pack(new BigInt64Array(count).fill(BigInt(first))).bytes.length).toBe(0)
        expect(packer.pack(new Int32Array(count).fill(step)).bytes.length).toBe(0)
        expect(packer.pack(new Uint8Array(count).fill(step)).bytes.length).toBe(0)
        if ((count - 1) * step > 255) expect(packer.pack(steady).bytes.length).toBe(0)
        const lengths = Uint32Array.from({ length: count }, (_, at) => (at * 7919) % 1300)
        const offsets = new Float64Array(count)
        for (let at = 1; at < count; at++) offsets[at] = (offsets[at - 1] ?? 0) + (lengths[at - 1] ?? 0) + 1
        if ((offsets.at(-1) ?? 0) > 255) expect(packer.pack(offsets, lengths).bytes.length).toBe(0)
      }),
    )
  })

  it("takes as many bytes a value as the values are apart", () => {
    expect(packer.pack(Int32Array.of(-1, 254)).bytes.length).toBe(2)
    expect(packer.pack(Int32Array.of(-1, 255)).bytes.length).toBe(4)
    expect(packer.pack(Int32Array.of(-(2 ** 31), 2 ** 31 - 1)).bytes.length).toBe(8)
    expect(packer.pack(BigInt64Array.of(5n, 5n + 2n ** 40n, 5n)).bytes.length).toBe(18)
  })
})
