import { describe, expect, it } from "vitest"
import { TickSums } from "#core/aggregate/tick-sums.ts"
import { tickWords } from "#core/aggregate/tick-words.ts"

const YEAR_1 = -621_355_968_000_000_000n
/** The longest span there is, less an odd number of ticks, so that no bit of it is zero for long. */
const span = (index: number): bigint => 3_155_378_975_999_999_999n - BigInt(index) * 7_919n

describe("sums of many sessions of ten thousand years", () => {
  const count = 20_000
  const start = tickWords(BigInt64Array.from({ length: count }, () => YEAR_1))
  const end = tickWords(BigInt64Array.from({ length: count }, (_, index) => YEAR_1 + span(index)))
  const spans = Array.from({ length: count }, (_, index) => span(index))
  const sum = spans.reduce((total, each) => total + each, 0n)

  it("are exact in tick sums, in any order", () => {
    const sums = new TickSums(2)
    for (let index = 0; index < count; index++) {
      sums.addSpan(0, start, index, end, index)
      sums.addSpan(1, start, count - 1 - index, end, count - 1 - index)
    }
    expect(sums.ticks(0)).toBe(sum)
    expect(sums.ticks(1)).toBe(sum)
  })
})
