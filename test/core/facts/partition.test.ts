import { tmpdir } from "node:os"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bucketCountFor, Partition } from "#core/facts/partition.ts"
import { WorkSpace } from "#core/facts/work-space.ts"

const shapes = fc.record({
  words: fc.integer({ min: 1, max: 9 }),
  bucketCount: fc.constantFrom(1, 2, 8, 32),
  count: fc.nat(9000),
  memoryBytes: fc.constantFrom(0, 1000, 100_000, 2 ** 24),
})

const RUN_WORDS = 3

describe("Partition", () => {
  it("keeps every record in its bucket, in order, in memory or not", () => {
    fc.assert(
      fc.property(shapes, ({ words, bucketCount, count, memoryBytes }) => {
        const space = new WorkSpace(memoryBytes, tmpdir())
        const partition = new Partition(bucketCount, words, space)
        for (let record = 0; record < count; record++) {
          const at = partition.place(record % bucketCount)
          for (let word = 0; word < words; word++) partition.words[at + word] = record * word
        }
        expect(partition.recordCount).toBe(count)
        for (let bucket = 0; bucket < bucketCount; bucket++) {
          const own = Array.from({ length: count }, (_, record) => record).filter(
            (record) => record % bucketCount === bucket,
          )
          const expected = own.flatMap((record) => Array.from({ length: words }, (_, word) => record * word))
          expect([...partition.read(bucket)]).toEqual(expected)
        }
        space.close()
      }),
      { numRuns: 30 },
    )
  })

  it("takes many records at once as it takes them one by one", () => {
    const counts = fc.oneof(fc.nat(900), fc.nat(900), fc.nat(9000))
    const runs = fc.array(fc.tuple(fc.nat(3), counts), { maxLength: 60 })
    fc.assert(
      fc.property(runs, fc.constantFrom(0, 100_000, 2 ** 24), (all, memoryBytes) => {
        const space = new WorkSpace(memoryBytes, tmpdir())
        const partition = new Partition(4, RUN_WORDS, space)
        const expected: number[][] = [[], [], [], []]
        for (const [index, [bucket, count]] of all.entries()) {
          const words = Array.from({ length: count * RUN_WORDS }, (_, word) => index * 10_000 + word)
          partition.append(bucket, Int32Array.from(words))
          expected[bucket]?.push(...words)
        }
        expect(partition.recordCount).toBe(all.reduce((sum, [, count]) => sum + count, 0))
        for (const [bucket, words] of expected.entries()) {
          expect(partition.wordCount(bucket)).toBe(words.length)
          expect([...partition.read(bucket)]).toEqual(words)
        }
        space.close()
      }),
      { numRuns: 30 },
    )
  })

  it("has a power of two of buckets, as many as are worth it", () => {
    expect(bucketCountFor(0, 8)).toBe(1)
    expect(bucketCountFor(2 ** 20, 8)).toBe(32)
    expect(bucketCountFor(2 ** 31, 8)).toBe(1024)
  })
})
