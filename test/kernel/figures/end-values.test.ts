import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EndTrait, EndValues, IntervalRows, SET_BITS } from "../../../packages/kernel/dist/index.js"
import { endBatch, numbered, rowsOf, type EndRow } from "./end-rows.ts"

const PARTICIPANTS = 6
const TEXTS = 70
const BYTES = 41
const FROM_MARK = 8
const TO_MARK = 16

const shapes = fc.record({
  rows: rowsOf(PARTICIPANTS, TEXTS),
  batchRows: fc.integer({ min: 1, max: 120 }),
  isLeftOut: fc.func<[number], boolean>(fc.boolean()),
})

/** An end of a row: its participant and the value there, or -1. */
type End = readonly [participant: number, value: number]

/** What was counted in all batches. */
class Sums {
  readonly rows = new Map<number, number>()
  readonly others = new Set<string>()

  add(rows: Uint32Array, others: Int32Array): void {
    for (const [value, count] of rows.entries()) this.increase(value, count)
    for (let at = 0; at < others.length; at += 2) this.others.add(`${others[at]} ${others[at + 1]}`)
  }

  increase(value: number, count: number): void {
    if (count > 0) this.rows.set(value, (this.rows.get(value) ?? 0) + count)
  }
}

/** By participant the values below `SET_BITS` as bits, and the other pairs. */
function hadBy(ends: readonly End[]): { readonly sets: number[]; readonly others: Set<string> } {
  const sets = Array.from({ length: PARTICIPANTS }, () => 0)
  const others = new Set<string>()
  for (const [participant, value] of ends) {
    if (participant < 0 || value < 0) continue
    if (value >= SET_BITS) others.add(`${participant} ${value}`)
    else sets[participant] = (sets[participant] ?? 0) | (1 << value)
  }
  return { sets, others }
}

/** Sorted, so that Maps can be compared. */
const sorted = (counts: Map<number, number>): [number, number][] => [...counts].toSorted(([a], [b]) => a - b)

/** Counts a row once under each value at an end with a participant. */
function countOnce(sums: Sums, ends: readonly End[]): void {
  for (const value of new Set(ends.filter(([participant]) => participant >= 0).map(([, said]) => said))) {
    if (value >= 0) sums.increase(value, 1)
  }
}

describe("EndValues", () => {
  it("counts rows and what participants have had, as going through them one by one does", () => {
    fc.assert(
      fc.property(shapes, ({ rows, batchRows, isLeftOut }) => {
        const ends = new EndValues(new IntervalRows(), PARTICIPANTS, TEXTS)
        const [bytes, texts, shared] = [new Sums(), new Sums(), new Sums()]
        const [textNumbers, sharedNumbers] = [new Map<number, number>(), new Map<number, number>()]
        const counted: EndRow[] = []
        // What a shared text says of the ends goes by its number.
        const saysFrom = (number: number): number => (number * 7) % 50
        const saysTo = (number: number): number => (number * 11 + 3) % 50
        for (let first = 0; first < rows.length; first += batchRows) {
          const part = rows.slice(first, first + batchRows)
          const chosen = Int32Array.from([...part.keys()].filter((row) => !isLeftOut(first + row)))
          counted.push(...part.filter((_, row) => chosen.includes(row)))
          ends.load(endBatch(part), chosen)
          const byBytes = ends.countBytes(BYTES)
          bytes.add(byBytes.rows, byBytes.others)
          numbered(ends, EndTrait.texts, ["fromTexts", "toTexts"], textNumbers)
          const byTexts = ends.countTexts(textNumbers.size)
          texts.add(byTexts.rows, byTexts.others)
          numbered(ends, EndTrait.shared, ["sharedTexts"], sharedNumbers)
          const says = [...sharedNumbers.values()].flatMap((number) => [saysFrom(number), saysTo(number)])
          const byShared = ends.countShared(Int32Array.from(says), FROM_MARK, TO_MARK)
          shared.add(byShared.rows, byShared.others)
        }
        const numberOf = (text: number): number => textNumbers.get(text) ?? -1
        const byteEnds = counted.map((row): End[] => [
          [row.from, row.fromByte],
          [row.to, row.toByte],
        ])
        const textEnds = counted.map((row): End[] => [
          [row.from, numberOf(row.fromText)],
          [row.to, numberOf(row.toText)],
        ])
        const sharedEnds = counted.map((row): End[] => {
          const number = sharedNumbers.get(row.sharedText)
          return number === undefined
            ? []
            : [
                [row.from, saysFrom(number)],
                [row.to, saysTo(number)],
              ]
        })
        const expectedShared = new Sums()
        for (const { from, to, mark, sharedText } of counted) {
          const number = sharedNumbers.get(sharedText)
          if (number === undefined) continue
          const isFrom = from >= 0 || (mark & FROM_MARK) !== 0
          const isTo = to >= 0 || (mark & TO_MARK) !== 0
          expectedShared.increase(4 * number + (isFrom ? 1 : 0) + (isTo ? 2 : 0), 1)
        }
        expect(sorted(shared.rows)).toEqual(sorted(expectedShared.rows))
        for (const [sums, list] of [
          [bytes, byteEnds],
          [texts, textEnds],
        ] as const) {
          const expected = new Sums()
          for (const each of list) countOnce(expected, each)
          expect(sorted(sums.rows)).toEqual(sorted(expected.rows))
        }
        for (const [trait, sums, list] of [
          [EndTrait.bytes, bytes, byteEnds],
          [EndTrait.texts, texts, textEnds],
          [EndTrait.shared, shared, sharedEnds],
        ] as const) {
          const { sets, others } = hadBy(list.flat())
          expect(sums.others).toEqual(others)
          expect(sets.map((_, participant) => ends.setOf(trait, participant))).toEqual(sets)
          for (const bits of [1, 1 << 31, 0x00ff_ff00]) {
            expect(ends.countSharing(trait, bits)).toBe(sets.filter((set) => (set & bits) !== 0).length)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
