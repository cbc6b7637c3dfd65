import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bucketCountFor, Partition } from "#core/facts/partition.ts"

describe("Partition", () => {
  it("keeps every record in its bucket, in order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(9000),
        (words, bits, count) => {
          const partition = new Partition(2 ** bits, words)
          for (let record = 0; record < count; record++) {
            const at = partition.place(record % partition.bucketCount)
            for (let word = 0; word < words; word++) partition.words[at + word] = record * word
          }
          for (let bucket = 0; bucket < partition.bucketCount; bucket++) {
            const own = Array.from({ length: count }, (_, record) => record).filter(
              (record) => record % partition.bucketCount === bucket,
            )
            const expected = own.flatMap((record) => Array.from({ length: words }, (_, word) => record * word))
            expect([...partition.read(bucket)]).toEqual(expected)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it("has a power of two of buckets, as many as are worth it", () => {
    expect(bucketCountFor(0, 8)).toBe(1)
    expect(bucketCountFor(2 ** 20, 8)).toBe(32)
    expect(bucketCountFor(2 ** 31, 8)).toBe(1024)
  })
})
