import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseGuid } from "#core/facts/guid.ts"
import { printGuid } from "#core/model/identity.ts"
import { guidWords, IdTable } from "#core/facts/id-table.ts"
import { StringTable } from "#core/facts/string-table.ts"
import { IdForm, type IdColumn } from "#core/worker/protocol.ts"

describe("IdTable", () => {
  it("numbers ids in the order in which they come, as a Map would", () => {
    const ids = fc.array(fc.oneof(fc.uuid(), fc.constantFrom("a", "b", "c")), { maxLength: 60 })
    fc.assert(
      fc.property(
        fc.tuple(ids, ids).map((pair) => pair.flat()),
        fc.nat({ max: 200 }),
        (sequence, forgetAt) => {
          const strings = new StringTable()
          const table = new IdTable()
          const expected = new Map<string, number>()
          for (const [at, id] of [...sequence, ...sequence].entries()) {
            if (at === forgetAt) table.endInterning(0)
            if (!expected.has(id)) expected.set(id, expected.size)
            expect(intern(table, strings, id)).toBe(expected.get(id))
          }
          expect(table.count).toBe(expected.size)
          for (const [id, number] of expected) expect(table.show(number, strings)).toBe(id)
        },
      ),
    )
  })

  it("numbers ids of rows as one by one, whatever their texts were called", () => {
    const ids = fc.option(fc.oneof(fc.constantFrom(...GUIDS), fc.constantFrom("a", "b", "c")), { freq: 3 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ids, ids), { maxLength: 40 }),
        fc.array(fc.constantFrom("x", "c")),
        (rows, before) => {
          const strings = new StringTable()
          for (const text of before) strings.intern(text)
          const [one, all] = [new IdTable(), new IdTable()]
          const names = [...new Set(rows.flat().filter((id) => id !== null))].toReversed()
          const texts = strings.internAll(names)
          const [first, second] = [new Int32Array(rows.length), new Int32Array(rows.length)]
          const columns = [0, 1].map((side) =>
            column(
              rows.map((row) => row[side] ?? null),
              names,
            ),
          )
          all.internRows(columns[0] ?? NO_IDS, columns[1] ?? NO_IDS, first, second, texts)
          const expected = rows.map((row) => row.map((id) => (id === null ? -1 : intern(one, strings, id))))
          expect(rows.map((_, row) => [first[row], second[row]])).toEqual(expected)
          all.endInterning(0)
          expect(all.count).toBe(one.count)
          for (let number = 0; number < one.count; number++) {
            expect(all.show(number, strings)).toBe(one.show(number, strings))
            expect(all.textOf(number)).toBe(one.textOf(number))
          }
          const copy = new IdTable()
          for (let number = all.count - 1; number >= 0; number--) {
            expect(copy.show(all.copyTo(copy, number), strings)).toBe(all.show(number, strings))
          }
        },
      ),
    )
  })

  it("holds many", () => {
    const table = new IdTable()
    const words = new Uint32Array(4 * 100_000).map((_, index) => Math.imul(index >>> 2, 65_537))
    const numbers = Array.from({ length: 200_000 }, (_, index) => table.internGuid(words, 4 * (index % 100_000)))
    expect(numbers.findIndex((number, index) => number !== index % 100_000)).toBe(-1)
    expect(table.findGuid(new Uint32Array([1, 2, 3, 4]), 0)).toBe(-1)
  })
})

describe("GUIDs", () => {
  it("come back in lower case", () => {
    fc.assert(
      fc.property(fc.uuid(), (guid) => {
        expect(printGuid(parseGuid(guid.toUpperCase()) ?? new Uint8Array(), 0)).toBe(guid)
      }),
    )
  })

  it("are nothing else", () => {
    expect(
      [
        "",
        "a",
        "aaaaaaaa-0000-4000-8000-00000000000",
        "aaaaaaaa-0000-4000-8000-00000000000g",
        "aaaaaaaa0000400080000000000000001",
      ].map(parseGuid),
    ).toEqual([null, null, null, null, null])
  })
})

const GUIDS = ["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"]
const NO_IDS: IdColumn = { bytes: new Uint8Array(0), forms: new Uint8Array(0) }

/** As a worker writes it; what follows the index of a text is anything. */
function column(ids: readonly (string | null)[], names: readonly string[]): IdColumn {
  const bytes = new Uint8Array(16 * ids.length).fill(77)
  const view = new DataView(bytes.buffer)
  const forms = ids.map((id, row) => {
    if (id === null) return IdForm.none
    const guid = parseGuid(id)
    if (guid === null) view.setInt32(16 * row, names.indexOf(id), true)
    else bytes.set(guid, 16 * row)
    return guid === null ? IdForm.text : IdForm.guid
  })
  return { bytes, forms: Uint8Array.from(forms) }
}

function intern(table: IdTable, strings: StringTable, id: string): number {
  const guid = parseGuid(id)
  return guid === null ? table.internText(strings.intern(id)) : table.internGuid(guidWords(guid), 0)
}
