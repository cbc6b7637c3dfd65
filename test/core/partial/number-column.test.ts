import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { packNumbers, unpackNumbers } from "#core/partial/number-column.ts"

const NONE = -(2 ** 40)
const number = fc.oneof(
  fc.integer({ min: -3, max: 300 }),
  fc.integer(),
  fc.maxSafeInteger().map((value) => Math.trunc(value / 4) + 0),
)

describe("a packed column", () => {
  it("gives its numbers back, with and without rows that have none", () => {
    fc.assert(
      fc.property(fc.array(fc.option(number, { nil: NONE, freq: 4 })), fc.boolean(), (list, isFixed) => {
        const values = Float64Array.from(list)
        const packed = packNumbers(values, NONE, isFixed && list.every((value) => value >= 0) ? 0 : null)
        expect(unpackNumbers(packed, NONE, new Float64Array(values.length))).toEqual(values)
      }),
    )
  })

  it("takes as few bytes as its range needs, wherever that begins", () => {
    const bytesOf = (...list: number[]): number => {
      const packed = packNumbers(Float64Array.from(list), null)
      return "constant" in packed ? 0 : packed.stored.BYTES_PER_ELEMENT
    }
    expect([
      bytesOf(7, 7),
      bytesOf(2 ** 50, 2 ** 50 + 127),
      bytesOf(0, 128),
      bytesOf(0, 2 ** 31 - 1),
      bytesOf(0, 2 ** 31),
    ]).toEqual([0, 1, 2, 4, 8])
  })

  it("fills the array it is unpacked to, whatever that held", () => {
    const packed = packNumbers(Int32Array.of(-1, 5, -1), -1)
    expect(unpackNumbers(packed, -1, Int32Array.of(9, 9, 9))).toEqual(Int32Array.of(-1, 5, -1))
    expect(unpackNumbers({ constant: null }, -1, Int32Array.of(9))).toEqual(Int32Array.of(-1))
  })
})
