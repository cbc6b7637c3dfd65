import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { IdNumbers, type FormedIds, type IndexIds } from "../../../packages/kernel/dist/index.js"

const NONE = 0

/** An id by what it is made of: few of each, so that they repeat, in all of their bytes. */
const ids = fc.record({ form: fc.nat(2), byte: fc.nat(15), value: fc.nat(3) })
type Id = typeof ids extends fc.Arbitrary<infer Each> ? Each : never

function bytesOf({ byte, value }: Id): Uint8Array {
  const bytes = new Uint8Array(16)
  bytes[byte] = value
  return bytes
}

function column(rows: readonly Id[]): FormedIds {
  const bytes = new Uint8Array(16 * rows.length)
  for (const [row, id] of rows.entries()) bytes.set(bytesOf(id), 16 * row)
  return { bytes, forms: Uint8Array.from(rows, ({ form }) => form) }
}

/** The same by a Map. */
class Oracle {
  readonly numbers = new Map<string, number>()

  number(id: Id): number {
    if (id.form === NONE) return -1
    const key = `${id.form} ${bytesOf(id).toString()}`
    const known = this.numbers.get(key) ?? this.numbers.size
    this.numbers.set(key, known)
    return known
  }
}

const NO_INDICES: IndexIds = { form: 3, numbers: new Int32Array(0) }

describe("IdNumbers", () => {
  it("numbers ids of rows in the order in which they come, as a Map would", () => {
    const pairs = fc.array(fc.tuple(ids, ids), { maxLength: 300 })
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 1, maxLength: 3 }), (batches) => {
        const table = new IdNumbers()
        const oracle = new Oracle()
        for (const rows of batches) {
          const [first, second] = [new Int32Array(rows.length), new Int32Array(rows.length)]
          table.numberPairs(column(rows.map(([id]) => id)), column(rows.map(([, id]) => id)), first, second, NO_INDICES)
          const expected = rows.map((pair) => pair.map((id) => oracle.number(id)))
          expect(rows.map((_, row) => [first[row], second[row]])).toEqual(expected)
        }
        expect(table.count).toBe(oracle.numbers.size)
        for (const [key, number] of oracle.numbers) {
          expect(`${table.formOf(number)} ${table.bytesOf(number).toString()}`).toBe(key)
        }
      }),
      { numRuns: 30 },
    )
  })

  it("numbers and finds single ids", () => {
    fc.assert(
      fc.property(fc.array(ids.filter(({ form }) => form !== NONE)), (all) => {
        const table = new IdNumbers()
        const oracle = new Oracle()
        for (const id of all) expect(table.number(bytesOf(id), id.form)).toBe(oracle.number(id))
        for (const id of all) expect(table.find(bytesOf(id), id.form)).toBe(oracle.number(id))
        expect(table.find(new Uint8Array(16).fill(9), 1)).toBe(-1)
      }),
      { numRuns: 30 },
    )
  })

  it("holds more than it had room for, and more rows than it numbers at once", () => {
    const rowCount = 50_000
    const words = new Uint32Array(4 * rowCount).map((_, word) => Math.imul(word >>> 2, 65_537))
    const many = { bytes: new Uint8Array(words.buffer), forms: new Uint8Array(rowCount).fill(1) }
    const others = { bytes: many.bytes.toReversed(), forms: new Uint8Array(rowCount).fill(2) }
    const table = new IdNumbers()
    const [first, second] = [new Int32Array(rowCount), new Int32Array(rowCount)]
    for (let time = 0; time < 2; time++) {
      table.numberPairs(many, others, first, second, NO_INDICES)
      expect(first.every((number, row) => number === 2 * row)).toBe(true)
      expect(second.every((number, row) => number === 2 * row + 1)).toBe(true)
    }
    expect(table.count).toBe(2 * rowCount)
    expect(table.byteLength).toBeLessThan(2 * rowCount * 36)
  })

  it("numbers ids that are indices by what they stand for, whatever follows them", () => {
    const rows = column([
      { form: 1, byte: 0, value: 1 },
      { form: 2, byte: 0, value: 1 },
      { form: 2, byte: 0, value: 0 },
    ])
    rows.bytes.fill(77, 16 + 4)
    rows.bytes.fill(0, 32, 36)
    const table = new IdNumbers()
    for (const [indices, expected] of [
      [Int32Array.of(300, 1), [0, 1, 2]],
      [Int32Array.of(1, 300), [0, 2, 1]],
      // More than there was room for.
      [new Int32Array(100_000).fill(300), [0, 2, 2]],
    ] as const) {
      const numbers = new Int32Array(3)
      const none = column([NO_ID, NO_ID, NO_ID])
      table.numberPairs(rows, none, numbers, new Int32Array(3), { form: 2, numbers: indices })
      expect([...numbers]).toEqual(expected)
    }
    expect([...table.bytesOf(2)]).toEqual([44, 1, ...new Uint8Array(14)])
  })
})

const NO_ID: Id = { form: NONE, byte: 0, value: 0 }
