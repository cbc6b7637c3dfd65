import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseGuid } from "#core/facts/guid.ts"
import { printGuid } from "#core/model/identity.ts"
import { guidWords, IdTable } from "#core/facts/id-table.ts"
import { StringTable } from "#core/facts/string-table.ts"

describe("IdTable", () => {
  it("numbers ids in the order in which they come, as a Map would", () => {
    const ids = fc.array(fc.oneof(fc.uuid(), fc.constantFrom("a", "b", "c")), { maxLength: 60 })
    fc.assert(
      fc.property(
        fc.tuple(ids, ids).map((pair) => pair.flat()),
        (sequence) => {
          const strings = new StringTable()
          const table = new IdTable()
          const expected = new Map<string, number>()
          for (const id of [...sequence, ...sequence]) {
            if (!expected.has(id)) expected.set(id, expected.size)
            expect(intern(table, strings, id)).toBe(expected.get(id))
          }
          expect(table.count).toBe(expected.size)
          for (const [id, number] of expected) expect(table.show(number, strings)).toBe(id)
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

function intern(table: IdTable, strings: StringTable, id: string): number {
  const guid = parseGuid(id)
  return guid === null ? table.internText(strings.intern(id)) : table.internGuid(guidWords(guid), 0)
}
