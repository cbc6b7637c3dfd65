import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ID_RECORD_WORDS, RepeatedIds } from "../../../packages/kernel/dist/index.js"

interface Row {
  readonly id: number
  readonly owner: number
}

const ID_BYTES = 16
const rows = fc.array(
  fc.record({ id: fc.oneof(fc.nat(40), fc.nat(2 ** 31 - 1)), owner: fc.constantFrom(-1, 0, 7, -500) }),
  { maxLength: 400, size: "max" },
)
const shapes = fc.record({
  rows,
  hasOwners: fc.boolean(),
  batchRows: fc.integer({ min: 1, max: 150 }),
  bucketCount: fc.constantFrom(1, 2, 16, 1024),
  seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
})

/** The number of an id stands at its end, so that the first 8 bytes never tell ids apart. */
function idsOf(part: readonly Row[]): Uint8Array {
  const ids = new Uint8Array(part.length * ID_BYTES)
  for (const [row, { id }] of part.entries()) new DataView(ids.buffer).setUint32(row * ID_BYTES + 12, id)
  return ids
}

/** By bucket: its records. */
function splitAll(ids: RepeatedIds, { rows: all, hasOwners, batchRows, bucketCount }: Shape): number[][] {
  const buckets = Array.from({ length: bucketCount }, (): number[] => [])
  for (let firstRow = 0; firstRow < all.length; firstRow += batchRows) {
    const part = all.slice(firstRow, firstRow + batchRows)
    const owners = hasOwners ? Int32Array.from(part, ({ owner }) => owner) : null
    const { ends, words } = ids.split({ firstRow, rowCount: part.length, ids: idsOf(part), owners })
    for (const [bucket, end] of ends.entries()) buckets[bucket]?.push(...words.subarray(ends[bucket - 1] ?? 0, end))
  }
  return buckets
}

interface Shape {
  readonly rows: readonly Row[]
  readonly hasOwners: boolean
  readonly batchRows: number
  readonly bucketCount: number
}

describe("RepeatedIds", () => {
  it("finds exactly the rows whose id is there again, of the same owner where there are any", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const ids = new RepeatedIds(shape.bucketCount, shape.seed)
        const buckets = splitAll(ids, shape)
        expect(buckets.flat()).toHaveLength(shape.rows.length * ID_RECORD_WORDS)
        const found = new Set(buckets.flatMap((words) => [...ids.find(words.length, (target) => target.set(words))]))
        const keyOf = ({ id, owner }: Row): string => `${id} ${shape.hasOwners ? owner : ""}`
        const keys = shape.rows.map(keyOf)
        const repeated = keys.flatMap((key, row) => (keys.indexOf(key) === keys.lastIndexOf(key) ? [] : [row]))
        expect([...found].toSorted((a, b) => a - b)).toEqual(repeated)
      }),
    )
  })
})
