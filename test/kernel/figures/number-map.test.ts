import fc from "fast-check"
import { expect, it } from "vitest"
import { NumberMap } from "../../../packages/kernel/dist/index.js"

it("numbers are looked up for many rows as for one, and those that are not there are -1", () => {
  const lists = fc.array(fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 40 }), { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 2 ** 31 - 1 }), { maxLength: 10 }), lists, (values, batches) => {
      const map = new NumberMap(Int32Array.from(values))
      for (const indices of batches) {
        const into = new Int32Array(indices.length)
        map.gather(Int32Array.from(indices), indices.length, into)
        const expected = indices.map((index) => values[index] ?? -1)
        expect([...into]).toEqual(expected)
        expect(indices.map((index) => map.get(index))).toEqual(expected)
      }
    }),
  )
})
