import { describe, expect, it } from "vitest"
import { collectGarbage } from "#core/collect-garbage.ts"

/** A reference that keeps nothing alive, to something that nobody else refers to. */
function forgotten(): WeakRef<object> {
  return new WeakRef(new SharedArrayBuffer(2 ** 20))
}

describe("collectGarbage", () => {
  it("collects what nobody refers to, as often as it is asked", async () => {
    const references = [forgotten(), forgotten()]
    await collectGarbage()
    await collectGarbage()
    expect(references.map((reference) => reference.deref())).toEqual([undefined, undefined])
  })
})
