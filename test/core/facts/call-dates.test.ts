import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { GroupBounds } from "../../../packages/kernel/dist/index.js"
import { isOutsideCall } from "#core/facts/call-dates.ts"
import { callRecord, run } from "./block-results.ts"

const ticks = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: 2n ** 32n - 2n, max: 2n ** 32n + 2n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
)
const maybe = fc.option(ticks)
const dates = fc.array(fc.record({ startTicks: maybe, endTicks: maybe }), { maxLength: 5 })
const rows = fc.array(fc.record({ call: fc.integer({ min: -3, max: 4 }), start: ticks, end: ticks }))
const callsWith = (list: readonly { readonly startTicks: bigint | null; readonly endTicks: bigint | null }[]) =>
  run([{ path: "a", steps: list.flatMap((each, index) => callRecord([], { callId: `c${index}`, ...each })) }]).resolved
    .facts.calls

describe("the bounds of calls", () => {
  it("tell what is outside of its call as isOutsideCall does", () => {
    fc.assert(
      fc.property(dates, rows, (list, intervals) => {
        const calls = callsWith(list)
        const batch = {
          call: Int32Array.from(intervals, ({ call }) => Math.min(call, calls.count - 1)),
          startTicks: BigInt64Array.from(intervals, ({ start }) => start),
          endTicks: BigInt64Array.from(intervals, ({ end }) => end),
        }
        const expected = [...intervals.keys()].filter((row) => isOutsideCall(calls, batch, row))
        const bounds = calls.bounds()
        if (bounds === null) {
          expect(expected).toEqual([])
          return
        }
        const grouped = { ...batch, groups: batch.call, rowCount: intervals.length }
        const outside = new GroupBounds(bounds.earliest, bounds.latest)
        // Once more, as for the next batch.
        for (let time = 0; time < 2; time++) expect([...outside.outside(grouped)]).toEqual(expected)
      }),
    )
  })

  it("are not known where no date is, or where dates contradict each other", () => {
    expect(callsWith([{ startTicks: null, endTicks: null }]).bounds()).toBeNull()
    expect(callsWith([{ startTicks: 2n, endTicks: 1n }]).bounds()).toBeNull()
    expect(callsWith([{ startTicks: 1n, endTicks: null }]).bounds()).not.toBeNull()
  })
})
