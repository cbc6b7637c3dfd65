import * as fc from "fast-check"
import { expect, it } from "vitest"
import { Turns } from "#core/worker/turns.ts"

it("lets never more than so many go on, in the order they came, whatever becomes of them", async () => {
  const works = fc.array(fc.record({ steps: fc.integer({ min: 1, max: 4 }), fails: fc.boolean() }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(works, fc.integer({ min: 1, max: 4 }), async (each, count) => {
      const turns = new Turns(count)
      const begun: number[] = []
      let going = 0
      let most = 0
      const ended = await Promise.allSettled(
        each.map(({ steps, fails }, index) =>
          turns.take(async () => {
            begun.push(index)
            most = Math.max(most, ++going)
            for (let step = 0; step < steps; step++) await Promise.resolve()
            going -= 1
            if (fails) throw new Error("on purpose")
            return index
          }),
        ),
      )
      expect(begun).toEqual(each.map((_, index) => index))
      expect(most).toBe(Math.min(count, each.length))
      expect(ended.map(({ status }) => status === "rejected")).toEqual(each.map(({ fails }) => fails))
    }),
  )
})

it("lets fewer go on from when it is told, and ends none", async () => {
  const counts = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  await fc.assert(
    fc.asyncProperty(counts, fc.integer({ min: 0, max: 12 }), async ([low, more], workCount) => {
      const turns = new Turns(low + more)
      const ends: (() => void)[] = []
      const works = Array.from({ length: workCount }, () =>
        turns.take(() => new Promise<void>((resolve) => ends.push(resolve))),
      )
      await settle()
      expect(ends.length).toBe(Math.min(workCount, low + more))
      turns.limit(low)
      for (let ended = 0; ended < workCount; ended++) {
        ends[ended]?.()
        await settle()
        expect(ends.length).toBe(Math.min(workCount, Math.max(low + more, ended + 1 + low)))
      }
      await Promise.all(works)
    }),
  )
})

/** Lets everything that need not wait go on. */
const settle = async (): Promise<void> => {
  for (let step = 0; step < 10; step++) await Promise.resolve()
}
