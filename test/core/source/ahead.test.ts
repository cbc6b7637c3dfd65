import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ahead } from "#core/source/ahead.ts"

interface Made {
  begun: number
  isEnded: boolean
}

async function* numbers(count: number, failsAtEnd: boolean, made: Made): AsyncGenerator<number> {
  try {
    for (let number = 0; number < count; number++) {
      made.begun += 1
      await Promise.resolve()
      yield number
    }
    if (failsAtEnd) throw new Error("broken")
  } finally {
    made.isEnded = true
  }
}

describe("working ahead", () => {
  it("gives everything in order, then the error, and is never further ahead than it may be", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.boolean(), fc.nat(4), async (count, fails, aheadBy) => {
        const made: Made = { begun: 0, isEnded: false }
        const given: number[] = []
        const read = async (): Promise<void> => {
          for await (const number of ahead(numbers(count, fails, made), aheadBy)) {
            given.push(number)
            await new Promise((resolve) => setImmediate(resolve))
            expect(made.begun).toBe(Math.min(count, given.length + aheadBy))
          }
        }
        const failure: unknown = await read().catch((cause: unknown) => cause)
        expect(failure).toEqual(fails ? new Error("broken") : undefined)
        expect(given).toEqual(Array.from({ length: count }, (_, index) => index))
        expect(made.isEnded).toBe(true)
      }),
    )
  })

  it("ends the source where it is left early", async () => {
    const made: Made = { begun: 0, isEnded: false }
    for await (const number of ahead(numbers(10, false, made), 3)) if (number === 2) break
    expect(made.isEnded).toBe(true)
    expect(made.begun).toBeLessThanOrEqual(6)
  })
})
