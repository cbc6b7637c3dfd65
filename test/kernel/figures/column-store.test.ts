import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ColumnStore } from "../../../packages/kernel/dist/index.js"

const TYPES = {
  times: BigInt64Array,
  offsets: Float64Array,
  texts: Int32Array,
  lengths: Uint32Array,
  forms: Uint8Array,
}
const ROW_COUNT = 64
const TEXT = 2

const row = fc.record({
  time: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  offset: fc.nat(2 ** 31),
  text: fc.oneof({ weight: 3, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(7) }),
  length: fc.nat(2 ** 32 - 1),
  form: fc.nat(2),
  id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
})
type Row = typeof row extends fc.Arbitrary<infer Each> ? Each : never

/** Ids of the form begin with an index. */
function idOf({ form, id }: Row): Uint8Array {
  const copy = id.slice()
  if (form === TEXT) copy.set([(id[0] ?? 0) % 8, 0, 0, 0])
  return copy
}

function write(store: ColumnStore<typeof TYPES>, rows: readonly Row[], at: number): void {
  const { columns } = store
  columns.times.set(
    BigInt64Array.from(rows, ({ time }) => time),
    at,
  )
  columns.offsets.set(
    rows.map(({ offset }) => offset),
    at,
  )
  columns.texts.set(
    rows.map(({ text }) => text),
    at,
  )
  columns.lengths.set(
    rows.map(({ length }) => length),
    at,
  )
  columns.forms.set(
    rows.map(({ form }) => form),
    at,
  )
  for (const [index, each] of rows.entries()) store.ids.set(idOf(each), 16 * (at + index))
}

/** The id as it is kept. */
function keptId(each: Row, numbers: Int32Array): number[] {
  const id = idOf(each)
  if (each.form !== TEXT) return [...id]
  return [...new Uint8Array(Int32Array.of(numbers[id[0] ?? 0] ?? -1, 0, 0, 0).buffer)]
}

const batches = fc.array(
  fc.record({
    rows: fc.array(row, { minLength: 1, maxLength: 20 }),
    numbers: fc
      .tuple(fc.array(fc.nat(1_000_000), { minLength: 8, maxLength: 8 }), fc.constantFrom(0, 3000, 50_000))
      .map(([first, more]) => Int32Array.from([...first, ...new Int32Array(more)])),
    by: fc.nat(2 ** 40),
  }),
  { minLength: 1, maxLength: 3 },
)

describe("ColumnStore", () => {
  it("keeps what was written, changed to what it means, also where its memory grew", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const store = new ColumnStore(TYPES, ROW_COUNT)
        let from = 0
        for (const { rows, numbers, by } of all) {
          const range = { from, count: rows.length }
          store.setNumbers(numbers)
          write(store, rows, from)
          store.renumber("texts", range)
          store.renumberIds("forms", TEXT, range)
          store.add("offsets", range, by)
          from += rows.length
        }
        const { columns, ids } = store
        const whole = all.flatMap(({ rows, numbers, by }) => rows.map((each) => ({ each, numbers, by })))
        expect([...columns.times.subarray(0, from)]).toEqual(whole.map(({ each }) => each.time))
        expect([...columns.offsets.subarray(0, from)]).toEqual(whole.map(({ each, by }) => each.offset + by))
        expect([...columns.texts.subarray(0, from)]).toEqual(
          whole.map(({ each, numbers }) => (each.text < 0 ? -1 : numbers[each.text])),
        )
        expect([...columns.lengths.subarray(0, from)]).toEqual(whole.map(({ each }) => each.length))
        expect(whole.map((_, index) => [...ids.subarray(16 * index, 16 * index + 16)])).toEqual(
          whole.map(({ each, numbers }) => keptId(each, numbers)),
        )
      }),
    )
  })

  it("packs columns where they lie as others are packed", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: ROW_COUNT }), (rows) => {
        const store = new ColumnStore(TYPES, ROW_COUNT)
        write(store, rows, 0)
        const used = Object.values(store.columns).map((column) => column.subarray(0, rows.length))
        const copies = used.map((column) => column.slice())
        const companions = [null, copies[3] as Uint32Array, null, null, null]
        const { parts, bytes } = store.packer.packAll(
          used.map((column, index) => [column, index === 1 ? (used[3] as Uint32Array) : null]),
        )
        const packed = bytes.slice()
        let from = 0
        for (const [index, { packing, byteLength }] of parts.entries()) {
          const expected = copies[index]
          if (expected === undefined) throw new Error("no such column")
          const alone = store.packer.pack(expected, companions[index])
          expect({ packing, bytes: packed.slice(from, from + byteLength) }).toEqual({
            packing: alone.packing,
            bytes: new Uint8Array(alone.bytes),
          })
          const unpacked = expected.toReversed()
          store.packer.unpack(packing, packed.subarray(from, from + byteLength), unpacked, companions[index])
          expect(unpacked).toEqual(expected)
          from += byteLength
        }
        expect(from).toBe(packed.length)
      }),
    )
  })
})
