import { tmpdir } from "node:os"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { GroupBuffers } from "#core/facts/packed-group.ts"
import { ROW_COLUMN_NAMES, ROW_COLUMNS, type RowGroup } from "#core/facts/row-columns.ts"
import { RowGroups } from "#core/facts/row-groups.ts"
import { WorkSpace } from "#core/facts/work-space.ts"

/** One row: the value of each column in the order of their names, then what its id is filled with. */
type Row = readonly (number | bigint)[]

const LEAST_TICKS = -(2n ** 63n)
const value = (name: (typeof ROW_COLUMN_NAMES)[number]): fc.Arbitrary<number | bigint> => {
  const Type = ROW_COLUMNS[name]
  if (Type === BigInt64Array) return fc.oneof(fc.bigInt({ min: LEAST_TICKS, max: 2n ** 63n - 1n }), fc.constant(7n))
  if (Type === Uint8Array) return fc.oneof(fc.constant(1), fc.nat(255))
  if (Type === Int32Array) return fc.oneof(fc.constant(-1), fc.integer({ min: -1, max: 2 ** 31 - 1 }))
  return Type === Uint32Array ? fc.oneof(fc.nat(2000), fc.nat(2 ** 32 - 1)) : fc.oneof(fc.nat(9), fc.maxSafeInteger())
}
const rowsOf = (maxLength: number): fc.Arbitrary<Row[]> =>
  fc.array(fc.tuple(...ROW_COLUMN_NAMES.map(value), fc.nat(255)), { minLength: 1, maxLength })

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("append" as const), rows: rowsOf(60) }),
    fc.record({ kind: fc.constant("truncate" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ kind: fc.constant("change" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  { maxLength: 8 },
)

function append(groups: RowGroups, row: Row): void {
  const group = groups.open()
  const at = group.rowCount
  for (const [index, name] of ROW_COLUMN_NAMES.entries()) group.columns[name][at] = row[index] as never
  group.sessionBytes.fill(Number(row.at(-1)), 16 * at, 16 * at + 16)
  group.rowCount = at + 1
}

function rowOf({ columns, sessionBytes }: RowGroup, at: number): Row {
  return [...ROW_COLUMN_NAMES.map((name) => columns[name][at] ?? Number.NaN), sessionBytes[16 * at + 15] ?? -1]
}

function allRows(groups: RowGroups): Row[] {
  const rows: Row[] = []
  for (const group of groups.from(0)) for (let at = 0; at < group.rowCount; at++) rows.push(rowOf(group, at))
  return rows
}

const CALLER = ROW_COLUMN_NAMES.indexOf("caller")
const changed = (caller: number): number => (caller < 0 ? caller : (caller + 1) % 1000)

describe("RowGroups", () => {
  it("holds what was appended, taken back and changed, in memory or not", () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 4000, 12_000, 60_000), (taken, memoryBytes) => {
        const space = new WorkSpace(memoryBytes, tmpdir())
        const groups = new RowGroups(space)
        let expected: Row[] = []
        for (const step of taken) {
          const from = step.kind === "append" ? 0 : Math.floor(step.share * expected.length)
          if (step.kind === "append") {
            for (const row of step.rows) append(groups, row)
            expected.push(...step.rows)
          } else if (step.kind === "truncate") {
            groups.truncate(from)
            expected = expected.slice(0, from)
          } else {
            groups.change(from, ["caller"], -1, ({ columns: { caller }, rowCount }, first) => {
              for (let at = first; at < rowCount; at++) caller[at] = changed(caller[at] ?? -1)
            })
            const change = (row: Row): Row => row.with(CALLER, changed(Number(row[CALLER])))
            expected = expected.map((row, index) => (index < from ? row : change(row)))
          }
          expect(groups.rowCount).toBe(expected.length)
        }
        expect(allRows(groups)).toEqual(expected)
        for (const row of expected.keys()) {
          const group = groups.at(row, new GroupBuffers())
          expect(rowOf(group, row - group.firstRow)).toEqual(expected[row])
        }
        space.close()
      }),
      { numRuns: 60 },
    )
  })

  it("packs equal, rising and touching values away", () => {
    const space = new WorkSpace(2 ** 20, tmpdir())
    const groups = new RowGroups(space)
    const rowCount = 3 * groups.groupRows + 1
    for (let row = 0; row < rowCount; row++) {
      append(
        groups,
        ROW_COLUMN_NAMES.map((name) =>
          name === "line" || name === "record"
            ? row
            : name === "byteOffset"
              ? 1001 * row
              : name === "byteLength"
                ? 1000
                : ROW_COLUMNS[name] === BigInt64Array
                  ? 5n
                  : 1,
        ).concat(row % 256),
      )
    }
    expect(space.rows.takenBytes).toBe(3 * groups.groupRows * 16)
    expect(space.isSpilled).toBe(false)
    space.close()
  })
})
