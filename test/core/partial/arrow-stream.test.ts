import { tableFromIPC, type Data } from "apache-arrow"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readArrowStream } from "#core/partial/arrow-stream.ts"
import { loadArrow, writeTable, type PlainTable } from "#core/partial/arrow-table.ts"

const arrow = await loadArrow()

/** Tables whose columns are of every width, with and without rows that have none. */
const tables: fc.Arbitrary<PlainTable> = fc
  .record({
    rowCount: fc.integer({ min: 1, max: 40 }),
    strings: fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 5 }),
  })
  .chain(({ rowCount, strings }) => {
    const list = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> =>
      fc.array(item, { minLength: rowCount, maxLength: rowCount })
    const numbers = fc.constantFrom(1, 100, 30_000, 2 ** 30, 2 ** 50).chain((max) => list(fc.integer({ min: -1, max })))
    return fc.record({
      rowCount: fc.constant(rowCount),
      strings: fc.constant(strings),
      ticks: fc.record({
        at: list(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })).map((all) => BigInt64Array.from(all)),
      }),
      ids: fc.record({ id: fc.option(fc.uint8Array({ minLength: 16 * rowCount, maxLength: 16 * rowCount })) }),
      texts: fc.record({
        first: list(fc.integer({ min: -1, max: strings.length - 1 })).map((all) => Int32Array.from(all)),
        second: list(fc.integer({ min: -1, max: strings.length - 1 })).map((all) => Int32Array.from(all)),
      }),
      numbers: fc.record({
        some: numbers.map((all) => ({ values: Float64Array.from(all), none: -1 })),
        all: numbers.map((all) => ({ values: Float64Array.from(all), none: null })),
      }),
    })
  })

describe("a stream of Arrow", () => {
  it("is read as Apache's library reads it", () => {
    fc.assert(
      fc.property(tables, fc.nat(7), (table, offset) => {
        const bytes = writeTable(arrow, table)
        const moved = new Uint8Array(bytes.length + offset)
        moved.set(bytes, offset)
        const stream = readArrowStream(moved.subarray(offset))
        const { schema, batches } = tableFromIPC(bytes)
        const [batch] = batches
        expect(stream.rowCount).toBe(batch?.numRows)
        expect(stream.metadata).toEqual(schema.metadata)
        expect(stream.columns.map(({ name, metadata }) => [name, metadata])).toEqual(
          schema.fields.map(({ name, metadata }) => [name, metadata]),
        )
        for (const [index, { values, nullCount }] of stream.columns.entries()) {
          const data = batch?.data.children[index] as Data
          expect([nullCount, values]).toEqual([data.nullCount, (data.values as typeof values).slice(0, values.length)])
          if (data.dictionary !== undefined) expect(stream.texts).toEqual(data.dictionary.toJSON())
        }
      }),
      { numRuns: 300 },
    )
  })

  it("that is no such stream throws, whatever its bytes are", () => {
    const bytes = writeTable(arrow, {
      rowCount: 2,
      ticks: { at: BigInt64Array.of(1n, 2n) },
      ids: {},
      texts: { text: Int32Array.of(0, -1) },
      numbers: { line: { values: Float64Array.of(1, 300), none: null } },
      strings: ["a"],
    })
    for (let end = 0; end < bytes.length - 16; end++)
      expect(() => readArrowStream(bytes.subarray(0, end))).toThrow(/damaged|bounds|length|shorter/)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const other = bytes.slice()
        other[at] = byte
        try {
          expect(readArrowStream(other).columns.length).toBeLessThan(bytes.length)
        } catch (cause) {
          expect(cause).toBeInstanceOf(Error)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
