import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { microsOf } from "#core/export/micros.ts"

describe("microsOf", () => {
  it("gives the last microsecond at or before an instant, also before 1970", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (ticks) => {
        const rest = ticks - 10n * microsOf(ticks)
        expect(rest >= 0n && rest < 10n).toBe(true)
      }),
    )
    expect([-1n, 0n, 9n, 10n, -10n, -11n].map(microsOf)).toEqual([-1n, 0n, 0n, 1n, -1n, -2n])
  })
})
