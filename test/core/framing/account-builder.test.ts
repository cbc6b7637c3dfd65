import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { AccountBuilder } from "#core/framing/account-builder.ts"

const NAMES = ["recordBytes", "separatorBytes", "envelopeBytes", "damageBytes"] as const
const counts = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.nat(50), fc.boolean()), { maxLength: 12 })

type Totals = Record<(typeof NAMES)[number], number>
const noBytes = (): Totals => ({ recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 })

describe("the account of a line that is taken back", () => {
  it("is that of a record, whenever parts of it were handed out", () => {
    fc.assert(
      fc.property(counts, counts, fc.nat(1000), (before, inLine, start) => {
        const builder = new AccountBuilder(start)
        const totals = noBytes()
        const handOut = (): void => {
          const taken = builder.take()
          for (const name of NAMES) totals[name] += taken[name]
        }
        const expected = noBytes()
        let at = start
        for (const [name, byteCount, isHandedOut] of before) {
          builder.countTo(name, (at += byteCount))
          expected[name] += byteCount
          if (isHandedOut) handOut()
        }
        builder.beginLine()
        const lineStart = at
        for (const [name, byteCount, isHandedOut] of inLine) {
          builder.countTo(name, (at += byteCount))
          if (isHandedOut) handOut()
        }
        builder.takeBackLine()
        builder.countTo("recordBytes", at)
        expected.recordBytes += at - lineStart
        handOut()
        expect(totals).toEqual(expected)
      }),
    )
  })
})
