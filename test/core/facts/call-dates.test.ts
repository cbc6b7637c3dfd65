import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CallDates, isOutsideCall } from "#core/facts/call-dates.ts"
import type { Call } from "#core/facts/facts.ts"

const ticks = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: 2n ** 32n - 2n, max: 2n ** 32n + 2n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
)
const maybe = fc.option(ticks)
const calls = fc.array(
  fc
    .record({ startTicks: maybe, endTicks: maybe })
    .map((dates): Call => ({ id: "c", version: null, type: null, lastModifiedTicks: null, isOpen: false, ...dates })),
  { maxLength: 5 },
)
const rows = fc.array(fc.record({ call: fc.integer({ min: -3, max: 4 }), start: ticks, end: ticks }))

describe("CallDates", () => {
  it("tells what is outside of its call as isOutsideCall does", () => {
    fc.assert(
      fc.property(calls, rows, (known, list) => {
        const batch = {
          call: Int32Array.from(list, ({ call }) => Math.min(call, known.length - 1)),
          startTicks: BigInt64Array.from(list, ({ start }) => start),
          endTicks: BigInt64Array.from(list, ({ end }) => end),
        }
        const isOutside = new CallDates(known).outsideOf(batch)
        for (const row of list.keys()) expect(isOutside(row)).toBe(isOutsideCall(known, batch, row))
      }),
    )
  })

  it("says whether there are dates to compare with: none where they contradict each other", () => {
    const call = { id: "c", version: null, type: null, lastModifiedTicks: null, isOpen: false }
    expect(new CallDates([{ ...call, startTicks: null, endTicks: null }]).hasAny).toBe(false)
    expect(new CallDates([{ ...call, startTicks: 2n, endTicks: 1n }]).hasAny).toBe(false)
    expect(new CallDates([{ ...call, startTicks: 1n, endTicks: null }]).hasAny).toBe(true)
  })
})
